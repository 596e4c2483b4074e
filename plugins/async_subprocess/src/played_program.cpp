#include "played_program.hpp"

#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

namespace tripwire::plugins {

namespace {

/// Holds the descriptor of the plan, in the environment of the process that plays it.
constexpr char variable[] = "TRIPWIRE_PLAYED_PROCESS";

constexpr char mark[16] = "tripwire played";

/// What the plan begins with; behind it stand the bytes of both outputs.
struct Plan {
  char mark[sizeof plugins::mark];
  std::uint64_t out;
  std::uint64_t error;
  int exit_code;
  int signal;
  pid_t test;
  bool is_until_killed;
  bool reads;
};

/// What is written behind the plan, in front of the bytes that were read.
struct Read {
  bool is_whole;
  std::uint64_t size;
};

bool write_at(int file, std::size_t at, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (written <= 0 && errno != EINTR)
      return false;
    bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    at += written < 0 ? 0 : static_cast<std::size_t>(written);
  }
  return true;
}

bool read_at(int file, std::size_t at, void *bytes, std::size_t size) {
  auto *into = static_cast<char *>(bytes);
  while (size != 0) {
    const ssize_t count = pread(file, into, size, static_cast<off_t>(at));
    if (count == 0 || (count < 0 && errno != EINTR))
      return false;
    const std::size_t got = count < 0 ? 0 : static_cast<std::size_t>(count);
    into += got, at += got, size -= got;
  }
  return true;
}

template <class T> std::string_view bytes_of(const T &value) {
  return {reinterpret_cast<const char *>(&value), sizeof value};
}

std::string text_at(int file, std::size_t at, std::uint64_t size) {
  std::string text(size, '\0');
  return read_at(file, at, text.data(), text.size()) ? text : std::string();
}

/// A descriptor that is not below \p lowest, of a memory that no other program inherits.
int open_memory(int lowest) {
  const int memory = memfd_create("played process", MFD_CLOEXEC);
  if (memory < 0)
    return memory;
  const int moved = fcntl(memory, F_DUPFD_CLOEXEC, lowest);
  const int error = errno;
  close(memory);
  errno = error;
  return moved;
}

/// Whether what the process gets as its standard input is another one than the test program's.
bool is_input_given(const uv_process_options_t &asked) {
  if (asked.stdio_count < 1)
    return false;
  const uv_stdio_container_t &input = asked.stdio[0];
  uv_os_fd_t descriptor = -1;
  if ((input.flags & UV_CREATE_PIPE) != 0)
    return true;
  if ((input.flags & UV_INHERIT_FD) != 0)
    descriptor = input.data.fd;
  else if ((input.flags & UV_INHERIT_STREAM) != 0)
    uv_fileno(reinterpret_cast<const uv_handle_t *>(input.data.stream), &descriptor);
  return is_process_input_redirected(descriptor);
}

/// Found before the program goes to another folder.
const std::string own_file = [] {
  const auto *name = reinterpret_cast<const char *>(getauxval(AT_EXECFN));
  char path[PATH_MAX];
  return std::string(name == nullptr || realpath(name, path) == nullptr ? "" : path);
}();

} // namespace

const char *const no_program = "/dev/null/no program";

std::string this_program() {
  // The kernel's own name also leads to a file that was deleted or replaced while it runs.
  for (const std::string &name : {std::string("/proc/self/exe"), own_file}) {
    if (access(name.c_str(), X_OK) == 0)
      return name;
  }
  return {};
}

PlayedProgram::PlayedProgram(const ProcessOutcome &outcome, const uv_process_options_t &asked, std::string file)
    : file_(std::move(file)), options_(asked) {
  const int count = std::max(asked.stdio_count, STDERR_FILENO + 1);
  plan_ = open_memory(count);
  Plan plan{};
  std::memcpy(plan.mark, mark, sizeof mark);
  plan.out = outcome.out.size();
  plan.error = outcome.error.size();
  plan.exit_code = outcome.exit_code;
  plan.signal = outcome.signal;
  plan.test = process_of_test();
  plan.is_until_killed = outcome.is_until_killed;
  plan.reads = !outcome.leaves_stdin && is_input_given(asked);
  const std::string text = std::string(bytes_of(plan)).append(outcome.out).append(outcome.error);
  size_ = text.size();
  if (plan_ < 0 || !write_at(plan_, 0, text)) {
    error_ = errno;
    return;
  }

  // The plan is passed on as one more stream, under its own number: no descriptor of the program has that one.
  streams_.assign(static_cast<std::size_t>(plan_) + 1, uv_stdio_container_t{});
  std::copy_n(asked.stdio, std::max(asked.stdio_count, 0), streams_.begin());
  streams_.back().flags = UV_INHERIT_FD;
  streams_.back().data.fd = plan_;
  options_.stdio = streams_.data();
  options_.stdio_count = static_cast<int>(streams_.size());

  // This program's own variables: by them it has found its libraries.
  told_ = std::string(variable) + "=" + std::to_string(plan_);
  variables_.push_back(told_.data());
  for (char **one = environ; one != nullptr && *one != nullptr; ++one)
    variables_.push_back(*one);
  variables_.push_back(nullptr);
  options_.env = variables_.data();

  words_ = {const_cast<char *>(asked.file), nullptr};
  options_.args = words_.data();
  options_.file = file_.c_str();
}

PlayedProgram::~PlayedProgram() {
  if (plan_ >= 0)
    close(plan_);
}

std::optional<std::string> PlayedProgram::read() const {
  Read read{};
  if (!read_at(plan_, size_, &read, sizeof read) || !read.is_whole)
    return std::nullopt;
  return text_at(plan_, size_ + sizeof read, read.size);
}

namespace {

[[noreturn]] void play(int file, const Plan &plan) {
  const std::size_t outputs = sizeof plan;
  ProcessOutcome outcome;
  outcome.out = text_at(file, outputs, plan.out);
  outcome.error = text_at(file, outputs + plan.out, plan.error);
  outcome.exit_code = plan.exit_code;
  outcome.signal = plan.signal;
  outcome.is_until_killed = plan.is_until_killed;
  const std::string read = converse_as_process(outcome, plan.reads);
  if (plan.reads) {
    const std::size_t end = outputs + plan.out + plan.error;
    const Read said{true, read.size()};
    if (write_at(file, end + sizeof said, read)) // it is whole when that can be read
      write_at(file, end, bytes_of(said));
  }
  end_as_process(outcome, plan.test);
}

/// In the program that was started once more. Runs before main, and before every object of the program is made: the
/// numbers up to 100 are the compiler's.
[[gnu::constructor(101)]] void play_when_told() {
  const char *told = std::getenv(variable);
  if (told == nullptr)
    return;
  const int file = std::atoi(told);
  Plan plan{};
  if (read_at(file, 0, &plan, sizeof plan) && std::memcmp(plan.mark, mark, sizeof mark) == 0)
    play(file, plan);
  // Whoever was told so must not go on: main would run the tests, in a process that nobody looks at.
  constexpr std::string_view text = "tripwire: TRIPWIRE_PLAYED_PROCESS is set, but names no process to play\n";
  static_cast<void>(!write(STDERR_FILENO, text.data(), text.size()));
  _exit(127);
}

} // namespace

} // namespace tripwire::plugins
