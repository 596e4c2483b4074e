// an outcome --(play)--> what this process writes, reads and ends with
//
// May run before main, and in a process that shares nothing with the one that runs the test.
#include <tripwire/plugins/process_mock.hpp>

#include <poll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>

namespace tripwire::plugins {

namespace {

bool is_one_file(int one, int other) {
  struct stat first {};
  struct stat second {};
  return fstat(one, &first) == 0 && fstat(other, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

bool is_over(int error) { return error != EAGAIN && error != EINTR; }

/// Writes what there is room for. Nobody reads any more: the rest is nobody's.
void write_some(int descriptor, std::string_view &rest) {
  // No more than a pipe takes at once: it must not wait while there is something to read.
  const ssize_t written = write(descriptor, rest.data(), std::min<std::size_t>(rest.size(), 512));
  if (written >= 0)
    rest.remove_prefix(static_cast<std::size_t>(written));
  else if (is_over(errno))
    rest = {};
}

/// \return false at the end.
bool read_some(std::string &into) {
  char bytes[4096];
  const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
  if (count > 0)
    into.append(bytes, static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && !is_over(errno));
}

void wait_to_be_killed(pid_t test) {
  while (kill(test, 0) == 0 || errno == EPERM) { // it may have become another user's
    const timespec while_it_lives{0, 20'000'000};
    nanosleep(&while_it_lives, nullptr);
  }
  _exit(EXIT_FAILURE);
}

[[noreturn]] void end_by(int signal_number) {
  const rlimit no_core{};
  setrlimit(RLIMIT_CORE, &no_core);
  std::signal(signal_number, SIG_DFL);
  sigset_t only{};
  sigemptyset(&only);
  sigaddset(&only, signal_number);
  sigprocmask(SIG_UNBLOCK, &only, nullptr);
  kill(getpid(), signal_number);
  _exit(128 + signal_number); // one that does not end a process
}

} // namespace

std::string converse_as_process(const ProcessOutcome &outcome, bool reads) {
  struct sigaction before {};
  struct sigaction ignored {};
  ignored.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignored, &before);
  std::string read;
  std::string_view out = outcome.out;
  std::string_view error = outcome.error;
  const bool one_after_the_other = is_one_file(STDOUT_FILENO, STDERR_FILENO);
  while (reads || !out.empty() || !error.empty()) {
    const bool writes_error = !error.empty() && (out.empty() || !one_after_the_other);
    pollfd all[] = {{reads ? STDIN_FILENO : -1, POLLIN, 0},
                    {out.empty() ? -1 : STDOUT_FILENO, POLLOUT, 0},
                    {writes_error ? STDERR_FILENO : -1, POLLOUT, 0}};
    if (poll(all, 3, -1) < 0)
      continue;
    if (all[1].revents != 0)
      write_some(STDOUT_FILENO, out);
    if (all[2].revents != 0)
      write_some(STDERR_FILENO, error);
    if (all[0].revents != 0)
      reads = read_some(read);
  }
  sigaction(SIGPIPE, &before, nullptr);
  return read;
}

void end_as_process(const ProcessOutcome &outcome, pid_t test) {
  if (outcome.is_until_killed)
    wait_to_be_killed(test);
  if (outcome.signal != 0)
    end_by(outcome.signal);
  _exit(outcome.exit_code);
}

} // namespace tripwire::plugins
