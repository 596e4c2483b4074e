#include "calls.hpp"

#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <array>

namespace tripwire::plugins::calls {

namespace {

/// What the program knows an open folder by.
std::optional<std::string> name_of_folder(int folder) {
  if (const auto file = OpenFiles::all().of(folder))
    return file->path;
  std::array<char, 4096> target{};
  const ssize_t size = ::readlink(("/proc/self/fd/" + std::to_string(folder)).c_str(), target.data(), target.size());
  if (size <= 0 || target[0] != '/')
    return std::nullopt;
  return std::string(target.data(), static_cast<std::size_t>(size));
}

} // namespace

plugin::Description describe(const std::string &operation, const std::string &path, Reach reach) {
  plugin::Description call;
  call.request(operation + " " + plugin::literal(path))
      .field("operation", operation)
      .field("path", path)
      .firewall("path", plugin::file_name(path))
      .firewall("operation", operation)
      .firewall("mode", reach == Reach::read ? "read" : "write")
      .key(plugin::file_name(path));
  return call;
}

plugin::Description describe(const std::string &operation, const std::string &src, const std::string &dst) {
  plugin::Description call;
  call.request(operation + " " + plugin::literal(src) + " to " + plugin::literal(dst))
      .field("operation", operation)
      .field("src", src)
      .field("dst", dst, plugin::Need::optional) // of what failed it need not be said
      .firewall("path", plugin::file_name(src))
      .firewall("operation", operation)
      .firewall("mode", "write")
      .key(plugin::file_name(src));
  return call;
}

plugin::Description describe(const std::string &operation, const OpenFile &file, Reach reach) {
  plugin::Description call = describe(operation, file.path, reach);
  call.on(reinterpret_cast<std::uintptr_t>(&file));
  return call;
}

std::optional<std::string> name_at(int folder, const char *path) {
  if (path == nullptr || *path == '\0')
    return std::nullopt;
  if (*path == '/' || folder == AT_FDCWD)
    return path;
  const int error = errno;
  const std::optional<std::string> above = name_of_folder(folder);
  errno = error;
  return above ? std::optional(*above + "/" + path) : std::nullopt;
}

std::string real_file(Files &files, const std::string &path) {
  const std::string real = files.real(plugin::file_name(path));
  return path.back() == '/' ? real + "/" : real; // which asks for a folder
}

std::shared_ptr<OpenFile> watched_file(plugin::Visit &visit, int descriptor) {
  // Outside of a sandbox nobody asks what becomes of a file that only the test has.
  return visit.in_sandbox() ? OpenFiles::all().of(descriptor) : nullptr;
}

std::shared_ptr<OpenFile> keep(const plugin::Decision &decision, int descriptor, const std::string &path, int flags) {
  const auto *mock = decision.as<FileMock>();
  if (mock == nullptr)
    return nullptr;
  auto file = std::make_shared<OpenFile>(path, flags, mock->shared_files());
  OpenFiles::all().opened(descriptor, file);
  return file;
}

std::string content_of(int descriptor) {
  const int error = errno;
  std::string content;
  // An opening of its own: the program's one keeps its position, and may not be for reading.
  const int own = ::open(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat now {};
  if (own >= 0 && ::fstat(own, &now) == 0 && S_ISREG(now.st_mode)) {
    content.resize(static_cast<std::size_t>(now.st_size));
    const ssize_t size = ::pread(own, content.data(), content.size(), 0);
    content.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  }
  if (own >= 0)
    ::close(own);
  errno = error;
  return content;
}

void record(const plugin::Recorded &recorded, const Facts &facts, int error) {
  for (const auto &[name, text] : facts)
    recorded.field(name, text, error == 0 ? plugin::Need::required : plugin::Need::optional);
  if (error != 0)
    recorded.raised(AnyValue(name_of_file_error(error)));
}

} // namespace tripwire::plugins::calls
