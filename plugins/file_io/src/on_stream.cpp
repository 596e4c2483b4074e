// fopen, freopen, fdopen, fclose --(handlers)--> streams over real files that stand for the test's
//
// What goes through a stream in between, only libc knows: when it is closed, the file says what was written.
#include "calls.hpp"

#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

namespace tripwire::plugins::calls {

namespace {

std::FILE *open_in(Files &files, const std::string &path, const char *mode, std::FILE *stream) {
  const std::string real = real_file(files, path);
  const bool was_there = ::access(real.c_str(), F_OK) == 0;
  std::FILE *opened = stream == nullptr ? std::fopen(real.c_str(), mode) : std::freopen(real.c_str(), mode, stream);
  if (opened != nullptr && !was_there)
    files.made(plugin::file_name(path));
  return opened;
}

int descriptor_of(std::FILE *stream) {
  const int error = errno;
  const int descriptor = stream == nullptr ? -1 : ::fileno(stream);
  errno = error;
  return descriptor;
}

/// Puts what was written by the stream before the core. \p error is that of its last flush; 0 for none. \return the
/// error by which the stream fails.
int present_written(plugin::Visit &visit, OpenFile &file, int descriptor, int error) {
  if (!file.is_stream)
    return 0;
  const int entry = errno;
  std::string now = content_of(descriptor);
  errno = entry;
  if (now == file.before && error == 0)
    return 0;
  const bool appends = (file.flags & O_APPEND) != 0 && now.compare(0, file.before.size(), file.before) == 0;
  const std::string data = appends ? now.substr(file.before.size()) : now;
  const plugin::Decision decision = visit.present(describe("write", file, Reach::write));
  const int told = decision.real() ? 0 : decision.as<FileMock>()->error;
  if (told != 0) // nothing has happened
    if (::ftruncate(descriptor, 0) == 0 && ::pwrite(descriptor, file.before.data(), file.before.size(), 0) < 0)
      errno = told;
  record(decision.recorded, {{"data", data}}, told != 0 ? told : error);
  file.before = told == 0 ? std::move(now) : file.before;
  errno = entry;
  return told != 0 ? told : error;
}

int error_of_flush(std::FILE *stream) {
  const int entry = errno;
  const int error = std::fflush(stream) == 0 ? 0 : errno;
  errno = entry;
  return error;
}

} // namespace

void watch_content(OpenFile &file, int descriptor) {
  file.is_stream = (file.flags & O_ACCMODE) != O_RDONLY;
  if (file.is_stream)
    file.before = content_of(descriptor);
}

int present_closing(plugin::Visit &visit, OpenFile &file, int descriptor, int error) {
  file.ends();
  const int failed = present_written(visit, file, descriptor, error);
  const plugin::Decision decision = visit.present(describe("close", file, Reach::read));
  const int told = decision.real() ? 0 : decision.as<FileMock>()->error;
  record(decision.recorded, {}, told);
  return failed != 0 ? failed : told;
}

namespace {

void open_stream(plugin::Visit &visit, const std::string &path, const char *mode, int flags, std::FILE *stream) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY;
  const auto made = perform(visit, describe("open", path, writes ? Reach::write : Reach::read),
                            static_cast<std::FILE *>(nullptr), {{"flags", text_of_flags(flags)}},
                            [&](FileMock &mock) { return open_in(mock.files(), path, mode, stream); });
  if (made.error != 0 && stream != nullptr && !made.decision.real() && made.decision.as<FileMock>()->error != 0)
    std::fclose(stream); // as a real one does
  if (made.error == 0)
    if (const auto file = keep(made.decision, descriptor_of(made.result), path, flags))
      watch_content(*file, descriptor_of(made.result));
  errno = made.error != 0 ? made.error : errno;
}

} // namespace

void watch_fopen(plugin::Visit &visit) {
  const auto path = name_at(AT_FDCWD, argument<const char *>(visit, 0));
  const auto *mode = argument<const char *>(visit, 1);
  const auto flags = flags_of_stream(mode);
  if (!path || !flags)
    return visit.pass_on();
  open_stream(visit, *path, mode, *flags, nullptr);
}

void watch_freopen(plugin::Visit &visit) {
  const auto path = name_at(AT_FDCWD, argument<const char *>(visit, 0));
  const auto *mode = argument<const char *>(visit, 1);
  auto *stream = argument<std::FILE *>(visit, 2);
  const auto flags = flags_of_stream(mode);
  if (!path || !flags || stream == nullptr)
    return visit.pass_on();
  const int descriptor = descriptor_of(stream);
  if (const auto file = watched_file(visit, descriptor)) {
    present_closing(visit, *file, descriptor, error_of_flush(stream));
    OpenFiles::all().closed(descriptor);
  }
  open_stream(visit, *path, mode, *flags, stream);
}

void watch_fdopen(plugin::Visit &visit) {
  const int descriptor = argument<int>(visit, 0);
  if (const auto file = watched_file(visit, descriptor)) {
    file->ends();
    watch_content(*file, descriptor);
  }
  visit.pass_on();
}

void watch_fclose(plugin::Visit &visit) {
  auto *stream = argument<std::FILE *>(visit, 0);
  const int descriptor = descriptor_of(stream);
  const auto file = descriptor < 0 ? nullptr : watched_file(visit, descriptor);
  if (file == nullptr) {
    OpenFiles::all().closed(descriptor);
    return visit.pass_on();
  }
  const int failed = present_closing(visit, *file, descriptor, error_of_flush(stream));
  OpenFiles::all().closed(descriptor);
  visit.make_real();
  if (failed != 0) {
    visit.answer<int>(EOF);
    errno = failed;
  }
}

} // namespace tripwire::plugins::calls
