// an outcome --(play)--> this process does it, and ends
//
// A mocked process is a real one, so that its id, its pipes, its signals and waiting for it are the system's own. It is
// a fork of the test program that never leaves this file.
#include "origin.hpp"

#include <tripwire/plugins/process_mock.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <new>

namespace tripwire::plugins {

namespace {

/// As exec does.
void close_on_exec() {
  std::vector<int> open;
  if (DIR *folder = opendir("/proc/self/fd")) {
    while (const dirent *entry = readdir(folder)) {
      const int descriptor = std::atoi(entry->d_name); // `.` and `..` are 0, which stays when it has no flag
      if (descriptor != dirfd(folder))
        open.push_back(descriptor);
    }
    closedir(folder);
  }
  for (const int descriptor : open) {
    const int flags = fcntl(descriptor, F_GETFD);
    if (flags >= 0 && (flags & FD_CLOEXEC) != 0)
      close(descriptor);
  }
}

/// As exec does: what is ignored stays ignored, the program's own handlers go.
void forget_handlers() {
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action {};
    if (sigaction(number, nullptr, &action) == 0 && action.sa_handler != SIG_IGN && action.sa_handler != SIG_DFL)
      std::signal(number, SIG_DFL);
  }
  stack_t none{};
  none.ss_flags = SS_DISABLE;
  sigaltstack(&none, nullptr);
}

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

/// Writes and reads at the same time, so that no order in which the program does its part makes both wait. \return what
/// was read.
std::string converse(const ProcessOutcome &outcome, bool reads) {
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
  return read;
}

void wait_to_be_killed() {
  const pid_t test = process::origin().process;
  while (kill(test, 0) == 0) {
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

/// What the child of `start_process` says to its parent; shared by both, so that no descriptor is in the program's way.
struct Ready {
  sem_t said;
  int error;
};

class SharedReady {
public:
  SharedReady() : memory_(mmap(nullptr, sizeof(Ready), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    if (memory_ != MAP_FAILED)
      sem_init(&(::new (memory_) Ready{})->said, 1, 0);
  }
  SharedReady(const SharedReady &) = delete;
  SharedReady &operator=(const SharedReady &) = delete;
  ~SharedReady() {
    if (memory_ != MAP_FAILED)
      munmap(memory_, sizeof(Ready));
  }
  explicit operator bool() const noexcept { return memory_ != MAP_FAILED; }
  Ready *operator->() const noexcept { return static_cast<Ready *>(memory_); }

private:
  void *memory_;
};

/// \return whether it has spoken; false when it ended without a word.
bool wait_for(Ready &ready, pid_t child) {
  for (;;) {
    timespec until{};
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 20'000'000;
    until.tv_sec += until.tv_nsec / 1'000'000'000;
    until.tv_nsec %= 1'000'000'000;
    if (sem_timedwait(&ready.said, &until) == 0)
      return true;
    siginfo_t ended{};
    if (errno == ETIMEDOUT && waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        ended.si_pid == child)
      return sem_trywait(&ready.said) == 0;
  }
}

} // namespace

void play_process(const ProcessOutcome &outcome, const plugin::Recorded &recorded) {
  close_on_exec();
  forget_handlers();
  const bool reads = process::is_input_redirected() && !outcome.leaves_stdin;
  struct sigaction before {};
  struct sigaction ignored {};
  ignored.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignored, &before);
  std::string read = converse(outcome, reads);
  sigaction(SIGPIPE, &before, nullptr);
  if (reads) {
    const auto need = read.empty() ? plugin::Need::optional : plugin::Need::required;
    recorded.field("stdin", std::move(read), need);
  }
  if (outcome.is_until_killed)
    wait_to_be_killed();
  if (outcome.signal != 0)
    end_by(outcome.signal);
  _exit(outcome.exit_code);
}

StartedProcess start_process(const ProcessOutcome &outcome, const plugin::Recorded &recorded,
                             const std::function<int()> &prepare) {
  const SharedReady ready;
  if (!ready)
    return {-1, ENOMEM};
  // No handler of the program may run in the child.
  sigset_t all{};
  sigset_t before{};
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t child = fork();
  const int error = errno;
  if (child == 0) {
    forget_handlers();
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ready->error = prepare();
    const bool is_ready = ready->error == 0;
    sem_post(&ready->said);
    if (is_ready)
      play_process(outcome, recorded);
    _exit(127);
  }
  StartedProcess started{child, child < 0 ? error : 0};
  if (child > 0 && wait_for(*ready.operator->(), child) && ready->error != 0) {
    started = {-1, ready->error};
    waitpid(child, nullptr, 0);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return started;
}

} // namespace tripwire::plugins
