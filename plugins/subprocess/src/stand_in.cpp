// an outcome --(play)--> this process does it, and ends
//
// A mocked process is a real one, so that its id, its pipes, its signals and waiting for it are the system's own. It is
// a fork of the test program that never leaves this file.
#include <tripwire/plugins/process_mock.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

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
  const bool reads = !outcome.leaves_stdin && is_process_input_redirected(STDIN_FILENO);
  std::string read = converse_as_process(outcome, reads);
  if (reads)
    add_process_input(recorded, std::move(read));
  end_as_process(outcome, process_of_test());
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
