// mkstemp, mkdtemp, tmpfile and their kind --(handlers)--> files that are named as their template
//
// A test cannot know a name that is made up. So the X of the template stay where they are; where that name is taken, a
// number stands in the place of the last of them.
#include "calls.hpp"
#include "names.hpp"

#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

namespace tripwire::plugins::calls {

namespace {

constexpr std::string_view places = "XXXXXX";
constexpr mode_t own_mode = 0600;

/// Where the X of a template are that is the program's; null when it is none, which the real call says.
char *places_of(char *pattern, std::size_t suffix) {
  const std::size_t size = pattern == nullptr ? 0 : std::strlen(pattern);
  if (size < places.size() + suffix)
    return nullptr;
  char *const at = pattern + size - suffix - places.size();
  return places == std::string_view(at, places.size()) ? at : nullptr;
}

/// Calls \p make until the name is free; what is in \p at then is the name's. \return what \p make gave.
template <class Make> int make_free(char *at, Make make) {
  for (unsigned number = 1; number < 1'000'000; ++number) {
    const std::string text = number == 1 ? "" : std::to_string(number);
    std::memcpy(at + places.size() - text.size(), text.data(), text.size());
    const int result = make();
    if (result >= 0 || errno != EEXIST)
      return result;
  }
  return -1;
}

Facts facts_of(int flags) { return {{"flags", text_of_flags(flags)}, {"mode", text_of_mode(own_mode)}}; }

void watch_making_file(plugin::Visit &visit, std::size_t suffix, int more_flags) {
  auto *const pattern = argument<char *>(visit, 0);
  char *const at = places_of(pattern, suffix);
  const auto path = name_at(AT_FDCWD, pattern);
  if (at == nullptr)
    return visit.pass_on();
  const int flags = O_RDWR | O_CREAT | O_EXCL | (more_flags & ~O_ACCMODE);
  const auto made = perform(visit, describe("open", *path, Reach::write), -1, facts_of(flags), [&](FileMock &mock) {
    return make_free(at, [&] {
      const std::string name = *name_at(AT_FDCWD, pattern);
      const int descriptor = ::open(real_file(mock.files(), name).c_str(), flags, own_mode);
      made_if_well(mock.files(), name, descriptor < 0 ? -1 : 0);
      return descriptor;
    });
  });
  if (made.error == 0)
    keep(made.decision, made.result, *name_at(AT_FDCWD, pattern), flags);
}

void watch_mkstemp(plugin::Visit &visit) { watch_making_file(visit, 0, 0); }
void watch_mkostemp(plugin::Visit &visit) { watch_making_file(visit, 0, argument<int>(visit, 1)); }
void watch_mkstemps(plugin::Visit &visit) {
  watch_making_file(visit, static_cast<std::size_t>(std::max(argument<int>(visit, 1), 0)), 0);
}
void watch_mkostemps(plugin::Visit &visit) {
  watch_making_file(visit, static_cast<std::size_t>(std::max(argument<int>(visit, 1), 0)), argument<int>(visit, 2));
}

void watch_mkdtemp(plugin::Visit &visit) {
  auto *const pattern = argument<char *>(visit, 0);
  char *const at = places_of(pattern, 0);
  const auto path = name_at(AT_FDCWD, pattern);
  if (at == nullptr)
    return visit.pass_on();
  about_file(visit, "mkdir", *path, Reach::write, static_cast<char *>(nullptr), {{"mode", text_of_mode(0700)}},
             Thing::whatever, [&](Files &files, const std::string &) {
               const int result = make_free(at, [&] {
                 const std::string name = *name_at(AT_FDCWD, pattern);
                 return made_if_well(files, name, ::mkdir(real_file(files, name).c_str(), 0700));
               });
               return result == 0 ? pattern : nullptr;
             });
}

/// As libc names it where the system can make no file without a name.
constexpr const char *tmpfile_name = P_tmpdir "/tmpfXXXXXX";

void watch_tmpfile(plugin::Visit &visit) {
  constexpr int flags = O_RDWR | O_CREAT | O_EXCL;
  const auto made = about_file(visit, "open", tmpfile_name, Reach::write, static_cast<std::FILE *>(nullptr),
                               facts_of(flags), Thing::whatever, [](Files &files, const std::string &) {
                                 std::string name = tmpfile_name;
                                 const int descriptor = make_free(&name[name.size() - places.size()], [&] {
                                   return ::open(real_file(files, name).c_str(), flags | O_CLOEXEC, own_mode);
                                 });
                                 if (descriptor < 0)
                                   return static_cast<std::FILE *>(nullptr);
                                 ::unlink(real_file(files, name).c_str());
                                 return ::fdopen(descriptor, "w+");
                               });
  if (made.error != 0)
    return;
  const int descriptor = ::fileno(made.result);
  if (const auto file = keep(made.decision, descriptor, tmpfile_name, flags))
    watch_content(*file, descriptor);
}

} // namespace

const Seams &temporary_seams() {
  static const Seams all = {
      {"mkstemp", &watch_mkstemp},     {"mkstemp64", &watch_mkstemp},     {"mkostemp", &watch_mkostemp},
      {"mkostemp64", &watch_mkostemp}, {"mkstemps", &watch_mkstemps},     {"mkstemps64", &watch_mkstemps},
      {"mkostemps", &watch_mkostemps}, {"mkostemps64", &watch_mkostemps}, {"mkdtemp", &watch_mkdtemp},
      {"tmpfile", &watch_tmpfile},     {"tmpfile64", &watch_tmpfile},
  };
  return all;
}

} // namespace tripwire::plugins::calls
