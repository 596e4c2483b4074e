// stat, access, unlink, rename, mkdir and their kind --(handlers)--> the same, done to the test's files
#include "calls.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_mock.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

namespace tripwire::plugins::calls {

std::string real_for_taking(Files &files, const std::string &path, Thing thing) {
  const std::string name = plugin::file_name(path);
  const std::string real = real_file(files, path);
  files.was_of_use(name);
  if (!files.is_stated(name) && !files.is_made(name) && ::access(real.c_str(), F_OK) != 0) {
    if (thing == Thing::file)
      files.put_file(name, "");
    else
      files.put_folder(name);
  }
  return real;
}

void watch_truncate(plugin::Visit &visit) {
  const auto path = name_at(AT_FDCWD, argument<const char *>(visit, 0));
  const auto size = argument<off_t>(visit, 1);
  if (!path)
    return visit.pass_on();
  perform(visit, describe("truncate", *path, Reach::write), -1, {{"size", std::to_string(size)}},
          [&](FileMock &mock) { return ::truncate(real_for_taking(mock.files(), *path, Thing::file).c_str(), size); });
}

void watch_looking(plugin::Visit &visit, int folder, const char *path, struct stat *into, int flags) {
  const auto name = name_at(folder, path);
  if (!name)
    return visit.pass_on();
  perform(visit, describe("stat", *name, Reach::read), -1, {},
          [&](FileMock &mock) { return ::fstatat(AT_FDCWD, real_file(mock.files(), *name).c_str(), into, flags); });
}

namespace {

/// Whether the test has said something of the file, or the program has made it.
bool is_of_test(const std::string &path) {
  const auto files = plugin::state_of_test<Files>(file_io_plugin());
  const std::string name = plugin::file_name(path);
  return files->is_stated(name) || files->is_made(name) ||
         files->step_for(describe("access", path, Reach::read)) != nullptr;
}

} // namespace

void watch_access(plugin::Visit &visit, int folder, const char *path, int mode, int flags) {
  const auto name = name_at(folder, path);
  // That alone is how a search for programs asks: plugins about programs answer it.
  if (!name || (mode == X_OK && !is_of_test(*name)))
    return visit.pass_on();
  perform(visit, describe("access", *name, Reach::read), -1, {{"mode", text_of_access(mode)}},
          [&](FileMock &mock) { return ::faccessat(AT_FDCWD, real_file(mock.files(), *name).c_str(), mode, flags); });
}

void watch_unlinking(plugin::Visit &visit, int folder, const char *path, bool is_folder) {
  const auto name = name_at(folder, path);
  if (!name)
    return visit.pass_on();
  perform(visit, describe(is_folder ? "rmdir" : "unlink", *name, Reach::write), -1, {}, [&](FileMock &mock) {
    const auto thing = is_folder ? Thing::folder : Thing::file;
    return ::unlinkat(AT_FDCWD, real_for_taking(mock.files(), *name, thing).c_str(), is_folder ? AT_REMOVEDIR : 0);
  });
}

void watch_remove(plugin::Visit &visit) {
  const auto path = name_at(AT_FDCWD, argument<const char *>(visit, 0));
  if (!path)
    return visit.pass_on();
  perform(visit, describe("unlink", *path, Reach::write), -1, {},
          [&](FileMock &mock) { return ::remove(real_for_taking(mock.files(), *path, Thing::file).c_str()); });
}

void watch_renaming(plugin::Visit &visit, int src_folder, const char *src, int dst_folder, const char *dst) {
  const auto from = name_at(src_folder, src);
  const auto to = name_at(dst_folder, dst);
  if (!from || !to)
    return visit.pass_on();
  perform(visit, describe("rename", *from, *to), -1, {}, [&](FileMock &mock) {
    Files &files = mock.files();
    const std::string real = real_for_taking(files, *from, Thing::file);
    const int result = ::rename(real.c_str(), real_file(files, *to).c_str());
    if (result == 0)
      files.made(plugin::file_name(*to));
    return result;
  });
}

void watch_making_folder(plugin::Visit &visit, int folder, const char *path, mode_t mode) {
  const auto name = name_at(folder, path);
  if (!name)
    return visit.pass_on();
  perform(visit, describe("mkdir", *name, Reach::write), -1, {{"mode", text_of_mode(mode)}}, [&](FileMock &mock) {
    const int result = ::mkdir(real_file(mock.files(), *name).c_str(), mode);
    if (result == 0)
      mock.files().made(plugin::file_name(*name));
    return result;
  });
}

void watch_opendir(plugin::Visit &visit) {
  const auto path = name_at(AT_FDCWD, argument<const char *>(visit, 0));
  if (!path)
    return visit.pass_on();
  perform(visit, describe("list", *path, Reach::read), static_cast<DIR *>(nullptr), {},
          [&](FileMock &mock) { return ::opendir(real_file(mock.files(), *path).c_str()); });
}

} // namespace tripwire::plugins::calls
