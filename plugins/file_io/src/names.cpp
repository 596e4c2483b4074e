#include "names.hpp"

#include <tripwire/plugin_names.hpp>
#include <tripwire/plugins/file_io.hpp>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace tripwire::plugins {

namespace {

using plugin::Named;

/// Those that hold others stand in front of them.
constexpr Named open_flags[] = {{O_TMPFILE, "O_TMPFILE"},   {O_SYNC, "O_SYNC"},           {O_DSYNC, "O_DSYNC"},
                                {O_CREAT, "O_CREAT"},       {O_EXCL, "O_EXCL"},           {O_TRUNC, "O_TRUNC"},
                                {O_APPEND, "O_APPEND"},     {O_DIRECTORY, "O_DIRECTORY"}, {O_NOFOLLOW, "O_NOFOLLOW"},
                                {O_NONBLOCK, "O_NONBLOCK"}, {O_DIRECT, "O_DIRECT"},       {O_NOATIME, "O_NOATIME"},
                                {O_PATH, "O_PATH"}};

constexpr Named accesses[] = {{R_OK, "R_OK"}, {W_OK, "W_OK"}, {X_OK, "X_OK"}};
constexpr Named renamings[] = {
    {RENAME_NOREPLACE, "RENAME_NOREPLACE"}, {RENAME_EXCHANGE, "RENAME_EXCHANGE"}, {RENAME_WHITEOUT, "RENAME_WHITEOUT"}};
constexpr Named allocations[] = {{FALLOC_FL_KEEP_SIZE, "FALLOC_FL_KEEP_SIZE"},
                                 {FALLOC_FL_PUNCH_HOLE, "FALLOC_FL_PUNCH_HOLE"},
                                 {FALLOC_FL_COLLAPSE_RANGE, "FALLOC_FL_COLLAPSE_RANGE"},
                                 {FALLOC_FL_ZERO_RANGE, "FALLOC_FL_ZERO_RANGE"},
                                 {FALLOC_FL_INSERT_RANGE, "FALLOC_FL_INSERT_RANGE"}};
constexpr Named attribute_flags[] = {{XATTR_CREATE, "XATTR_CREATE"}, {XATTR_REPLACE, "XATTR_REPLACE"}};
constexpr Named protections[] = {{PROT_READ, "PROT_READ"}, {PROT_WRITE, "PROT_WRITE"}, {PROT_EXEC, "PROT_EXEC"}};
constexpr Named mappings[] = {{MAP_FIXED, "MAP_FIXED"},
                              {MAP_POPULATE, "MAP_POPULATE"},
                              {MAP_NORESERVE, "MAP_NORESERVE"},
                              {MAP_LOCKED, "MAP_LOCKED"}};

/// ` | ` and the names of the bits; nothing where there are none.
std::string and_bits(int bits, plugin::Rows<Named> names) {
  return bits == 0 ? "" : " | " + plugin::names_of_bits(bits, names);
}

} // namespace

std::string without_end(std::string_view name) {
  std::size_t end = name.size();
  while (end > 1 && (name[end - 1] == '/' || (name[end - 1] == '.' && name[end - 2] == '/')))
    --end;
  return std::string(name.substr(0, end));
}

std::string text_of_flags(int flags) {
  const int access = flags & O_ACCMODE;
  const std::string text = access == O_RDONLY ? "O_RDONLY" : access == O_WRONLY ? "O_WRONLY" : "O_RDWR";
  constexpr int large_file = 0100000; // O_LARGEFILE, which is 0 where every file may be large
  return text + and_bits(flags & ~(O_ACCMODE | O_CLOEXEC | O_NOCTTY | large_file), open_flags);
}

std::string text_of_mode(unsigned mode) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "0%o", mode);
  return text.data();
}

std::string text_of_access(int mode) { return mode == F_OK ? "F_OK" : plugin::names_of_bits(mode, accesses); }

std::string text_of_owner(unsigned owner) { return std::to_string(static_cast<int>(owner)); }

std::string text_of_time(const timespec &time) {
  if (time.tv_nsec == UTIME_NOW)
    return "now";
  if (time.tv_nsec == UTIME_OMIT)
    return "kept";
  std::string text = std::to_string(time.tv_sec);
  if (time.tv_nsec == 0)
    return text;
  const std::string fraction = std::to_string(time.tv_nsec);
  text += "." + std::string(9 - std::min<std::size_t>(fraction.size(), 9), '0') + fraction;
  return text.erase(text.find_last_not_of('0') + 1);
}

std::string text_of_renaming(unsigned flags) { return plugin::names_of_bits(static_cast<int>(flags), renamings); }

std::string text_of_allocation(int flags) { return plugin::names_of_bits(flags, allocations); }

std::string text_of_attribute_flags(int flags) { return plugin::names_of_bits(flags, attribute_flags); }

std::string text_of_protection(int protection) {
  return protection == PROT_NONE ? "PROT_NONE" : plugin::names_of_bits(protection, protections);
}

std::string text_of_mapping(int flags) {
  const char *kind = (flags & MAP_TYPE) == MAP_SHARED    ? "MAP_SHARED"
                     : (flags & MAP_TYPE) == MAP_PRIVATE ? "MAP_PRIVATE"
                                                         : "MAP_SHARED_VALIDATE";
  return kind + and_bits(flags & ~MAP_TYPE, mappings);
}

std::optional<int> flags_of_stream(const char *mode) {
  int flags = 0;
  switch (mode == nullptr ? '\0' : *mode) {
  case 'r':
    break;
  case 'w':
    flags = O_CREAT | O_TRUNC;
    break;
  case 'a':
    flags = O_CREAT | O_APPEND;
    break;
  default:
    return std::nullopt;
  }
  const std::string rest =
      std::string(mode + 1).substr(0, std::strcspn(mode + 1, ",")); // behind it stands a character set
  if (rest.find('x') != std::string::npos)
    flags |= O_EXCL;
  return flags | (rest.find('+') != std::string::npos ? O_RDWR : *mode == 'r' ? O_RDONLY : O_WRONLY);
}

} // namespace tripwire::plugins
