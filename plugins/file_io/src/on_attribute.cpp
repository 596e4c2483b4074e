// chmod, chown, utime, statvfs and their kind --(handlers)--> the same, done to the test's files
#include "calls.hpp"
#include "names.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <unistd.h>
#include <utime.h>

#include <array>

namespace tripwire::plugins::calls {

namespace {

template <class Name, std::size_t mode_index> void watch_chmod(plugin::Visit &visit) {
  const auto path = Name::of(visit);
  if (!path)
    return visit.pass_on();
  const auto mode = argument<mode_t>(visit, mode_index);
  about_file(visit, "chmod", *path, Reach::write, -1, {{"mode", text_of_mode(mode)}}, Thing::file,
             [mode](Files &, const std::string &real) { return ::chmod(real.c_str(), mode); });
}

void watch_fchmod(plugin::Visit &visit) {
  const auto mode = argument<mode_t>(visit, 1);
  about_open_file(visit, 0, "chmod", Reach::write, -1, {{"mode", text_of_mode(mode)}},
                  [mode](int descriptor) { return ::fchmod(descriptor, mode); });
}

Facts owner_facts(const plugin::Visit &visit, std::size_t index) {
  return {{"owner", text_of_owner(argument<uid_t>(visit, index))},
          {"group", text_of_owner(argument<gid_t>(visit, index + 1))}};
}

/// The test's files stay with whoever runs the test: only root may give files away.
template <class Name, std::size_t owner_index> void watch_chown(plugin::Visit &visit) {
  const auto path = Name::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "chown", *path, Reach::write, -1, owner_facts(visit, owner_index), Thing::file,
             [](Files &, const std::string &real) {
               struct stat now {};
               return ::lstat(real.c_str(), &now);
             });
}

void watch_fchown(plugin::Visit &visit) {
  about_open_file(visit, 0, "chown", Reach::write, -1, owner_facts(visit, 1), [](int) { return 0; });
}

/// When a file was read, and when it was written.
using Times = std::array<timespec, 2>;

constexpr Times both_now = {{{0, UTIME_NOW}, {0, UTIME_NOW}}};

Times from_timespec(const timespec *said) { return said == nullptr ? both_now : Times{{said[0], said[1]}}; }
Times from_timeval(const timeval *said) {
  if (said == nullptr)
    return both_now;
  return {{{said[0].tv_sec, said[0].tv_usec * 1000}, {said[1].tv_sec, said[1].tv_usec * 1000}}};
}
Times from_utimbuf(const utimbuf *said) {
  return said == nullptr ? both_now : Times{{{said->actime, 0}, {said->modtime, 0}}};
}

Facts time_facts(const Times &times) {
  return {{"accessed", text_of_time(times[0]), plugin::Need::optional}, {"modified", text_of_time(times[1])}};
}

template <class Name> void watch_times(plugin::Visit &visit, const Times &times, int flags) {
  const auto path = Name::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "utime", *path, Reach::write, -1, time_facts(times), Thing::file,
             [&](Files &, const std::string &real) {
               return ::utimensat(AT_FDCWD, real.c_str(), times.data(), flags & AT_SYMLINK_NOFOLLOW);
             });
}

void watch_times_of_open(plugin::Visit &visit, const Times &times) {
  about_open_file(visit, 0, "utime", Reach::write, -1, time_facts(times),
                  [&](int descriptor) { return ::futimens(descriptor, times.data()); });
}

