// fork and the waiting functions: made for real
#include "children.hpp"

#include "handlers.hpp"
#include "state.hpp"

#include <tripwire/plugins/process_mock.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace tripwire::plugins::process {

void Children::add(pid_t child, plugin::Recorded recorded) {
  const std::lock_guard<std::mutex> lock(mutex_);
  running_[child] = recorded;
}

void Children::ended(pid_t child, int status) {
  if (!WIFEXITED(status) && !WIFSIGNALED(status)) // stopped
    return;
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = running_.find(child);
  if (found == running_.end())
    return;
  add_process_status(found->second, status);
  running_.erase(found);
}

namespace {

void ended(pid_t child, int status) {
  const int error = errno;
  if (child > 0)
    of_test()->children.ended(child, status);
  errno = error;
}

/// With a place for the status, which the program may not have given.
template <class Wait> void wait_with_status(plugin::Visit &visit, std::size_t index, Wait wait) {
  int *asked = argument<int *>(visit, index);
  int status = 0;
  if (asked != nullptr) {
    visit.make_real();
    ended(visit.result<pid_t>(), *asked);
    return;
  }
  const pid_t child = wait(&status);
  ended(child, status);
  const int error = errno;
  visit.answer<pid_t>(child);
  errno = error;
}

} // namespace

void on_fork(plugin::Visit &visit) { visit.pass_on(); }

// It runs no handlers, so nobody would know the child for one. fork does all that it does.
void on_quiet_fork(plugin::Visit &visit) {
  const int error = errno;
  visit.answer<pid_t>(fork());
  if (visit.result<pid_t>() >= 0)
    errno = error;
}

void on_wait(plugin::Visit &visit) {
  wait_with_status(visit, 0, [](int *status) { return wait(status); });
}

void on_waitpid(plugin::Visit &visit) {
  const pid_t which = argument<pid_t>(visit, 0);
  const int options = argument<int>(visit, 2);
  rusage *usage = visit.count() == 4 ? argument<rusage *>(visit, 3) : nullptr;
  wait_with_status(visit, 1, [&](int *status) { return wait4(which, status, options, usage); });
}

void on_wait3(plugin::Visit &visit) {
  const int options = argument<int>(visit, 1);
  rusage *usage = argument<rusage *>(visit, 2);
  wait_with_status(visit, 0, [&](int *status) { return wait4(-1, status, options, usage); });
}

void on_waitid(plugin::Visit &visit) {
  visit.make_real();
  const auto *info = argument<siginfo_t *>(visit, 2);
  const int options = argument<int>(visit, 3);
  if (visit.result<int>() != 0 || info == nullptr || info->si_pid == 0 || (options & WNOWAIT) != 0)
    return;
  if (info->si_code == CLD_EXITED)
    ended(info->si_pid, W_EXITCODE(info->si_status, 0));
  else if (info->si_code == CLD_KILLED || info->si_code == CLD_DUMPED)
    ended(info->si_pid, W_EXITCODE(0, info->si_status));
}

} // namespace tripwire::plugins::process
