#include "client.hpp"

#include <unistd.h>
#include <uv.h>

#include <csignal>
#include <memory>

namespace client {

namespace {

std::vector<char *> pointers(const Words &words) {
  std::vector<char *> all;
  for (const std::string &word : words)
    all.push_back(const_cast<char *>(word.c_str()));
  all.push_back(nullptr);
  return all;
}

/// A process and its pipes.
struct Running {
  uv_process_t process{};
  uv_pipe_t pipes[4]{};
  int first = 0; ///< pipe
  int count = 0;
  uv_write_t writing{};
  uv_shutdown_t ending{};
  char bytes[4096]{};
  How how;
  Ended ended;
};

Running &of(const uv_handle_t *handle) { return *static_cast<Running *>(handle->data); }

void on_exit(uv_process_t *process, std::int64_t status, int signal) {
  auto *handle = reinterpret_cast<uv_handle_t *>(process);
  Running &running = of(handle);
  running.ended.status = status;
  running.ended.signal = signal;
  ++running.ended.calls_back;
  if (running.how.kills_late)
    running.ended.killed = uv_process_kill(process, SIGTERM);
  uv_close(handle, nullptr);
}

void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
  auto *handle = reinterpret_cast<uv_handle_t *>(stream);
  Running &running = of(handle);
  if (count < 0) {
    uv_close(handle, nullptr);
    return;
  }
  std::string *const into[] = {nullptr, &running.ended.out, &running.ended.err, &running.ended.more};
  into[reinterpret_cast<uv_pipe_t *>(stream) - running.pipes]->append(buffer->base, static_cast<std::size_t>(count));
}

void give_bytes(uv_handle_t *handle, std::size_t, uv_buf_t *buffer) {
  *buffer = uv_buf_init(of(handle).bytes, sizeof of(handle).bytes);
}

void on_written(uv_write_t *request, int) {
  auto *handle = reinterpret_cast<uv_handle_t *>(request->handle);
  uv_close(handle, nullptr);
}

void make_streams(uv_loop_t &loop, Running &running, uv_stdio_container_t *streams) {
  running.first = running.how.input_descriptor >= 0 ? 1 : 0;
  running.count = running.how.has_no_streams ? running.first : running.how.has_more ? 4 : 3;
  if (running.first == 1) {
    streams[0].flags = UV_INHERIT_FD;
    streams[0].data.fd = running.how.input_descriptor;
  }
  for (int number = running.first; number < running.count; ++number) {
    uv_pipe_init(&loop, &running.pipes[number], 0);
    running.pipes[number].data = &running;
    streams[number].flags =
        static_cast<uv_stdio_flags>(UV_CREATE_PIPE | (number == 0 ? UV_READABLE_PIPE : UV_WRITABLE_PIPE));
    streams[number].data.stream = reinterpret_cast<uv_stream_t *>(&running.pipes[number]);
  }
}

void close_streams(Running &running) {
  for (int number = running.first; number < running.count; ++number)
    uv_close(reinterpret_cast<uv_handle_t *>(&running.pipes[number]), nullptr);
}

void converse(Running &running) {
  if (running.count == 0)
    return;
  auto *const input = reinterpret_cast<uv_stream_t *>(&running.pipes[0]);
  if (running.first == 0 && running.how.input.empty()) {
    uv_close(reinterpret_cast<uv_handle_t *>(input), nullptr);
  } else if (running.first == 0) {
    const uv_buf_t buffer = uv_buf_init(running.how.input.data(), static_cast<unsigned>(running.how.input.size()));
    uv_write(&running.writing, input, &buffer, 1, &on_written);
  }
  for (int number = 1; number < running.count; ++number)
    uv_read_start(reinterpret_cast<uv_stream_t *>(&running.pipes[number]), &give_bytes, &on_read);
}

void start(uv_loop_t &loop, Running &running, const Words &words) {
  uv_stdio_container_t streams[4];
  make_streams(loop, running, streams);
  std::vector<char *> argv = pointers(words);
  std::vector<char *> variables = pointers(running.how.variables);
  uv_process_options_t options{};
  options.file = argv[0];
  options.args = argv.data();
  options.exit_cb = running.how.is_not_told ? nullptr : &on_exit;
  options.stdio = running.count == 0 ? nullptr : streams;
  options.stdio_count = running.count;
  options.env = running.how.has_variables ? variables.data() : nullptr;
  options.cwd = running.how.folder.empty() ? nullptr : running.how.folder.c_str();
  if (running.how.is_detached)
    options.flags = UV_PROCESS_DETACHED;
  running.process.data = &running;
  running.ended.error = uv_spawn(&loop, &running.process, &options);
  if (running.ended.error != 0) {
    close_streams(running);
    uv_close(reinterpret_cast<uv_handle_t *>(&running.process), nullptr);
    return;
  }
  running.ended.pid = uv_process_get_pid(&running.process);
  running.ended.session = getsid(running.ended.pid);
  if (running.how.kill != 0) // before its input ends, and it by itself
    running.ended.killed = uv_process_kill(&running.process, running.how.kill);
  if (running.how.closes_handle)
    uv_close(reinterpret_cast<uv_handle_t *>(&running.process), nullptr);
  converse(running);
}

} // namespace

Ended run(const Words &words, const How &how) {
  std::signal(SIGPIPE, SIG_IGN); // of a process that ends before it has read all
  uv_loop_t loop;
  uv_loop_init(&loop);
  const auto running = std::make_unique<Running>();
  running->how = how;
  try {
    start(loop, *running, words);
  } catch (...) { // a refusal: the loop is not left behind
    close_streams(*running);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    throw;
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  auto *const handle = reinterpret_cast<uv_handle_t *>(&running->process);
  if (uv_is_closing(handle) == 0) // by nobody who was told its end
    uv_close(handle, nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_loop_close(&loop);
  return running->ended;
}

std::vector<Ended> run_all(const std::vector<Words> &all) {
  uv_loop_t loop;
  uv_loop_init(&loop);
  std::vector<std::unique_ptr<Running>> running;
  for (const Words &words : all) {
    running.push_back(std::make_unique<Running>());
    start(loop, *running.back(), words);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  uv_loop_close(&loop);
  std::vector<Ended> ended;
  for (const auto &one : running)
    ended.push_back(one->ended);
  return ended;
}

int spawn_quietly(const char *name) noexcept {
  uv_loop_t loop;
  uv_loop_init(&loop);
  uv_process_t process{};
  char *argv[] = {const_cast<char *>(name), nullptr};
  uv_process_options_t options{};
  options.file = name;
  options.args = argv;
  return uv_spawn(&loop, &process, &options);
}

} // namespace client
