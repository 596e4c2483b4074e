// Calls that fortification and large files give other symbols.
#include "fortified.hpp"

#include <fcntl.h>
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

int print(const char *path, int number) {
  std::FILE *file = fopen64(path, "w");
  if (file == nullptr)
    return -1;
  std::fprintf(file, "%d", number);
  return std::fclose(file);
}

} // namespace fortified
