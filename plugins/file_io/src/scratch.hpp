// a test's names of files --(ScratchFolder)--> names of real files, in a folder that nobody else uses
#ifndef TRIPWIRE_PLUGINS_FILE_IO_SCRATCH_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_SCRATCH_HPP

#include <sys/types.h>

#include <string>

namespace tripwire::plugins {

/// A folder of its own, in memory where the system has `/dev/shm`, else with the temporary files. It is removed with
/// the object; what a program leaves that ends without that, the next one removes. A forked child removes nothing.
class ScratchFolder {
public:
  /// Throws `std::system_error` when no folder can be made.
  ScratchFolder();
  ScratchFolder(const ScratchFolder &) = delete;
  ScratchFolder &operator=(const ScratchFolder &) = delete;
  ~ScratchFolder();

  const std::string &path() const noexcept { return path_; }

private:
  std::string path_;
  pid_t owner_;
};

} // namespace tripwire::plugins

#endif
