#include "names.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>

namespace tripwire::plugins {

namespace {

struct Bit {
  int bits;
  const char *name;
};

/// Those that hold others stand in front of them.
constexpr std::array<Bit, 13> bits_of_flags = {{{O_TMPFILE, "O_TMPFILE"},
                                                {O_SYNC, "O_SYNC"},
                                                {O_DSYNC, "O_DSYNC"},
                                                {O_CREAT, "O_CREAT"},
                                                {O_EXCL, "O_EXCL"},
                                                {O_TRUNC, "O_TRUNC"},
                                                {O_APPEND, "O_APPEND"},
                                                {O_DIRECTORY, "O_DIRECTORY"},
                                                {O_NOFOLLOW, "O_NOFOLLOW"},
                                                {O_NONBLOCK, "O_NONBLOCK"},
                                                {O_DIRECT, "O_DIRECT"},
                                                {O_NOATIME, "O_NOATIME"},
                                                {O_PATH, "O_PATH"}}};

} // namespace

std::string name_of_file_error(int error) {
  const char *name = strerrorname_np(error);
  return name == nullptr ? std::to_string(error) : name;
}

std::string text_of_flags(int flags) {
  const int access = flags & O_ACCMODE;
  std::string text = access == O_RDONLY ? "O_RDONLY" : access == O_WRONLY ? "O_WRONLY" : "O_RDWR";
  constexpr int large_file = 0100000; // O_LARGEFILE, which is 0 where every file may be large
  int left = flags & ~(O_ACCMODE | O_CLOEXEC | O_NOCTTY | large_file);
  for (const Bit &bit : bits_of_flags)
    if ((left & bit.bits) == bit.bits) {
      text += " | " + std::string(bit.name);
      left &= ~bit.bits;
    }
  return left == 0 ? text : text + " | " + std::to_string(left);
}

std::string text_of_mode(unsigned mode) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "0%o", mode);
  return text.data();
}

std::string text_of_access(int mode) {
  if (mode == F_OK)
    return "F_OK";
  std::string text;
  for (const Bit bit : {Bit{R_OK, "R_OK"}, Bit{W_OK, "W_OK"}, Bit{X_OK, "X_OK"}})
    if ((mode & bit.bits) != 0)
      text += (text.empty() ? "" : " | ") + std::string(bit.name);
  const int left = mode & ~(R_OK | W_OK | X_OK);
  return left == 0 ? text : text + (text.empty() ? "" : " | ") + std::to_string(left);
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
