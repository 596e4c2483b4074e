// names and values --(FileAttributes)--> the extended attributes of a test's files
#ifndef TRIPWIRE_PLUGINS_FILE_IO_ATTRIBUTES_HPP
#define TRIPWIRE_PLUGINS_FILE_IO_ATTRIBUTES_HPP

#include <sys/stat.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

namespace tripwire::plugins {

/// The file behind a name or a descriptor, whatever its other names are.
struct FileNode {
  std::tuple<std::uint64_t, std::uint64_t, std::int64_t, std::uint32_t> identity; ///< device, number, time of birth
  mode_t mode = 0;
};
/// Nothing, and errno, where there is no file. \p flags are those of `statx`.
std::optional<FileNode> file_node_at(const char *path, int flags);
std::optional<FileNode> file_node_of(int descriptor);

/// Kept here, since file systems in memory know none before Linux 6.6. Thread-safe.
///
/// Each function does what the system call does (xattr(7)): -1, and errno, where that fails.
class FileAttributes {
public:
  ssize_t get(const FileNode &file, std::string_view name, void *value, std::size_t size) const;
  int set(const FileNode &file, std::string_view name, const void *value, std::size_t size, int flags);
  ssize_t list(const FileNode &file, char *names, std::size_t size) const;
  int remove(const FileNode &file, std::string_view name);

private:
  using Values = std::map<std::string, std::string, std::less<>>;
  const Values *of(const FileNode &file) const;

  mutable std::mutex mutex_;
  std::map<decltype(FileNode::identity), Values> files_;
};

} // namespace tripwire::plugins

#endif
