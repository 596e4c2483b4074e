// a file --(file_text)--> all of its bytes, or why not.
#include "file_text.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

namespace tripwire::config {

namespace {

constexpr std::uintmax_t largest = 16U << 20U;

std::string reason(int code) {
  std::string text = std::generic_category().message(code);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

} // namespace

std::optional<std::string> read_file(const std::string &file, Log &log) {
  namespace fs = std::filesystem;
  Place place{file, 0, 0};
  std::error_code failed;
  fs::file_status status = fs::status(file, failed);
  if (status.type() == fs::file_type::not_found) {
    log.error(place, "no such file");
    return std::nullopt;
  }
  if (failed) {
    log.error(place, "cannot be read: " + reason(failed.value()));
    return std::nullopt;
  }
  if (status.type() != fs::file_type::regular) {
    log.error(place,
              status.type() == fs::file_type::directory ? "this is a folder, not a file" : "this is no regular file");
    return std::nullopt;
  }
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> in(std::fopen(file.c_str(), "rbe"), &std::fclose);
  if (!in) {
    log.error(place, "cannot be read: " + reason(errno));
    return std::nullopt;
  }
  std::string text;
  char piece[65536];
  std::size_t got = 0;
  do {
    got = std::fread(piece, 1, sizeof piece, in.get());
    text.append(piece, got);
    if (text.size() > largest) {
      log.error(place, "the file is too large to be a configuration");
      return std::nullopt;
    }
  } while (got == sizeof piece);
  if (std::ferror(in.get())) {
    log.error(place, "cannot be read: " + reason(errno));
    return std::nullopt;
  }
  return text;
}

} // namespace tripwire::config
