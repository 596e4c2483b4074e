// execvp in the child that libuv forks --(InsteadOfExec)--> the process that the test plays
#ifndef TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_INSTEAD_OF_EXEC_HPP
#define TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_INSTEAD_OF_EXEC_HPP

#include <tripwire/plugins/process_mock.hpp>

#include <sys/types.h>

namespace tripwire::plugins {

/// While it lives, a child that this thread forks plays \p mock when it calls `execvp`, from wherever: the plugin
/// defines that function in front of libc's. In this process it stays what it is.
class InsteadOfExec {
public:
  InsteadOfExec(const ProcessMock &mock, const plugin::Recorded &recorded) noexcept;
  InsteadOfExec(const InsteadOfExec &) = delete;
  InsteadOfExec &operator=(const InsteadOfExec &) = delete;
  ~InsteadOfExec();

  /// Plays, or fails as the mock says: then `errno` is set. Null where nothing is played.
  static const InsteadOfExec *of_this_child() noexcept;
  void play() const;

private:
  const ProcessMock &mock_;
  const plugin::Recorded &recorded_;
  pid_t parent_;
};

/// Asks the linker for the definition of `execvp`.
void use_instead_of_exec() noexcept;

} // namespace tripwire::plugins

#endif
