#include "calls.hpp"

#include "plugin.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace tripwire::plugins::calls {

namespace {

/// What the program calls a real file: one of the test's has another name.
std::string name_of_real(const std::string &real) {
  return plugin::state_of_test<Files>(file_io_plugin())->name_of(real).value_or(real);
}

} // namespace

std::optional<std::string> name_of_open(int descriptor) {
  if (const auto file = OpenFiles::all().of(descriptor))
    return file->path;
  const int error = errno;
  std::array<char, 4096> target{};
  const ssize_t size =
      ::readlink(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), target.data(), target.size());
  errno = error;
  if (size <= 0 || target[0] != '/')
    return std::nullopt;
  return name_of_real(std::string(target.data(), static_cast<std::size_t>(size)));
}

plugin::Description describe(const std::string &operation, const std::string &path, Reach reach) {
  const std::string said = without_end(path);
  const std::string name = plugin::file_name(said);
  plugin::Description call;
  call.request(operation + " " + plugin::literal(said))
      .field("operation", operation)
      .field("path", said)
      .firewall("path", name)
      .firewall("operation", operation)
      .firewall("mode", reach == Reach::read ? "read" : "write")
      .key(name);
  return call;
}

plugin::Description describe(const std::string &operation, const std::string &src, const std::string &dst) {
  const std::string from = without_end(src);
  const std::string to = without_end(dst);
  const std::string name = plugin::file_name(from);
  plugin::Description call;
  call.request(operation + " " + plugin::literal(from) + " to " + plugin::literal(to))
      .field("operation", operation)
      .field("src", from)
      .field("dst", to, plugin::Need::optional) // of what failed it need not be said
      .firewall("path", name)
      .firewall("path", plugin::file_name(to))
      .firewall("operation", operation)
      .firewall("mode", "write")
      .key(name);
  return call;
}

plugin::Description describe(const std::string &operation, const OpenFile &file, Reach reach) {
  plugin::Description call = describe(operation, file.path, reach);
  call.on(reinterpret_cast<std::uintptr_t>(&file));
  return call;
}

std::optional<std::string> name_of_current_folder() {
  const std::unique_ptr<char, void (*)(void *)> real(::getcwd(nullptr, 0), &std::free);
  return real == nullptr ? std::nullopt : plugin::state_of_test<Files>(file_io_plugin())->name_of(real.get());
}

std::optional<std::string> name_at(int folder, const char *path) {
  if (path == nullptr || *path == '\0')
    return std::nullopt;
  if (*path == '/')
    return path;
  const int error = errno;
  const auto above = folder == AT_FDCWD ? name_of_current_folder() : name_of_open(folder);
  errno = error;
  if (!above && folder == AT_FDCWD)
    return path;
  return above ? std::optional(*above + "/" + path) : std::nullopt;
}

std::string real_file(Files &files, const std::string &path) {
  const std::string real = files.real(plugin::file_name(path));
  return path.size() > without_end(path).size() ? real + "/" : real; // which asks for a folder
}

std::string real_for(Files &files, const std::string &path, Thing thing) {
  const std::string real = real_file(files, path);
  if (thing == Thing::whatever)
    return real;
  const std::string name = plugin::file_name(without_end(path));
  files.was_of_use(name);
  struct stat now {};
  if (!files.is_stated(name) && !files.is_made(name) && ::lstat(real.c_str(), &now) != 0) {
    if (thing == Thing::file)
      files.put_file(name, "");
    else
      files.put_folder(name);
  }
  return real;
}

int made_if_well(Files &files, const std::string &path, int result) {
  if (result == 0)
    files.made(plugin::file_name(without_end(path)));
  return result;
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
  for (const Fact &fact : facts)
    recorded.field(fact.name, fact.text, error == 0 ? fact.need : plugin::Need::optional);
  if (error != 0)
    recorded.raised(AnyValue(plugin::name_of_errno(error)));
}

} // namespace tripwire::plugins::calls
