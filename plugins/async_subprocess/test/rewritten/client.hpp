// Code under test: starts processes on a loop of libuv.
#ifndef TRIPWIRE_TEST_ASYNC_SUBPROCESS_CLIENT_HPP
#define TRIPWIRE_TEST_ASYNC_SUBPROCESS_CLIENT_HPP

#include <cstdint>
#include <string>
#include <vector>

namespace client {

using Words = std::vector<std::string>;

/// What the loop has told of a process.
struct Ended {
  int error = 0; ///< of `uv_spawn`
  int pid = 0;
  int session = 0;
  int killed = 0; ///< what `uv_process_kill` gave
  std::int64_t status = -1;
  int signal = -1;
  int calls_back = 0;
  std::string out;
  std::string err;
  std::string more; ///< of the fourth stream
};

struct How {
  std::string input;
  std::string folder;
  Words variables;
  bool has_variables = false;
  bool is_detached = false;
  int kill = 0;            ///< a signal, as soon as it runs
  bool kills_late = false; ///< when it has ended
  bool has_no_streams = false;
  bool has_more = false;      ///< a fourth stream
  int input_descriptor = -1;  ///< inherited, in place of a pipe
  bool closes_handle = false; ///< while it runs: nobody is told its end
  bool is_not_told = false;   ///< no callback
};

/// Runs the process until the loop has nothing left to do.
Ended run(const Words &words, const How &how = {});
/// Several at the same time, on one loop.
std::vector<Ended> run_all(const std::vector<Words> &all);

int spawn_quietly(const char *name) noexcept;

} // namespace client

#endif
