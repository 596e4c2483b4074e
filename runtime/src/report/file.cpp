// pieces of JSON --(file)--> a file that has its name only once it is whole
#include "report/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace tripwire::runtime::report {

namespace {

std::string in_words(int error) { return std::system_category().message(error); }

/// A program's name as part of a file's.
std::string plain(std::string_view program) {
  std::string name(program.empty() ? std::string_view("program") : program);
  for (char &c : name) {
    if (c == '/' || c == '\n' || c == '\0') {
      c = '_';
    }
  }
  return name;
}

bool exists(const std::string &path) noexcept {
  struct stat status;
  return ::lstat(path.c_str(), &status) == 0;
}

} // namespace

std::string File::prepare(const std::string &folder) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(folder, error);
  folder_ = error ? folder : absolute.string();
  std::filesystem::create_directories(folder_, error);
  if (error) {
    return error.message();
  }
  if (!std::filesystem::is_directory(folder_, error)) {
    return in_words(ENOTDIR);
  }
  return ::access(folder_.c_str(), W_OK | X_OK) == 0 ? std::string() : in_words(errno);
}

std::string File::create(std::string_view program) {
  const std::string stem = folder_ + "/" + plain(program) + "." + std::to_string(::getpid());
  for (unsigned number = 1;; ++number) {
    const std::string name = stem + (number == 1 ? "" : "-" + std::to_string(number)) + ".json";
    const std::string part = name + ".part";
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0 && errno == EEXIST) {
      continue;
    }
    if (descriptor < 0) {
      return in_words(errno);
    }
    // Nobody else takes this name while the part is there.
    if (exists(name)) {
      ::close(descriptor);
      ::unlink(part.c_str());
      continue;
    }
    descriptor_ = descriptor;
    name_ = name;
    return {};
  }
}

/// Takes away what stands behind what is written for good.
bool File::go_back() noexcept {
  is_marked_ = false;
  return ::ftruncate(descriptor_, written_) == 0 && ::lseek(descriptor_, written_, SEEK_SET) == written_;
}

std::string File::mark(std::string_view text) {
  const std::int64_t before = written_;
  std::string wrong = append(text);
  written_ = before;
  is_marked_ = true;
  return wrong;
}

std::string File::append(std::string_view text) {
  if (is_marked_ && !go_back()) {
    return in_words(errno);
  }
  const std::int64_t before = written_;
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor_, text.data(), text.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      const int error = count < 0 ? errno : EIO;
      written_ = before;
      go_back();
      return in_words(error);
    }
    written_ += count;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

void File::leave() noexcept {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
  descriptor_ = -1;
  written_ = 0;
  is_marked_ = false;
}

std::string File::publish() {
  const bool unmarked = !is_marked_ || go_back();
  const bool closed = ::close(descriptor_) == 0 && unmarked;
  descriptor_ = -1;
  if (!closed || std::rename((name_ + ".part").c_str(), name_.c_str()) != 0) {
    return in_words(errno);
  }
  return {};
}

} // namespace tripwire::runtime::report