void watch_utime(plugin::Visit &visit) {
  watch_times<Path<0>>(visit, from_utimbuf(argument<const utimbuf *>(visit, 1)), 0);
}
void watch_utimes(plugin::Visit &visit) {
  watch_times<Path<0>>(visit, from_timeval(argument<const timeval *>(visit, 1)), 0);
}
void watch_lutimes(plugin::Visit &visit) {
  watch_times<Path<0>>(visit, from_timeval(argument<const timeval *>(visit, 1)), AT_SYMLINK_NOFOLLOW);
}
void watch_futimesat(plugin::Visit &visit) {
  watch_times<PathAt<0, 1>>(visit, from_timeval(argument<const timeval *>(visit, 2)), 0);
}
void watch_utimensat(plugin::Visit &visit) {
  watch_times<PathAt<0, 1>>(visit, from_timespec(argument<const timespec *>(visit, 2)), argument<int>(visit, 3));
}
void watch_futimens(plugin::Visit &visit) {
  watch_times_of_open(visit, from_timespec(argument<const timespec *>(visit, 1)));
}
void watch_futimes(plugin::Visit &visit) {
  watch_times_of_open(visit, from_timeval(argument<const timeval *>(visit, 1)));
}

/// A pipe, a socket or a device that gets a name.
template <class Name, std::size_t mode_index> void watch_making_node(plugin::Visit &visit, mode_t type, dev_t device) {
  const auto path = Name::of(visit);
  if (!path)
    return visit.pass_on();
  const auto mode = argument<mode_t>(visit, mode_index) | type;
  about_file(visit, "mknod", *path, Reach::write, -1, {{"mode", text_of_mode(mode)}}, Thing::whatever,
             [&](Files &files, const std::string &real) {
               return made_if_well(files, *path, ::mknod(real.c_str(), mode, device));
             });
}

void watch_mkfifo(plugin::Visit &visit) { watch_making_node<Path<0>, 1>(visit, S_IFIFO, 0); }
void watch_mkfifoat(plugin::Visit &visit) { watch_making_node<PathAt<0, 1>, 2>(visit, S_IFIFO, 0); }
void watch_mknod(plugin::Visit &visit) { watch_making_node<Path<0>, 1>(visit, 0, argument<dev_t>(visit, 2)); }
void watch_mknodat(plugin::Visit &visit) { watch_making_node<PathAt<0, 1>, 2>(visit, 0, argument<dev_t>(visit, 3)); }

/// statvfs and statfs, which say the same by other fields.
template <class Facts, int (*look)(const char *, Facts *)> void watch_space(plugin::Visit &visit) {
  const auto path = Path<0>::of(visit);
  if (!path)
    return visit.pass_on();
  auto *const into = argument<Facts *>(visit, 1);
  perform(visit, describe("space", *path, Reach::read), -1, {}, [&](FileMock &mock) {
    const int result = look(real_for(mock.files(), *path, Thing::folder).c_str(), into);
    if (result == 0 && mock.space) {
      into->f_bsize = into->f_frsize = Space::block;
      into->f_blocks = mock.space->capacity / Space::block;
      into->f_bfree = into->f_bavail = mock.space->available / Space::block;
    }
    return result;
  });
}

} // namespace

const Seams &attribute_seams() {
  static const Seams all = {
      {"chmod", &watch_chmod<Path<0>, 1>},
      {"lchmod", &watch_chmod<Path<0>, 1>},
      {"fchmod", &watch_fchmod},
      {"fchmodat", &watch_chmod<PathAt<0, 1>, 2>},
      {"chown", &watch_chown<Path<0>, 1>},
      {"lchown", &watch_chown<Path<0>, 1>},
      {"fchown", &watch_fchown},
      {"fchownat", &watch_chown<PathAt<0, 1>, 2>},
      {"utime", &watch_utime},
      {"utimes", &watch_utimes},
      {"lutimes", &watch_lutimes},
      {"futimes", &watch_futimes},
      {"futimesat", &watch_futimesat},
      {"utimensat", &watch_utimensat},
      {"futimens", &watch_futimens},
      {"mkfifo", &watch_mkfifo},
      {"mkfifoat", &watch_mkfifoat},
      {"mknod", &watch_mknod},
      {"mknodat", &watch_mknodat},
      {"statvfs", &watch_space<struct statvfs, &::statvfs>},
      {"statvfs64", &watch_space<struct statvfs, &::statvfs>},
      {"statfs", &watch_space<struct statfs, &::statfs>},
      {"statfs64", &watch_space<struct statfs, &::statfs>},
  };
  return all;
}

} // namespace tripwire::plugins::calls
