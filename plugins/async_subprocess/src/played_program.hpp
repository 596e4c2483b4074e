// what the program gives uv_spawn --(PlayedProgram)--> the same, of this program started once more, that plays a
// process
//
// libuv starts what it is told, by its own means. It is told to start the program that runs the test, which finds a
// plan in a descriptor, plays it before anything of the program runs, and ends. main is not reached.
#ifndef TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_PLAYED_PROGRAM_HPP
#define TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_PLAYED_PROGRAM_HPP

#include <tripwire/plugins/process_mock.hpp>

#include <uv.h>

#include <optional>
#include <string>
#include <vector>

namespace tripwire::plugins {

/// One process, before and after it is started.
class PlayedProgram {
public:
  /// \p file executes this program. What \p asked points to has to live for as long as the options are used.
  PlayedProgram(const ProcessOutcome &outcome, const uv_process_options_t &asked, std::string file);
  PlayedProgram(const PlayedProgram &) = delete;
  PlayedProgram &operator=(const PlayedProgram &) = delete;
  ~PlayedProgram();

  /// An errno when the system gives no descriptor for the plan; 0 else.
  int error() const noexcept { return error_; }
  /// Streams, folder, user and flags are those that were asked for.
  const uv_process_options_t &options() const noexcept { return options_; }
  /// All that it has read; nothing before its input has ended, or where it does not read.
  std::optional<std::string> read() const;

private:
  int plan_ = -1; ///< of a memory, which both processes have
  int error_ = 0;
  std::size_t size_ = 0; ///< of the plan; behind it stands what was read
  std::string file_;
  std::string told_;
  std::vector<char *> words_;
  std::vector<char *> variables_;
  std::vector<uv_stdio_container_t> streams_;
  uv_process_options_t options_;
};

/// A file whose execution starts this program once more, from any folder; empty when there is none any more.
std::string this_program();

/// Where no file is, for a start that has to fail.
extern const char *const no_program;

} // namespace tripwire::plugins

#endif
