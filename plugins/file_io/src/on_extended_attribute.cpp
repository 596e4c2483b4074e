// getxattr, setxattr and their kind --(handlers)--> the same, of the test's files
#include "calls.hpp"
#include "names.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_mock.hpp>

#include <linux/limits.h>
#include <sys/xattr.h>

namespace tripwire::plugins::calls {

namespace {

/// How a call names its file: as `stat`, as `lstat`, or by a descriptor.
enum class By : unsigned char { name, link, descriptor };

/// The call, of the file that it is about. \p act gets the attributes of the test's files, and that file. \return
/// nothing where the call is passed on.
template <By by, class R, class Act>
std::optional<Made<R>> about(plugin::Visit &visit, const char *operation, Reach reach, const Facts &facts, Act act) {
  const auto of = [&](Files &files, const std::optional<FileNode> &node) {
    return node ? act(files.attributes(), *node) : R{-1};
  };
  if constexpr (by == By::descriptor) {
    return about_open_file(visit, 0, operation, reach, R{-1}, facts, [&](int descriptor) {
      return of(*plugin::state_of_test<Files>(file_io_plugin()), file_node_of(descriptor));
    });
  } else {
    const auto path = Path<0>::of(visit);
    if (!path) {
      visit.pass_on();
      return std::nullopt;
    }
    return about_file(visit, operation, *path, reach, R{-1}, facts, Thing::file,
                      [&](Files &files, const std::string &real) {
                        return of(files, file_node_at(real.c_str(), by == By::link ? AT_SYMLINK_NOFOLLOW : 0));
                      });
  }
}

/// A call of a name that is none is the system's to refuse.
bool has_name(plugin::Visit &visit) {
  if (argument<const char *>(visit, 1) != nullptr)
    return true;
  visit.pass_on();
  return false;
}

template <By by> void watch_getxattr(plugin::Visit &visit) {
  if (!has_name(visit))
    return;
  const std::string name = argument<const char *>(visit, 1);
  auto *const value = argument<char *>(visit, 2);
  const auto size = argument<std::size_t>(visit, 3);
  if (value == nullptr && size != 0) // which the real call refuses
    return visit.pass_on();
  const auto made = about<by, ssize_t>(
      visit, "getxattr", Reach::read, {{"name", name}},
      [&](const FileAttributes &all, const FileNode &file) { return all.get(file, name, value, size); });
  if (made && made->error == 0 && size != 0)
    made->decision.recorded.field("data", std::string(value, static_cast<std::size_t>(made->result)));
}

template <By by> void watch_setxattr(plugin::Visit &visit) {
  const auto *const value = argument<const char *>(visit, 2);
  const auto size = argument<std::size_t>(visit, 3);
  if (!has_name(visit))
    return;
  if ((value == nullptr && size != 0) || size > XATTR_SIZE_MAX) // which the real call refuses
    return visit.pass_on();
  const std::string name = argument<const char *>(visit, 1);
  const int flags = argument<int>(visit, 4);
  Facts facts = {{"name", name}, {"data", std::string(value == nullptr ? "" : value, size)}};
  if (flags != 0)
    facts.push_back({"flags", text_of_attribute_flags(flags)});
  about<by, int>(visit, "setxattr", Reach::write, facts,
                 [&](FileAttributes &all, const FileNode &file) { return all.set(file, name, value, size, flags); });
}

template <By by> void watch_listxattr(plugin::Visit &visit) {
  auto *const names = argument<char *>(visit, 1);
  const auto size = argument<std::size_t>(visit, 2);
  if (names == nullptr && size != 0) // which the real call refuses
    return visit.pass_on();
  about<by, ssize_t>(visit, "listxattr", Reach::read, {},
                     [&](const FileAttributes &all, const FileNode &file) { return all.list(file, names, size); });
}

template <By by> void watch_removexattr(plugin::Visit &visit) {
  if (!has_name(visit))
    return;
  const std::string name = argument<const char *>(visit, 1);
  about<by, int>(visit, "removexattr", Reach::write, {{"name", name}},
                 [&](FileAttributes &all, const FileNode &file) { return all.remove(file, name); });
}

} // namespace

const Seams &extended_attribute_seams() {
  static const Seams all = {
      {"getxattr", &watch_getxattr<By::name>},          {"lgetxattr", &watch_getxattr<By::link>},
      {"fgetxattr", &watch_getxattr<By::descriptor>},   {"setxattr", &watch_setxattr<By::name>},
      {"lsetxattr", &watch_setxattr<By::link>},         {"fsetxattr", &watch_setxattr<By::descriptor>},
      {"listxattr", &watch_listxattr<By::name>},        {"llistxattr", &watch_listxattr<By::link>},
      {"flistxattr", &watch_listxattr<By::descriptor>}, {"removexattr", &watch_removexattr<By::name>},
      {"lremovexattr", &watch_removexattr<By::link>},   {"fremovexattr", &watch_removexattr<By::descriptor>},
  };
  return all;
}

} // namespace tripwire::plugins::calls
