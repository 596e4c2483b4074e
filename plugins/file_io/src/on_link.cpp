// link, symlink, readlink, realpath and their kind --(handlers)--> the same, done to the test's files
//
// A symbolic link to an absolute name really leads below the test's folder; what the program sees of it does not.
#include "calls.hpp"
#include "open_file.hpp"

#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace tripwire::plugins::calls {

namespace {

/// The open file that linkat gives a name to: `""` and AT_EMPTY_PATH, or `/proc/self/fd/3`; -1 where there is none.
int descriptor_to_link(int folder, const char *path, int flags) {
  int descriptor = -1;
  if (path != nullptr && *path == '\0' && (flags & AT_EMPTY_PATH) != 0)
    return folder;
  return path != nullptr && std::sscanf(path, "/proc/self/fd/%d", &descriptor) == 1 ? descriptor : -1;
}

void watch_linking(plugin::Visit &visit, int open_file, const std::optional<std::string> &src,
                   const std::optional<std::string> &dst, int flags) {
  const auto from = open_file >= 0 ? name_of_open(open_file) : src;
  if (!from || !dst)
    return visit.pass_on();
  perform(visit, describe("link", *from, *dst), -1, {}, [&](FileMock &mock) {
    Files &files = mock.files();
    const std::string real =
        open_file >= 0 ? "/proc/self/fd/" + std::to_string(open_file) : real_for(files, *from, Thing::file);
    const int follow = open_file >= 0 ? AT_SYMLINK_FOLLOW : flags & AT_SYMLINK_FOLLOW;
    return made_if_well(files, *dst,
                        ::linkat(AT_FDCWD, real.c_str(), AT_FDCWD, real_file(files, *dst).c_str(), follow));
  });
}

void watch_link(plugin::Visit &visit) { watch_linking(visit, -1, Path<0>::of(visit), Path<1>::of(visit), 0); }
void watch_linkat(plugin::Visit &visit) {
  const int flags = argument<int>(visit, 4);
  watch_linking(visit, descriptor_to_link(argument<int>(visit, 0), argument<const char *>(visit, 1), flags),
                PathAt<0, 1>::of(visit), PathAt<2, 3>::of(visit), flags);
}

template <class Name> void watch_making_link(plugin::Visit &visit) {
  const auto *target = argument<const char *>(visit, 0);
  const auto path = Name::of(visit);
  if (!path || target == nullptr)
    return visit.pass_on();
  about_file(visit, "symlink", *path, Reach::write, -1, {{"data", target}}, Thing::whatever,
             [&](Files &files, const std::string &real) {
               return made_if_well(files, *path, ::symlink(files.real_target(target).c_str(), real.c_str()));
             });
}

template <class Name, std::size_t into> void watch_readlink(plugin::Visit &visit) {
  const auto path = Name::of(visit);
  if (!path)
    return visit.pass_on();
  auto *const buffer = argument<char *>(visit, into);
  const auto made = about_file(visit, "readlink", *path, Reach::read, ssize_t{-1}, {}, Thing::whatever,
                               [&](Files &files, const std::string &real) -> ssize_t {
                                 std::array<char, PATH_MAX> held{};
                                 const ssize_t size = ::readlink(real.c_str(), held.data(), held.size());
                                 if (size < 0)
                                   return size;
                                 const std::string target =
                                     files.said_target(std::string(held.data(), static_cast<std::size_t>(size)));
                                 const auto taken = std::min(target.size(), argument<std::size_t>(visit, into + 1));
                                 std::memcpy(buffer, target.data(), taken);
                                 return static_cast<ssize_t>(taken);
                               });
  if (made.error == 0)
    record(made.decision.recorded, {{"data", std::string(buffer, static_cast<std::size_t>(made.result))}}, 0);
}

/// The name, where the program wants it: in \p buffer, or where that is null, in memory that it frees.
char *given(const std::string &name, char *buffer) {
  if (buffer == nullptr)
    return ::strdup(name.c_str());
  if (name.size() >= PATH_MAX) {
    errno = ENAMETOOLONG;
    return nullptr;
  }
  std::memcpy(buffer, name.c_str(), name.size() + 1);
  return buffer;
}

void watch_realpath_into(plugin::Visit &visit, char *buffer) {
  const auto path = Path<0>::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "realpath", *path, Reach::read, static_cast<char *>(nullptr), {}, Thing::whatever,
             [&](Files &files, const std::string &real) -> char * {
               const std::unique_ptr<char, void (*)(void *)> found(::realpath(real.c_str(), nullptr), &std::free);
               return found == nullptr ? nullptr : given(files.name_of(found.get()).value_or(found.get()), buffer);
             });
}

void watch_realpath(plugin::Visit &visit) { watch_realpath_into(visit, argument<char *>(visit, 1)); }
void watch_canonicalize(plugin::Visit &visit) { watch_realpath_into(visit, nullptr); }

} // namespace

const Seams &link_seams() {
  static const Seams all = {
      {"link", &watch_link},
      {"linkat", &watch_linkat},
      {"symlink", &watch_making_link<Path<1>>},
      {"symlinkat", &watch_making_link<PathAt<1, 2>>},
      {"readlink", &watch_readlink<Path<0>, 1>},
      {"readlinkat", &watch_readlink<PathAt<0, 1>, 2>},
      {"realpath", &watch_realpath},
      {"canonicalize_file_name", &watch_canonicalize},
  };
  return all;
}

} // namespace tripwire::plugins::calls
