// stat, access, truncate, unlink, rename and their kind --(handlers)--> the same, done to the test's files
#include "calls.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

namespace tripwire::plugins::calls {

namespace {

void watch_truncate(plugin::Visit &visit) {
  const auto path = Path<0>::of(visit);
  const auto size = argument<off_t>(visit, 1);
  if (!path)
    return visit.pass_on();
  about_file(visit, "truncate", *path, Reach::write, -1, {{"size", std::to_string(size)}}, Thing::file,
             [size](Files &, const std::string &real) { return ::truncate(real.c_str(), size); });
}

template <class Name> void watch_looking(plugin::Visit &visit, struct stat *into, int flags) {
  const auto path = Name::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "stat", *path, Reach::read, -1, {}, Thing::whatever,
             [&](Files &, const std::string &real) { return ::fstatat(AT_FDCWD, real.c_str(), into, flags); });
}

void watch_stat(plugin::Visit &visit) { watch_looking<Path<0>>(visit, argument<struct stat *>(visit, 1), 0); }
void watch_lstat(plugin::Visit &visit) {
  watch_looking<Path<0>>(visit, argument<struct stat *>(visit, 1), AT_SYMLINK_NOFOLLOW);
}
void watch_fstatat(plugin::Visit &visit) {
  watch_looking<PathAt<0, 1>>(visit, argument<struct stat *>(visit, 2), argument<int>(visit, 3));
}

void watch_statx(plugin::Visit &visit) {
  const auto path = PathAt<0, 1>::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "stat", *path, Reach::read, -1, {}, Thing::whatever, [&](Files &, const std::string &real) {
    return ::statx(AT_FDCWD, real.c_str(), argument<int>(visit, 2), argument<unsigned>(visit, 3),
                   argument<struct statx *>(visit, 4));
  });
}

/// Whether the test has said something of the file, or the program has made it.
bool is_of_test(const std::string &path) {
  const auto files = plugin::state_of_test<Files>(file_io_plugin());
  const std::string name = plugin::file_name(path);
  return files->is_stated(name) || files->is_made(name) ||
         files->step_for(describe("access", path, Reach::read)) != nullptr;
}

template <class Name> void watch_access_by(plugin::Visit &visit, int mode, int flags) {
  const auto path = Name::of(visit);
  // That alone is how a search for programs asks: plugins about programs answer it.
  if (!path || (mode == X_OK && !is_of_test(*path)))
    return visit.pass_on();
  about_file(visit, "access", *path, Reach::read, -1, {{"mode", text_of_access(mode)}}, Thing::whatever,
             [&](Files &, const std::string &real) { return ::faccessat(AT_FDCWD, real.c_str(), mode, flags); });
}

void watch_access(plugin::Visit &visit) { watch_access_by<Path<0>>(visit, argument<int>(visit, 1), 0); }
void watch_eaccess(plugin::Visit &visit) { watch_access_by<Path<0>>(visit, argument<int>(visit, 1), AT_EACCESS); }
void watch_faccessat(plugin::Visit &visit) {
  watch_access_by<PathAt<0, 1>>(visit, argument<int>(visit, 2), argument<int>(visit, 3));
}

template <class Name> void watch_unlinking(plugin::Visit &visit, bool is_folder) {
  const auto path = Name::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, is_folder ? "rmdir" : "unlink", *path, Reach::write, -1, {},
             is_folder ? Thing::folder : Thing::file, [&](Files &, const std::string &real) {
               return ::unlinkat(AT_FDCWD, real.c_str(), is_folder ? AT_REMOVEDIR : 0);
             });
}

void watch_unlink(plugin::Visit &visit) { watch_unlinking<Path<0>>(visit, false); }
void watch_rmdir(plugin::Visit &visit) { watch_unlinking<Path<0>>(visit, true); }
void watch_unlinkat(plugin::Visit &visit) {
  watch_unlinking<PathAt<0, 1>>(visit, (argument<int>(visit, 2) & AT_REMOVEDIR) != 0);
}

void watch_remove(plugin::Visit &visit) {
  const auto path = Path<0>::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "unlink", *path, Reach::write, -1, {}, Thing::file,
             [](Files &, const std::string &real) { return ::remove(real.c_str()); });
}

template <class From, class To> void watch_renaming(plugin::Visit &visit, unsigned flags) {
  const auto from = From::of(visit);
  const auto to = To::of(visit);
  if (!from || !to)
    return visit.pass_on();
  Facts facts;
  if (flags != 0)
    facts.push_back({"flags", text_of_renaming(flags)});
  perform(visit, describe("rename", *from, *to), -1, facts, [&](FileMock &mock) {
    Files &files = mock.files();
    const std::string real = real_for(files, *from, Thing::file);
    return made_if_well(files, *to,
                        ::renameat2(AT_FDCWD, real.c_str(), AT_FDCWD, real_file(files, *to).c_str(), flags));
  });
}

void watch_rename(plugin::Visit &visit) { watch_renaming<Path<0>, Path<1>>(visit, 0); }
void watch_renameat(plugin::Visit &visit) { watch_renaming<PathAt<0, 1>, PathAt<2, 3>>(visit, 0); }
void watch_renameat2(plugin::Visit &visit) {
  watch_renaming<PathAt<0, 1>, PathAt<2, 3>>(visit, argument<unsigned>(visit, 4));
}

} // namespace

const Seams &name_seams() {
  static const Seams all = {
      {"truncate", &watch_truncate},   {"truncate64", &watch_truncate}, {"stat", &watch_stat},
      {"stat64", &watch_stat},         {"lstat", &watch_lstat},         {"lstat64", &watch_lstat},
      {"fstatat", &watch_fstatat},     {"fstatat64", &watch_fstatat},   {"statx", &watch_statx},
      {"access", &watch_access},       {"eaccess", &watch_eaccess},     {"euidaccess", &watch_eaccess},
      {"faccessat", &watch_faccessat}, {"unlink", &watch_unlink},       {"unlinkat", &watch_unlinkat},
      {"remove", &watch_remove},       {"rmdir", &watch_rmdir},         {"rename", &watch_rename},
      {"renameat", &watch_renameat},   {"renameat2", &watch_renameat2},
  };
  return all;
}

} // namespace tripwire::plugins::calls
