#include "attributes.hpp"

#include <fcntl.h>
#include <linux/limits.h>
#include <sys/xattr.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace tripwire::plugins {

namespace {

int failed(int error) {
  errno = error;
  return -1;
}

std::optional<FileNode> node_of(int folder, const char *path, int flags) {
  struct statx facts {};
  if (::statx(folder, path, flags, STATX_BASIC_STATS | STATX_BTIME, &facts) != 0)
    return std::nullopt;
  FileNode node;
  node.identity = {std::uint64_t{facts.stx_dev_major} << 32 | facts.stx_dev_minor, facts.stx_ino,
                   facts.stx_btime.tv_sec, facts.stx_btime.tv_nsec};
  node.mode = facts.stx_mode;
  return node;
}

/// 0 for a name by which there may be an attribute.
int error_of_name(std::string_view name) {
  if (name.empty() || name.size() > XATTR_NAME_MAX)
    return ERANGE;
  for (const std::string_view space : {"user.", "trusted.", "security.", "system."})
    if (name.size() > space.size() && name.substr(0, space.size()) == space)
      return 0;
  return EOPNOTSUPP;
}

/// Those that programs make up belong to files and folders; links and devices have none.
bool may_have(const FileNode &file, std::string_view name) {
  return name.substr(0, 5) != "user." || S_ISREG(file.mode) || S_ISDIR(file.mode);
}

/// What is asked with no room is how much it takes.
ssize_t hand_out(std::string_view bytes, void *into, std::size_t size) {
  if (size != 0 && size < bytes.size())
    return failed(ERANGE);
  if (size != 0 && !bytes.empty())
    std::memcpy(into, bytes.data(), bytes.size());
  return static_cast<ssize_t>(bytes.size());
}

} // namespace

std::optional<FileNode> file_node_at(const char *path, int flags) { return node_of(AT_FDCWD, path, flags); }
std::optional<FileNode> file_node_of(int descriptor) { return node_of(descriptor, "", AT_EMPTY_PATH); }

const FileAttributes::Values *FileAttributes::of(const FileNode &file) const {
  const auto found = files_.find(file.identity);
  return found == files_.end() ? nullptr : &found->second;
}

ssize_t FileAttributes::get(const FileNode &file, std::string_view name, void *value, std::size_t size) const {
  if (const int error = error_of_name(name); error != 0)
    return failed(error);
  const std::lock_guard<std::mutex> lock(mutex_);
  const Values *all = of(file);
  const auto found = all == nullptr ? Values::const_iterator() : all->find(name);
  if (all == nullptr || found == all->end() || !may_have(file, name))
    return failed(ENODATA);
  return hand_out(found->second, value, size);
}

int FileAttributes::set(const FileNode &file, std::string_view name, const void *value, std::size_t size, int flags) {
  if ((flags & ~(XATTR_CREATE | XATTR_REPLACE)) != 0)
    return failed(EINVAL);
  if (const int error = error_of_name(name); error != 0)
    return failed(error);
  if (size > XATTR_SIZE_MAX)
    return failed(E2BIG);
  if (!may_have(file, name))
    return failed(EPERM);
  const std::lock_guard<std::mutex> lock(mutex_);
  Values &all = files_[file.identity];
  const auto found = all.find(name);
  if (found != all.end() && (flags & XATTR_CREATE) != 0)
    return failed(EEXIST);
  if (found == all.end() && (flags & XATTR_REPLACE) != 0)
    return failed(ENODATA);
  all[std::string(name)] = size == 0 ? std::string() : std::string(static_cast<const char *>(value), size);
  return 0;
}

ssize_t FileAttributes::list(const FileNode &file, char *names, std::size_t size) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::string all;
  if (const Values *values = of(file))
    for (const auto &[name, value] : *values)
      all += name + '\0';
  return hand_out(all, names, size);
}

int FileAttributes::remove(const FileNode &file, std::string_view name) {
  if (const int error = error_of_name(name); error != 0)
    return failed(error);
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = files_.find(file.identity);
  if (found == files_.end() || found->second.erase(std::string(name)) == 0)
    return failed(ENODATA);
  return 0;
}

} // namespace tripwire::plugins
