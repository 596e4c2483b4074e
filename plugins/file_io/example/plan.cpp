// A garden's plan: production code, without a word of tripwire.
#include "plan.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace garden {

int beds(const std::string &settings) {
  std::FILE *file = std::fopen(settings.c_str(), "r");
  if (file == nullptr)
    return 0;
  int count = 0;
  if (std::fscanf(file, "beds=%d", &count) != 1)
    count = 0;
  std::fclose(file);
  return count;
}

void write_plan(const std::string &path, int beds) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const std::string text = std::to_string(beds) + " beds\n";
  const bool is_written = file >= 0 && write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int error = errno;
  if (file >= 0)
    close(file);
  if (!is_written) {
    unlink(path.c_str());
    throw std::system_error(error, std::generic_category(), path);
  }
}

} // namespace garden
