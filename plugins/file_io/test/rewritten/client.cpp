#include "client.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace client {

std::string read_all(const std::string &path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return "errno " + std::to_string(errno);
  std::string all;
  char part[8];
  ssize_t size = 0;
  while ((size = read(file, part, sizeof part)) > 0)
    all.append(part, static_cast<std::size_t>(size));
  if (size < 0)
    all = "errno " + std::to_string(errno);
  close(file);
  return all;
}

int write_all(const std::string &path, const std::string &data, int flags, unsigned mode) {
  const int file = open(path.c_str(), flags, mode);
  if (file < 0)
    return errno;
  int error = 0;
  for (std::size_t at = 0; at < data.size() && error == 0;) {
    const ssize_t size = write(file, data.data() + at, data.size() - at);
    error = size < 0 ? errno : 0;
    at += size < 0 ? 0 : static_cast<std::size_t>(size);
  }
  return close(file) != 0 && error == 0 ? errno : error;
}

int replace(const std::string &path, const std::string &data) {
  const std::string beside = path + ".new";
  const int file = open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (file < 0)
    return errno;
  const bool is_safe = write(file, data.data(), data.size()) == static_cast<ssize_t>(data.size()) && fsync(file) == 0;
  int error = is_safe ? 0 : errno;
  close(file);
  if (error == 0 && rename(beside.c_str(), path.c_str()) != 0)
    error = errno;
  if (error != 0)
    unlink(beside.c_str());
  return error;
}

std::vector<std::string> names_in(const std::string &folder) {
  std::vector<std::string> names;
  DIR *opened = opendir(folder.c_str());
  if (opened == nullptr)
    return {"errno " + std::to_string(errno)};
  while (const dirent *entry = readdir(opened))
    if (entry->d_name[0] != '.')
      names.push_back(entry->d_name + std::string(entry->d_type == DT_DIR ? "/" : ""));
  closedir(opened);
  std::sort(names.begin(), names.end());
  return names;
}

std::string read_lines(const std::string &path) {
  std::FILE *file = std::fopen(path.c_str(), "r");
  if (file == nullptr)
    return "errno " + std::to_string(errno);
  std::string all;
  char line[64];
  while (std::fgets(line, sizeof line, file) != nullptr)
    all += line;
  std::fclose(file);
  return all;
}

int print(const std::string &path, const char *mode, const std::string &text) {
  std::FILE *file = std::fopen(path.c_str(), mode);
  if (file == nullptr)
    return errno;
  std::fprintf(file, "%s", text.c_str());
  return std::fclose(file) == 0 ? 0 : errno;
}

int unlink_file(const std::string &path) { return unlink(path.c_str()) == 0 ? 0 : errno; }
int make_folder(const std::string &path, unsigned mode) { return mkdir(path.c_str(), mode) == 0 ? 0 : errno; }

int size_of(const std::string &path, long &size) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0)
    return errno;
  size = facts.st_size;
  return 0;
}

int can_access(const std::string &path, int mode) { return access(path.c_str(), mode) == 0 ? 0 : errno; }

int rename_file(const std::string &src, const std::string &dst) {
  return rename(src.c_str(), dst.c_str()) == 0 ? 0 : errno;
}
int open_to_read(const std::string &path) { return open(path.c_str(), O_RDONLY); }

int change_mode(const std::string &path, unsigned mode) { return chmod(path.c_str(), mode) == 0 ? 0 : errno; }
int cut(const std::string &path, long size) { return truncate(path.c_str(), size) == 0 ? 0 : errno; }
int link_file(const std::string &src, const std::string &dst) {
  return link(src.c_str(), dst.c_str()) == 0 ? 0 : errno;
}
int link_by_name(const std::string &target, const std::string &path) {
  return symlink(target.c_str(), path.c_str()) == 0 ? 0 : errno;
}

int make_up(const std::string &name) {
  std::string made = name;
  return mkstemp(made.data());
}

unsigned long blocks_of(const std::string &path) {
  struct statvfs facts {};
  return statvfs(path.c_str(), &facts) == 0 ? facts.f_blocks : 0;
}

int scan(const std::string &folder) {
  dirent **entries = nullptr;
  const int count = scandir(folder.c_str(), &entries, nullptr, nullptr);
  for (int index = 0; index < count; ++index)
    std::free(entries[index]);
  std::free(entries);
  return count;
}

std::size_t find_in(const std::string &folder) {
  glob_t found = {};
  glob((folder + "/*").c_str(), 0, nullptr, &found);
  const std::size_t count = found.gl_pathc;
  globfree(&found);
  return count;
}

int open_quietly(const char *path) noexcept { return open(path, O_RDONLY); }

} // namespace client
