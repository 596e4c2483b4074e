// functions of <filesystem> that make, take or resolve names --(handlers)--> the same, done to the test's files
#include "filesystem.hpp"

#include <tripwire/plugin_mock.hpp>

#include <cstring>

namespace tripwire::plugins::calls {

namespace {

namespace fs = std::filesystem;

template <bool (*make)(const fs::path &, std::error_code &)> void watch_making(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  about_path<bool>(visit, "mkdir", *path, Reach::write, false, {{"mode", "0777"}}, Thing::whatever,
                   [&](FileMock &mock, const std::string &real, std::error_code &error) {
                     const bool is_made = make(real, error);
                     if (is_made)
                       mock.files().made(plugin::file_name(without_end(*path)));
                     return is_made;
                   });
}

bool create_directory_at(const fs::path &path, std::error_code &error) { return fs::create_directory(path, error); }
bool create_directories_at(const fs::path &path, std::error_code &error) { return fs::create_directories(path, error); }

void watch_removing(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  about_path<bool>(visit, "unlink", *path, Reach::write, false, {}, Thing::file,
                   [](FileMock &, const std::string &real, std::error_code &error) { return fs::remove(real, error); });
}

void watch_removing_all(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  about_path<std::uintmax_t>(
      visit, "rmdir", *path, Reach::write, static_cast<std::uintmax_t>(-1), {}, Thing::folder,
      [](FileMock &, const std::string &real, std::error_code &error) { return fs::remove_all(real, error); });
}

/// From one name to another: \p make gets both names of real files.
template <class Make> void watch_two(plugin::Visit &visit, const char *operation, Make make) {
  const auto from = path_argument(visit, 0);
  const auto to = path_argument(visit, 1);
  if (!from || !to)
    return visit.pass_on();
  perform_fs<bool>(visit, describe(operation, *from, *to), {*from, *to}, {}, false,
                   [&](FileMock &mock, std::error_code &error) {
                     const std::string real = real_for(mock.files(), *from, Thing::file);
                     const bool is_made = make(real, real_file(mock.files(), *to), error);
                     if (!error)
                       mock.files().made(plugin::file_name(without_end(*to)));
                     return is_made;
                   });
}

template <void (*make)(const fs::path &, const fs::path &, std::error_code &)>
void watch_two_by(plugin::Visit &visit, const char *operation) {
  watch_two(visit, operation, [](const fs::path &from, const fs::path &to, std::error_code &error) {
    make(from, to, error);
    return !error;
  });
}

void watch_renaming(plugin::Visit &visit) { watch_two_by<&fs::rename>(visit, "rename"); }
void watch_copying_link(plugin::Visit &visit) { watch_two_by<&fs::copy_symlink>(visit, "copy"); }
void watch_hard_link(plugin::Visit &visit) { watch_two_by<&fs::create_hard_link>(visit, "link"); }

fs::copy_options options_of(const plugin::Visit &visit) {
  const bool has_options = visit.count() > 2 && referred<std::error_code>(visit, 2) == nullptr;
  return has_options ? argument<fs::copy_options>(visit, 2) : fs::copy_options::none;
}

void watch_copying_file(plugin::Visit &visit) {
  watch_two(visit, "copy", [&](const fs::path &from, const fs::path &to, std::error_code &error) {
    return fs::copy_file(from, to, options_of(visit), error);
  });
}

void watch_copying(plugin::Visit &visit) {
  watch_two(visit, "copy", [&](const fs::path &from, const fs::path &to, std::error_code &error) {
    fs::copy(from, to, options_of(visit), error);
    return !error;
  });
}

void watch_making_link(plugin::Visit &visit) {
  const auto *target = referred<const fs::path>(visit, 0);
  const auto path = path_argument(visit, 1);
  if (target == nullptr || !path)
    return visit.pass_on();
  perform_fs<bool>(visit, describe("symlink", *path, Reach::write), {target->string(), *path},
                   {{"data", target->string()}}, false, [&](FileMock &mock, std::error_code &error) {
                     Files &files = mock.files();
                     fs::create_symlink(files.real_target(target->string()), real_file(files, *path), error);
                     if (!error)
                       files.made(plugin::file_name(without_end(*path)));
                     return !error;
                   });
}

void watch_read_symlink(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  const MadeFs made = about_path<fs::path>(visit, "readlink", *path, Reach::read, {}, {}, Thing::whatever,
                                           [](FileMock &mock, const std::string &real, std::error_code &error) {
                                             const std::string held = fs::read_symlink(real, error).string();
                                             return fs::path(mock.files().said_target(held));
                                           });
  if (made.is_well)
    record(made.recorded, {{"data", visit.result<fs::path>().string()}}, 0);
}

void watch_resizing(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  const auto size = argument<std::uintmax_t>(visit, 1);
  about_path<bool>(visit, "truncate", *path, Reach::write, false, {{"size", std::to_string(size)}}, Thing::file,
                   [size](FileMock &, const std::string &real, std::error_code &error) {
                     fs::resize_file(real, size, error);
                     return !error;
                   });
}

using Resolve = fs::path (*)(const fs::path &, std::error_code &);
fs::path canonical_at(const fs::path &path, std::error_code &error) { return fs::canonical(path, error); }
fs::path weakly_canonical_at(const fs::path &path, std::error_code &error) { return fs::weakly_canonical(path, error); }

/// What a real file's name resolves to, as the program knows it.
fs::path resolved(const Files &files, const std::string &real, Resolve resolve, std::error_code &error) {
  const std::string name = resolve(real, error).string();
  return files.name_of(name).value_or(name);
}

template <Resolve resolve> void watch_resolving(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  about_path<fs::path>(visit, "realpath", *path, Reach::read, {}, {}, Thing::whatever,
                       [](FileMock &mock, const std::string &real, std::error_code &error) {
                         return resolved(mock.files(), real, resolve, error);
                       });
}

/// One of the two names of `relative`.
fs::path resolve_before_core(plugin::Visit &visit, const std::string &path, std::error_code &error) {
  const plugin::Decision decision = visit.present(describe("realpath", path, Reach::read));
  const auto *mock = decision.real() ? nullptr : decision.as<FileMock>();
  fs::path name;
  if (mock != nullptr && mock->error != 0)
    error.assign(mock->error, std::generic_category());
  else if (mock != nullptr)
    name = resolved(mock->files(), real_file(mock->files(), path), &weakly_canonical_at, error);
  else
    name = fs::weakly_canonical(path, error);
  record(decision.recorded, {}, error.value());
  return name;
}

/// `relative` and `proximate`. The folder that the process works in is no file that the program asks for.
template <fs::path (fs::path::*put)(const fs::path &) const> void watch_relation(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  const auto base = path_argument(visit, 1);
  if (!path)
    return visit.pass_on();
  const std::string really_here = fs::current_path().string();
  const std::string here = name_of_current_folder().value_or(really_here);
  const bool is_here = !base || *base == really_here || plugin::file_name(*base) == plugin::file_name(here);
  std::error_code error;
  const fs::path name = resolve_before_core(visit, *path, error);
  const fs::path from = error ? fs::path() : is_here ? fs::path(here) : resolve_before_core(visit, *base, error);
  tell(visit, {*path, base.value_or("")}, error);
  visit.answer<fs::path>(error ? fs::path() : (name.*put)(from));
}

/// Has the process work elsewhere.
void watch_current_path(plugin::Visit &visit) {
  const auto path = path_argument(visit, 0);
  if (!path)
    return visit.pass_on();
  about_path<bool>(visit, "chdir", *path, Reach::read, false, {}, Thing::whatever,
                   [](FileMock &mock, const std::string &real, std::error_code &error) {
                     if (mock.files().enter(real) != 0)
                       error.assign(errno, std::generic_category());
                     return !error;
                   });
}

} // namespace

const Seams &filesystem_name_seams() {
  static const Seams all = {
      {"std::filesystem::canonical", &watch_resolving<&canonical_at>},
      {"std::filesystem::copy", &watch_copying},
      {"std::filesystem::copy_file", &watch_copying_file},
      {"std::filesystem::copy_symlink", &watch_copying_link},
      {"std::filesystem::create_directories", &watch_making<&create_directories_at>},
      {"std::filesystem::create_directory", &watch_making<&create_directory_at>},
      {"std::filesystem::create_directory_symlink", &watch_making_link},
      {"std::filesystem::create_hard_link", &watch_hard_link},
      {"std::filesystem::create_symlink", &watch_making_link},
      {"std::filesystem::current_path", &watch_current_path},
      {"std::filesystem::proximate", &watch_relation<&fs::path::lexically_proximate>},
      {"std::filesystem::read_symlink", &watch_read_symlink},
      {"std::filesystem::relative", &watch_relation<&fs::path::lexically_relative>},
      {"std::filesystem::remove", &watch_removing},
      {"std::filesystem::remove_all", &watch_removing_all},
      {"std::filesystem::rename", &watch_renaming},
      {"std::filesystem::resize_file", &watch_resizing},
      {"std::filesystem::weakly_canonical", &watch_resolving<&weakly_canonical_at>},
  };
  return all;
}

} // namespace tripwire::plugins::calls
