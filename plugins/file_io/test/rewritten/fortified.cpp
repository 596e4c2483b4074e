// Calls that fortification and large files give other symbols.
#include "fortified.hpp"

#include <fcntl.h>
#include <fts.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace fortified {

std::string read_first(const char *path) {
  const int file = open64(path, O_RDONLY);
  if (file < 0)
    return "none";
  std::array<char, 4> first{};
  const ssize_t size = read(file, first.data(), first.size());
  std::array<char, 4> rest{};
  const ssize_t more = pread(file, rest.data(), rest.size(), size);
  close(file);
  return std::string(first.data(), static_cast<std::size_t>(size)) + "|" +
         std::string(rest.data(), static_cast<std::size_t>(more));
}

std::string read_parts(const char *path) {
  const int file = open(path, O_RDONLY);
  std::array<char, 8> room{};
  const iovec parts[] = {{room.data(), 4}, {room.data() + 4, 4}};
  const ssize_t size = preadv2(file, parts, 2, 1, 0);
  close(file);
  return std::string(room.data(), size < 0 ? 0 : static_cast<std::size_t>(size));
}

std::string first_in(const char *path) {
  std::string name = path;
  char *names[] = {name.data(), nullptr};
  FTS *const walk = fts_open(names, FTS_PHYSICAL, nullptr);
  std::string all;
  while (FTSENT *const entry = walk == nullptr ? nullptr : fts_read(walk))
    if (entry->fts_info == FTS_F)
      all += entry->fts_path;
  return walk == nullptr || fts_close(walk) != 0 ? "none" : all;
}

int print(const char *path, int number) {
  std::FILE *file = fopen64(path, "w");
  if (file == nullptr)
    return -1;
  std::fprintf(file, "%d", number);
  return std::fclose(file);
}

} // namespace fortified
