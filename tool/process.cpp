// argv --(process)--> exit status, what it printed, and nothing left behind when we are interrupted
#include "tool/process.hpp"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tripwire::tool {
namespace {

// What the signal handler reads. It may only use async-signal-safe calls, hence plain arrays.
constexpr std::size_t scratch_slots = 16;
struct ScratchSlot {
  std::atomic<bool> used{false};
  std::array<char, PATH_MAX> path{};
};
std::array<ScratchSlot, scratch_slots> scratch_files;
std::atomic<pid_t> current_child{0};

constexpr std::array<int, 4> ending_signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

extern "C" void end_by_signal(int signal) {
  if (const pid_t child = current_child.load(); child > 0) {
    kill(child, signal);
    int ignored = 0;
    while (waitpid(child, &ignored, 0) < 0 && errno == EINTR) {
    }
  }
  for (ScratchSlot &slot : scratch_files)
    if (slot.used.load())
      unlink(slot.path.data());
  ::signal(signal, SIG_DFL);
  raise(signal);
}

void catch_ending_signals() {
  static const bool once = [] {
    for (const int signal : ending_signals) {
      struct sigaction old {};
      if (sigaction(signal, nullptr, &old) != 0 || old.sa_handler == SIG_IGN)
        continue;
      struct sigaction action {};
      action.sa_handler = end_by_signal;
      sigfillset(&action.sa_mask);
      sigaction(signal, &action, nullptr);
    }
    return true;
  }();
  (void)once;
}

bool keeps_scratch_files() {
  const char *keep = std::getenv("TRIPWIRE_KEEP");
  return keep != nullptr && *keep != '\0' && std::strcmp(keep, "0") != 0;
}

ScratchSlot *slot_of(llvm::StringRef path) {
  for (ScratchSlot &slot : scratch_files)
    if (slot.used.load() && path == slot.path.data())
      return &slot;
  return nullptr;
}

llvm::Error could_not(const llvm::Twine &what, int error) {
  return llvm::createStringError(std::error_code(error, std::generic_category()),
                                 what + ": " + llvm::StringRef(std::strerror(error)));
}

llvm::Expected<std::string> find_program(llvm::StringRef name) {
  if (name.contains('/'))
    return name.str();
  if (llvm::ErrorOr<std::string> found = llvm::sys::findProgramByName(name))
    return *found;
  return could_not("cannot run '" + name + "'", ENOENT);
}

std::vector<char *> as_c_array(llvm::ArrayRef<std::string> argv) {
  std::vector<char *> result;
  for (const std::string &word : argv)
    result.push_back(const_cast<char *>(word.c_str()));
  result.push_back(nullptr);
  return result;
}

/// Both ends of a pipe, closed when they go.
class Pipe {
public:
  Pipe() = default;
  Pipe(const Pipe &) = delete;
  Pipe &operator=(const Pipe &) = delete;
  ~Pipe() {
    close_read();
    close_write();
  }
  bool open() { return pipe2(ends_.data(), O_CLOEXEC) == 0; }
  [[nodiscard]] int read_end() const { return ends_[0]; }
  [[nodiscard]] int write_end() const { return ends_[1]; }
  void close_read() { close_one(ends_[0]); }
  void close_write() { close_one(ends_[1]); }

private:
  static void close_one(int &end) {
    if (end >= 0)
      ::close(end);
    end = -1;
  }
  std::array<int, 2> ends_ = {-1, -1};
};

void redirect(Stream stream, const Pipe &pipe, int descriptor) {
  if (stream == Stream::capture)
    dup2(pipe.write_end(), descriptor);
  if (stream != Stream::discard)
    return;
  const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (null >= 0)
    dup2(null, descriptor);
}

/// Reads both pipes until the child has closed them.
void drain(Pipe &output, Pipe &error, ProcessResult &result) {
  std::array<char, 65536> buffer{};
  const auto drain_one = [&](Pipe &pipe, short events, std::string &into) {
    if ((events & (POLLIN | POLLHUP | POLLERR)) == 0)
      return;
    const ssize_t count = ::read(pipe.read_end(), buffer.data(), buffer.size());
    if (count > 0)
      into.append(buffer.data(), static_cast<std::size_t>(count));
    else if (count == 0 || errno != EINTR)
      pipe.close_read();
  };
  while (output.read_end() >= 0 || error.read_end() >= 0) {
    std::array<pollfd, 2> waiting = {pollfd{output.read_end(), POLLIN, 0}, pollfd{error.read_end(), POLLIN, 0}};
    if (poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR)
      return;
    drain_one(output, waiting[0].revents, result.standard_output);
    drain_one(error, waiting[1].revents, result.standard_error);
  }
}

} // namespace

