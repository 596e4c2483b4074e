// open, openat, creat, close --(handlers)--> descriptors of real files that stand for the test's
#include "calls.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tripwire::plugins::calls {

namespace {

bool can_make(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

int open_in(Files &files, const std::string &path, int flags, mode_t mode) {
  const std::string real = real_file(files, path);
  const bool was_there = ::access(real.c_str(), F_OK) == 0;
  const int descriptor = ::open(real.c_str(), flags, mode);
  if (descriptor >= 0 && !was_there)
    files.made(plugin::file_name(path));
  return descriptor;
}

template <class Name> void watch_opening(plugin::Visit &visit, int flags, std::size_t mode_index) {
  const std::optional<std::string> name = Name::of(visit);
  if (!name)
    return visit.pass_on();
  const bool has_mode = can_make(flags) && mode_index < visit.count();
  const mode_t mode = has_mode ? argument<mode_t>(visit, mode_index) : 0;
  Facts facts = {{"flags", text_of_flags(flags)}};
  if (has_mode)
    facts.push_back({"mode", text_of_mode(mode)});
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || can_make(flags) || (flags & O_TRUNC) != 0;
  const Made<int> made = perform(visit, describe("open", *name, writes ? Reach::write : Reach::read), -1, facts,
                                 [&](FileMock &mock) { return open_in(mock.files(), *name, flags, mode); });
  if (made.error == 0)
    keep(made.decision, made.result, *name, flags);
}

void watch_open(plugin::Visit &visit) { watch_opening<Path<0>>(visit, argument<int>(visit, 1), 2); }
void watch_openat(plugin::Visit &visit) { watch_opening<PathAt<0, 1>>(visit, argument<int>(visit, 2), 3); }
void watch_creat(plugin::Visit &visit) { watch_opening<Path<0>>(visit, O_WRONLY | O_CREAT | O_TRUNC, 1); }

void watch_closing(plugin::Visit &visit) {
  const int descriptor = argument<int>(visit, 0);
  const std::shared_ptr<OpenFile> file = watched_file(visit, descriptor);
  if (file == nullptr) {
    OpenFiles::all().closed(descriptor);
    return visit.pass_on();
  }
  file->ends();
  const Made<int> made =
      perform(visit, describe("close", *file, Reach::read), -1, {}, [&](FileMock &) { return ::close(descriptor); });
  // The system gives the number back also when it reports an error.
  if (made.error != 0 && !made.decision.real()) {
    ::close(descriptor);
    errno = made.error;
  }
  OpenFiles::all().closed(descriptor);
}

} // namespace

const Seams &open_seams() {
  static const Seams all = {
      {"open", &watch_open},   {"open64", &watch_open},   {"openat", &watch_openat}, {"openat64", &watch_openat},
      {"creat", &watch_creat}, {"creat64", &watch_creat}, {"close", &watch_closing},
  };
  return all;
}

} // namespace tripwire::plugins::calls
