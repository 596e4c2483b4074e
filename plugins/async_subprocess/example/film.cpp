// A converter of films: production code, without a word of tripwire.
#include "film.hpp"

#include <uv.h>

#include <cstdint>

namespace film {

bool convert(const std::string &from, const std::string &to) {
  uv_loop_t loop;
  uv_loop_init(&loop);
  bool is_converted = false;
  const char *argv[] = {"ffmpeg", "-i", from.c_str(), to.c_str(), nullptr};
  uv_process_t process;
  process.data = &is_converted;
  uv_process_options_t options{};
  options.file = argv[0];
  options.args = const_cast<char **>(argv);
  options.exit_cb = [](uv_process_t *ended, std::int64_t status, int signal) {
    *static_cast<bool *>(ended->data) = status == 0 && signal == 0;
    uv_close(reinterpret_cast<uv_handle_t *>(ended), nullptr);
  };
  if (uv_spawn(&loop, &process, &options) != 0)
    uv_close(reinterpret_cast<uv_handle_t *>(&process), nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_loop_close(&loop);
  return is_converted;
}

} // namespace film