llvm::Expected<ProcessResult> run(llvm::ArrayRef<std::string> argv, RunOptions options) {
  llvm::Expected<std::string> program = find_program(argv.front());
  if (!program)
    return program.takeError();
  catch_ending_signals();
  Pipe output;
  Pipe error;
  Pipe failure; // carries errno when exec fails; closed by a successful exec
  if ((options.standard_output == Stream::capture && !output.open()) ||
      (options.standard_error == Stream::capture && !error.open()) || !failure.open())
    return could_not("cannot make a pipe", errno);

  const std::vector<char *> words = as_c_array(argv);
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before); // no signal between fork and the note of who the child is
  const pid_t child = fork();
  if (child == 0) {
    for (const int signal : ending_signals) {
      struct sigaction action {};
      if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler == end_by_signal)
        ::signal(signal, SIG_DFL);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    redirect(options.standard_output, output, STDOUT_FILENO);
    redirect(options.standard_error, error, STDERR_FILENO);
    execv(program->c_str(), words.data());
    const int reason = errno;
    [[maybe_unused]] const ssize_t written = ::write(failure.write_end(), &reason, sizeof reason);
    _exit(127);
  }
  const int fork_error = errno;
  if (child > 0)
    current_child = child;
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (child < 0)
    return could_not("cannot start a process", fork_error);

  output.close_write();
  error.close_write();
  failure.close_write();
  ProcessResult result;
  drain(output, error, result);
  int reason = 0;
  const bool started = ::read(failure.read_end(), &reason, sizeof reason) != static_cast<ssize_t>(sizeof reason);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  current_child = 0;
  if (!started)
    return could_not("cannot run '" + argv.front() + "'", reason);
  if (WIFSIGNALED(status))
    result.signal = WTERMSIG(status);
  else
    result.status = WEXITSTATUS(status);
  return result;
}

llvm::Error replace_process(llvm::ArrayRef<std::string> argv) {
  llvm::Expected<std::string> program = find_program(argv.front());
  if (!program)
    return program.takeError();
  llvm::outs().flush();
  llvm::errs().flush();
  const std::vector<char *> words = as_c_array(argv);
  execv(program->c_str(), words.data());
  return could_not("cannot run '" + argv.front() + "'", errno);
}

void end_like(const ProcessResult &result) {
  llvm::outs().flush();
  llvm::errs().flush();
  if (result.signal != 0) {
    ::signal(result.signal, SIG_DFL);
    raise(result.signal);
    _exit(128 + result.signal);
  }
  std::exit(result.status);
}

ScratchFile::ScratchFile(std::string path, Keep keep) : keep_(keep), path_(std::move(path)) {
  if ((keep_ == Keep::on_request && keeps_scratch_files()) || path_.empty() || path_.size() >= PATH_MAX)
    return;
  catch_ending_signals();
  for (ScratchSlot &slot : scratch_files) {
    if (slot.used.load())
      continue;
    std::memcpy(slot.path.data(), path_.c_str(), path_.size() + 1);
    slot.used = true;
    return;
  }
}

ScratchFile::ScratchFile(ScratchFile &&other) noexcept : keep_(other.keep_), path_(std::exchange(other.path_, {})) {}

ScratchFile &ScratchFile::operator=(ScratchFile &&other) noexcept {
  if (this != &other) {
    drop();
    keep_ = other.keep_;
    path_ = std::exchange(other.path_, {});
  }
  return *this;
}

ScratchFile::~ScratchFile() { drop(); }

void ScratchFile::keep() {
  if (ScratchSlot *slot = slot_of(path_))
    slot->used = false;
  path_.clear();
}

void ScratchFile::drop() noexcept {
  if (path_.empty() || (keep_ == Keep::on_request && keeps_scratch_files()))
    return;
  unlink(path_.c_str());
  if (ScratchSlot *slot = slot_of(path_))
    slot->used = false;
}

bool is_plain_output(llvm::StringRef path) {
  llvm::sys::fs::file_status status;
  if (llvm::sys::fs::status(path, status))
    return true;
  return status.type() == llvm::sys::fs::file_type::regular_file;
}

bool shows_colours_on_standard_error() { return llvm::sys::Process::StandardErrHasColors(); }

std::string scratch_name(llvm::StringRef neighbour, llvm::StringRef suffix) {
  llvm::StringRef folder = llvm::sys::path::parent_path(neighbour);
  if (is_plain_output(neighbour) && access(folder.empty() ? "." : folder.str().c_str(), W_OK | X_OK) == 0)
    return (neighbour + suffix).str();
  llvm::SmallString<128> path;
  llvm::sys::path::system_temp_directory(/*ErasedOnReboot=*/true, path);
  llvm::sys::path::append(path,
                          "tripwire-" + llvm::Twine(getpid()) + "-" + llvm::sys::path::filename(neighbour) + suffix);
  return path.str().str();
}

llvm::Error write_whole(llvm::StringRef path, llvm::StringRef text) {
  const bool plain = is_plain_output(path);
  ScratchFile scratch(plain ? (path + ".tripwire-new").str() : std::string());
  const std::string target = plain ? scratch.path() : path.str();
  std::error_code error;
  {
    llvm::raw_fd_ostream out(target, error, llvm::sys::fs::OF_None);
    if (error)
      return llvm::createStringError(error, "cannot write '" + path + "': " + error.message());
    out << text;
    out.close();
    if (out.has_error()) {
      error = out.error();
      out.clear_error();
      return llvm::createStringError(error, "cannot write '" + path + "': " + error.message());
    }
  }
  if (!plain)
    return llvm::Error::success();
  error = llvm::sys::fs::rename(target, path);
  if (error)
    return llvm::createStringError(error, "cannot write '" + path + "': " + error.message());
  scratch.keep();
  return llvm::Error::success();
}

llvm::Expected<std::string> read_whole(llvm::StringRef path) {
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer =
      llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return llvm::createStringError(buffer.getError(), "cannot read '" + path + "': " + buffer.getError().message());
  return (*buffer)->getBuffer().str();
}

} // namespace tripwire::tool
