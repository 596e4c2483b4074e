#include "origin.hpp"

#include <tripwire/plugins/process_mock.hpp>

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>
#include <mutex>

namespace tripwire::plugins::process {

namespace {

struct Known {
  std::mutex mutex; ///< held while the process forks
  Origin origin;
  pid_t latest = 0; ///< the process that has this memory for itself
};

Known &known() {
  static auto *const all = new Known;
  return *all;
}

/// Without the lock.
void look() {
  Origin &of = known().origin;
  of.variables = variables_of(environ);
  of.folder = current_folder();
  struct stat input {};
  of.has_input = fstat(STDIN_FILENO, &input) == 0;
  of.input_device = input.st_dev;
  of.input_node = input.st_ino;
}

bool is_test() noexcept { return known().origin.process == getpid(); }

void before_fork() {
  known().mutex.lock();
  const int error = errno;
  if (is_test()) {
    try {
      look();
    } catch (...) { // no memory: what was known stays
    }
  }
  errno = error;
}

void after_fork() { known().mutex.unlock(); }

void in_child() {
  known().latest = getpid();
  after_fork();
}

} // namespace

const Origin &origin() noexcept { return known().origin; }

Origin origin_now() {
  const std::lock_guard<std::mutex> lock(known().mutex);
  if (is_test())
    look();
  return known().origin; // a copy: another thread may look again
}

bool is_memory_borrowed() noexcept { return known().latest != 0 && known().latest != getpid(); }

std::map<std::string, std::string> variables_of(char *const *environment) {
  std::map<std::string, std::string> variables;
  for (; environment != nullptr && *environment != nullptr; ++environment) {
    if (const char *sign = std::strchr(*environment, '='); sign != nullptr)
      variables.emplace(std::string(*environment, static_cast<std::size_t>(sign - *environment)), sign + 1);
  }
  return variables;
}

std::string current_folder() {
  char folder[PATH_MAX];
  return getcwd(folder, sizeof folder) == nullptr ? std::string() : folder;
}

} // namespace tripwire::plugins::process

namespace tripwire::plugins {

using namespace process;

void follow_process_starts() {
  static const int error = pthread_atfork(&before_fork, &after_fork, &in_child);
  static_cast<void>(error);
}

void process_test_begins() noexcept {
  const std::lock_guard<std::mutex> lock(known().mutex);
  known().origin.process = known().latest = getpid();
  try {
    look();
  } catch (...) { // no memory: each process that is started is compared with nothing
  }
}

bool is_process_input_redirected(int descriptor) noexcept {
  struct stat input {};
  if (fstat(descriptor, &input) != 0)
    return false;
  const Origin &of = origin();
  return !of.has_input || input.st_dev != of.input_device || input.st_ino != of.input_node;
}

pid_t process_of_test() noexcept { return origin().process; }

bool is_child_of_test() noexcept { return origin().process != 0 && origin().process != getpid(); }

} // namespace tripwire::plugins
