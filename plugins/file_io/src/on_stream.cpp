// fopen, freopen, fdopen, fclose --(handlers)--> streams over real files that stand for the test's
//
// What goes through a stream in between, only libc knows: when it is closed, the file says what was moved. The calls in
// between are looked at so that those fail which the test wants to.
#include "calls.hpp"

#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <limits>

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

Standing standing_of(std::FILE *stream) {
  const int entry = errno;
  Standing stands;
  stands.position = ::ftello(stream);
  stands.has_failed = std::ferror(stream) != 0;
  errno = 0;
  stands.error = std::fflush(stream) == 0 ? 0 : errno;
  errno = entry;
  return stands;
}

void open_stream(plugin::Visit &visit, const std::string &path, const char *mode, int flags, std::FILE *stream) {
  const bool writes = (flags & O_ACCMODE) != O_RDONLY;
  const auto made = perform(visit, describe("open", path, writes ? Reach::write : Reach::read),
                            static_cast<std::FILE *>(nullptr), {{"flags", text_of_flags(flags)}},
                            [&](FileMock &mock) { return open_in(mock.files(), path, mode, stream); });
  if (made.error != 0 && stream != nullptr && !made.decision.real() && made.decision.as<FileMock>()->error != 0)
    std::fclose(stream); // as a real one does
  if (made.error == 0)
    if (const auto file = keep(made.decision, descriptor_of(made.result), path, flags)) {
      watch_content(*file, descriptor_of(made.result));
      arm(*file, descriptor_of(made.result), Hidden::no);
    }
  errno = made.error != 0 ? made.error : errno;
}

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
    present_closing(visit, *file, descriptor, standing_of(stream));
    OpenFiles::all().closed(descriptor);
  }
  open_stream(visit, *path, mode, *flags, stream);
}

void watch_fdopen(plugin::Visit &visit) {
  const int descriptor = argument<int>(visit, 0);
  if (const auto file = watched_file(visit, descriptor)) {
    file->ends();
    watch_content(*file, descriptor);
    arm(*file, descriptor, Hidden::no);
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
  const int failed = present_closing(visit, *file, descriptor, standing_of(stream));
  OpenFiles::all().closed(descriptor);
  visit.make_real();
  if (failed != 0) {
    visit.answer<int>(EOF);
    errno = failed;
  }
}

/// Whether some of what is written goes well, and the rest does not.
bool has_limit(const OpenFile &file) {
  const std::shared_ptr<Files> files = file.files.lock();
  return files != nullptr &&
         files->room_for(describe("write", file, Reach::write)) != std::numeric_limits<std::size_t>::max();
}

/// A call that may flush, or fill, a stream: where its descriptor refuses, or what was flushed is to be too much, it
/// fails as the test says. \p R is what it returns, which is \p failure then.
template <std::size_t stream_index, class R, R failure> void watch_use(plugin::Visit &visit) {
  auto *const stream = argument<std::FILE *>(visit, stream_index);
  const int descriptor = descriptor_of(stream);
  const auto file = descriptor < 0 ? nullptr : watched_file(visit, descriptor);
  if (file == nullptr || !file->is_stream)
    return visit.pass_on();
  if (file->refuses == Refuses::nothing)
    arm(*file, descriptor, Hidden::no);
  const bool had_failed = std::ferror(stream) != 0;
  visit.make_real();
  const int left = errno;
  int told = 0;
  const bool fails = std::ferror(stream) != 0 && (!had_failed || !file->has_told); // it may have failed unseen
  if (file->refuses != Refuses::nothing && fails) {
    told = present_refused(visit, *file);
    arm(*file, descriptor, Hidden::no);
  } else if (file->refuses == Refuses::nothing && has_limit(*file)) {
    told = present_written(visit, *file, descriptor, 0);
    if (told != 0) {
      visit.answer<R>(failure);
      stream->_flags |= _IO_ERR_SEEN;
    }
  }
  errno = told != 0 ? told : left;
}

template <std::size_t stream_index> void watch_number(plugin::Visit &visit) {
  watch_use<stream_index, int, EOF>(visit);
}
template <std::size_t stream_index> void watch_count(plugin::Visit &visit) {
  watch_use<stream_index, std::size_t, 0>(visit);
}

} // namespace

const Seams &stream_seams() {
  static const Seams all = {
      {"fflush", &watch_number<0>},
      {"fseek", &watch_number<0>},
      {"fseeko", &watch_number<0>},
      {"fseeko64", &watch_number<0>},
      {"fread", &watch_count<3>},
      {"fgets", &watch_use<2, char *, nullptr>},
      {"getline", &watch_use<2, ssize_t, -1>},
      {"getdelim", &watch_use<3, ssize_t, -1>},
      {"fopen", &watch_fopen},
      {"fopen64", &watch_fopen},
      {"freopen", &watch_freopen},
      {"freopen64", &watch_freopen},
      {"fdopen", &watch_fdopen},
      {"fclose", &watch_fclose},
  };
  return all;
}

} // namespace tripwire::plugins::calls
