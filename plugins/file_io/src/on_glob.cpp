// glob --(handler)--> libc's own search, which looks at the test's folders
#include "calls.hpp"

#include <dirent.h>
#include <glob.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

namespace tripwire::plugins::calls {

namespace {

/// What a search begins with: all in front of the first part of a pattern that several names may answer.
struct Beginning {
  std::string name;      ///< of a folder; of a pattern that is a name, all of it
  bool is_whole = false; ///< nothing is searched
};

Beginning beginning_of(std::string_view pattern, int flags) {
  std::string text;
  std::size_t folder = 0;
  const std::string_view special = (flags & GLOB_BRACE) != 0 ? "*?[{" : "*?[";
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (special.find(pattern[at]) != std::string_view::npos)
      return {folder == 0 ? "." : text.substr(0, folder), false};
    if (pattern[at] == '\\' && (flags & GLOB_NOESCAPE) == 0 && at + 1 < pattern.size())
      ++at;
    text += pattern[at];
    if (pattern[at] == '/')
      folder = text.size();
  }
  return {text, true};
}

/// With the folder that `~` stands for, as GLOB_TILDE has it.
std::string with_home(const std::string &name) {
  const std::size_t end = std::min(name.find('/'), name.size());
  const std::string user = name.substr(1, end - 1);
  const char *home = user.empty() ? std::getenv("HOME") : nullptr;
  if (home == nullptr || *home == '\0') {
    const passwd *known = user.empty() ? ::getpwuid(::getuid()) : ::getpwnam(user.c_str());
    home = known == nullptr ? nullptr : known->pw_dir;
  }
  return home == nullptr ? name : home + name.substr(end);
}

/// The search of this thread: what libc calls has no argument of ours.
struct Search {
  Files *files;
  std::string failing; ///< the name of what cannot be looked at, as the test says
  int error;           ///< and why; 0 for nothing
};
thread_local const Search *search = nullptr;

/// The real file; nothing, and errno, where the test wants that to fail.
std::optional<std::string> found_at(const char *path) {
  const std::string name = name_at(AT_FDCWD, path).value_or(path);
  if (search->error != 0 && plugin::file_name(without_end(name)) == search->failing) {
    errno = search->error;
    return std::nullopt;
  }
  return real_file(*search->files, name);
}

void *open_folder(const char *path) {
  const auto real = found_at(path);
  return real ? ::opendir(real->c_str()) : nullptr;
}
dirent *next_entry(void *folder) { return ::readdir(static_cast<DIR *>(folder)); }
void close_folder(void *folder) { ::closedir(static_cast<DIR *>(folder)); }
int look(const char *path, struct stat *facts) {
  const auto real = found_at(path);
  return real ? ::stat(real->c_str(), facts) : -1;
}
int look_at_link(const char *path, struct stat *facts) {
  const auto real = found_at(path);
  return real ? ::lstat(real->c_str(), facts) : -1;
}

int find_in(const Search &in, const char *pattern, int flags, int (*fails)(const char *, int), glob_t &found) {
  struct Leave {
    const Search *outer = search;
    ~Leave() { search = outer; }
  } leave;
  search = &in;
  found.gl_opendir = &open_folder;
  found.gl_readdir = &next_entry;
  found.gl_closedir = &close_folder;
  found.gl_stat = &look;
  found.gl_lstat = &look_at_link;
  const int result = ::glob(pattern, flags | GLOB_ALTDIRFUNC, fails, &found);
  found.gl_flags &= ~GLOB_ALTDIRFUNC;
  return result;
}

void watch_glob(plugin::Visit &visit) {
  const char *const pattern = argument<const char *>(visit, 0);
  const int flags = argument<int>(visit, 1);
  auto *const found = argument<glob_t *>(visit, 3);
  // Whoever brings functions of its own searches what they show.
  if (pattern == nullptr || *pattern == '\0' || found == nullptr || (flags & GLOB_ALTDIRFUNC) != 0)
    return visit.pass_on();
  Beginning beginning = beginning_of(pattern, flags);
  if (beginning.name.front() == '~' && (flags & (GLOB_TILDE | GLOB_TILDE_CHECK)) != 0)
    beginning.name = with_home(beginning.name);
  const auto name =
      beginning.name == "." ? name_of_current_folder().value_or(".") : name_at(AT_FDCWD, beginning.name.c_str());
  if (!name)
    return visit.pass_on();
  const int entry = errno;
  const plugin::Decision decision = visit.present(describe(beginning.is_whole ? "stat" : "list", *name, Reach::read));
  errno = entry;
  if (decision.real())
    return visit.make_real();
  FileMock &mock = *decision.as<FileMock>();
  const bool has_places = (flags & GLOB_DOOFFS) != 0;
  const Search in{&mock.files(), plugin::file_name(without_end(*name)), mock.error};
  const int result = find_in(in, pattern, flags, argument<int (*)(const char *, int)>(visit, 2), *found);
  visit.answer<int>(result);
  // What the test states of a file that was found was of use.
  for (std::size_t index = 0; result == 0 && index < found->gl_pathc; ++index)
    if (const auto one = name_at(AT_FDCWD, found->gl_pathv[(has_places ? found->gl_offs : 0) + index]))
      mock.files().was_of_use(plugin::file_name(without_end(*one)));
  record(decision.recorded, {}, mock.error);
  errno = mock.error == 0 ? entry : mock.error;
}

} // namespace

const Seams &search_seams() {
  static const Seams all = {{"glob", &watch_glob}, {"glob64", &watch_glob}};
  return all;
}

} // namespace tripwire::plugins::calls
