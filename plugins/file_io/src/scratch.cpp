#include "scratch.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace tripwire::plugins {

namespace {

std::string name_of_user() { return "tripwire-files-" + std::to_string(::geteuid()) + "-"; }

/// Removes the folders of programs that have ended: nobody holds their lock.
void sweep(const std::string &above) {
  std::error_code ignored;
  for (const auto &entry : std::filesystem::directory_iterator(above, ignored)) {
    if (entry.path().filename().string().rfind(name_of_user(), 0) != 0)
      continue;
    const int folder = ::open(entry.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (folder < 0)
      continue;
    if (::flock(folder, LOCK_EX | LOCK_NB) == 0)
      std::filesystem::remove_all(entry.path(), ignored);
    ::close(folder);
  }
}

/// The folder of this process; empty when none can be made there.
std::string made_in(const std::string &above) {
  sweep(above);
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::string path = above + "/" + name_of_user() + "XXXXXX";
    if (::mkdtemp(path.data()) == nullptr)
      return {};
    // The lock lives as long as the process and its forks. Another one may have taken the folder for a left one.
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat now {};
    if (folder >= 0 && ::flock(folder, LOCK_SH | LOCK_NB) == 0 && ::stat(path.c_str(), &now) == 0)
      return path;
    if (folder >= 0)
      ::close(folder);
  }
  return {};
}

/// Removes the folder of the process in its end.
struct Root {
  std::string path;
  pid_t owner = ::getpid();

  Root() {
    path = made_in("/dev/shm");
    if (path.empty())
      path = made_in(std::filesystem::temp_directory_path());
    if (path.empty())
      throw std::system_error(errno, std::generic_category(), "no folder for the files of a test can be made");
  }
  Root(const Root &) = delete;
  Root &operator=(const Root &) = delete;
  ~Root() {
    std::error_code ignored;
    if (::getpid() == owner)
      std::filesystem::remove_all(path, ignored);
  }
};

} // namespace

ScratchFolder::ScratchFolder() : owner_(::getpid()) {
  static const Root root;
  static std::atomic<unsigned> next{0};
  path_ = root.path + "/" + std::to_string(owner_) + "." + std::to_string(next++);
  if (::mkdir(path_.c_str(), 0700) != 0)
    throw std::system_error(errno, std::generic_category(), "no folder for the files of a test can be made: " + path_);
}

ScratchFolder::~ScratchFolder() {
  const int error = errno;
  std::error_code ignored;
  if (::getpid() == owner_)
    std::filesystem::remove_all(path_, ignored);
  errno = error;
}

} // namespace tripwire::plugins
