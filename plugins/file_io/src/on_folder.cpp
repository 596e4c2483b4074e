// mkdir, opendir, scandir, nftw, chdir and their kind --(handlers)--> the same, done to the test's folders
#include "calls.hpp"
#include "names.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_mock.hpp>

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace tripwire::plugins::calls {

namespace {

template <class Name, std::size_t mode_index> void watch_mkdir(plugin::Visit &visit) {
  const auto path = Name::of(visit);
  if (!path)
    return visit.pass_on();
  const auto mode = argument<mode_t>(visit, mode_index);
  about_file(
      visit, "mkdir", *path, Reach::write, -1, {{"mode", text_of_mode(mode)}}, Thing::whatever,
      [&](Files &files, const std::string &real) { return made_if_well(files, *path, ::mkdir(real.c_str(), mode)); });
}

void watch_opendir(plugin::Visit &visit) {
  const auto path = Path<0>::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "list", *path, Reach::read, static_cast<DIR *>(nullptr), {}, Thing::whatever,
             [](Files &, const std::string &real) { return ::opendir(real.c_str()); });
}

/// The three arguments behind the name.
template <class Name, std::size_t next> void watch_scandir(plugin::Visit &visit) {
  const auto path = Name::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "list", *path, Reach::read, -1, {}, Thing::whatever, [&](Files &, const std::string &real) {
    return ::scandir(real.c_str(), argument<dirent ***>(visit, next),
                     argument<int (*)(const dirent *)>(visit, next + 1),
                     argument<int (*)(const dirent **, const dirent **)>(visit, next + 2));
  });
}

/// What a walk shows to the program: the names that it knows.
struct Walk {
  std::string said;
  std::size_t real_size;
  void *show;
};
thread_local const Walk *walk = nullptr; // ftw hands on no argument of its caller's

std::string name_in_walk(const char *real) {
  const std::string name = walk->said + (real + walk->real_size);
  return name.empty() ? "/" : name;
}

int show_in_ftw(const char *real, const struct stat *facts, int type) {
  const auto show = reinterpret_cast<int (*)(const char *, const struct stat *, int)>(walk->show);
  return show(name_in_walk(real).c_str(), facts, type);
}

int show_in_nftw(const char *real, const struct stat *facts, int type, struct FTW *at) {
  const auto show = reinterpret_cast<int (*)(const char *, const struct stat *, int, struct FTW *)>(walk->show);
  const std::string name = name_in_walk(real);
  struct FTW known = *at;
  known.base = static_cast<int>(name.rfind('/') + 1);
  return show(name.c_str(), facts, type, &known);
}

template <class Make> void watch_walk(plugin::Visit &visit, Make make) {
  const auto path = Path<0>::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "list", *path, Reach::read, -1, {}, Thing::whatever, [&](Files &, std::string real) {
    Walk known{*path, 0, argument<void *>(visit, 1)};
    for (std::string *name : {&known.said, &real}) // as ftw itself does
      name->erase(name->find_last_not_of('/') + 1);
    known.real_size = real.size();
    struct Leave {
      const Walk *outer = walk;
      ~Leave() { walk = outer; }
    } leave;
    walk = &known;
    return make(real.c_str(), argument<int>(visit, 2));
  });
}

void watch_ftw(plugin::Visit &visit) {
  watch_walk(visit, [](const char *real, int open) { return ::ftw(real, &show_in_ftw, open); });
}
void watch_nftw(plugin::Visit &visit) {
  watch_walk(visit,
             [&](const char *real, int open) { return ::nftw(real, &show_in_nftw, open, argument<int>(visit, 3)); });
}

void watch_chdir(plugin::Visit &visit) {
  const auto path = Path<0>::of(visit);
  if (!path)
    return visit.pass_on();
  about_file(visit, "chdir", *path, Reach::read, -1, {}, Thing::whatever,
             [](Files &files, const std::string &real) { return files.enter(real); });
}

void watch_fchdir(plugin::Visit &visit) {
  const auto files = plugin::state_of_test<Files>(file_io_plugin());
  about_open_file(visit, 0, "chdir", Reach::read, -1, {},
                  [&](int descriptor) { return files->enter("/proc/self/fd/" + std::to_string(descriptor)); });
}

/// Where the program is, says the system, unless that is a folder of the test's.
void watch_getcwd(plugin::Visit &visit) {
  const auto name = visit.in_sandbox() ? name_of_current_folder() : std::nullopt;
  if (!name)
    return visit.pass_on();
  const bool is_ours = visit.count() == 0 || argument<char *>(visit, 0) == nullptr;
  const std::size_t given = visit.count() == 0 ? 0 : argument<std::size_t>(visit, 1);
  const std::size_t size = is_ours && given == 0 ? name->size() + 1 : given;
  char *buffer = is_ours ? static_cast<char *>(std::malloc(size)) : argument<char *>(visit, 0);
  if (buffer != nullptr && size <= name->size()) {
    if (is_ours)
      std::free(buffer);
    buffer = nullptr;
    errno = given == 0 ? EINVAL : ERANGE;
  }
  if (buffer != nullptr)
    std::memcpy(buffer, name->c_str(), name->size() + 1);
  visit.answer<char *>(buffer);
}

} // namespace

const Seams &folder_seams() {
  static const Seams all = {
      {"mkdir", &watch_mkdir<Path<0>, 1>},
      {"mkdirat", &watch_mkdir<PathAt<0, 1>, 2>},
      {"opendir", &watch_opendir},
      {"scandir", &watch_scandir<Path<0>, 1>},
      {"scandir64", &watch_scandir<Path<0>, 1>},
      {"scandirat", &watch_scandir<PathAt<0, 1>, 2>},
      {"scandirat64", &watch_scandir<PathAt<0, 1>, 2>},
      {"ftw", &watch_ftw},
      {"ftw64", &watch_ftw},
      {"nftw", &watch_nftw},
      {"nftw64", &watch_nftw},
      {"chdir", &watch_chdir},
      {"fchdir", &watch_fchdir},
      {"getcwd", &watch_getcwd},
      {"get_current_dir_name", &watch_getcwd},
  };
  return all;
}

} // namespace tripwire::plugins::calls
