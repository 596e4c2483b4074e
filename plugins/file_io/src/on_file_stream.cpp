// streams of <fstream> that open and close --(handler)--> streams over real files that stand for the test's
#include "calls.hpp"
#include "file_stream.hpp"

#include <tripwire/plugin_mock.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace tripwire::plugins::calls {

namespace {

/// What the standard opens with, as for `fopen`. Nothing when it opens nothing.
std::optional<int> flags_of(std::ios_base::openmode mode) {
  using ios = std::ios_base;
  switch (static_cast<int>(mode & ~(ios::ate | ios::binary))) {
  case ios::in:
    return flags_of_stream("r");
  case ios::out:
  case ios::out | ios::trunc:
    return flags_of_stream("w");
  case ios::app:
  case ios::out | ios::app:
    return flags_of_stream("a");
  case ios::in | ios::out:
    return flags_of_stream("r+");
  case ios::in | ios::out | ios::trunc:
    return flags_of_stream("w+");
  case ios::in | ios::app:
  case ios::in | ios::out | ios::app:
    return flags_of_stream("a+");
  default:
    return std::nullopt;
  }
}

bool open_in(Files &files, const std::string &path, StreamCall &stream) {
  const std::string real = real_file(files, path);
  const bool was_there = ::access(real.c_str(), F_OK) == 0;
  const bool is_open = stream.buffer->open(real.c_str(), stream.mode) != nullptr;
  if (is_open && !was_there)
    files.made(plugin::file_name(path));
  return is_open;
}

/// A descriptor of the file that the stream has opened, so that it can be asked what it holds.
int own_descriptor(const plugin::Decision &decision, const std::string &path, int flags) {
  if (decision.mock == nullptr)
    return -1;
  const std::string real = decision.real() ? path : real_file(decision.as<FileMock>()->files(), path);
  const int access = (flags & O_ACCMODE) == O_RDONLY ? O_RDONLY : O_RDWR;
  return ::open(real.c_str(), access | O_CLOEXEC);
}

/// The descriptor that the stream's buffer hides; -1 where its library does not say.
int hidden_descriptor(std::filebuf &buffer) {
#ifdef __GLIBCXX__
  struct Open : std::filebuf {
    static int descriptor(std::filebuf &one) { return (one.*&Open::_M_file).fd(); }
  };
  return Open::descriptor(buffer);
#else
  return (void)buffer, -1;
#endif
}

void open_stream(plugin::Visit &visit) {
  const auto path = name_at(AT_FDCWD, argument<const char *>(visit, 0));
  StreamCall &stream = *argument<StreamCall *>(visit, 1);
  const auto flags = flags_of(stream.mode);
  if (!path || !flags)
    return visit.pass_on();
  const bool writes = (*flags & O_ACCMODE) != O_RDONLY;
  const auto made =
      perform(visit, describe("open", *path, writes ? Reach::write : Reach::read), false,
              {{"flags", text_of_flags(*flags)}}, [&](FileMock &mock) { return open_in(mock.files(), *path, stream); });
  if (!made.result)
    return;
  const int error = errno;
  if (const int descriptor = own_descriptor(made.decision, *path, *flags); descriptor >= 0) {
    stream.file = std::make_shared<StreamFile>(keep(made.decision, descriptor, *path, *flags), descriptor);
    OpenFile &file = *stream.file->file;
    watch_content(file, descriptor);
    file.is_hidden = true;
    if (const int hidden = hidden_descriptor(*stream.buffer); hidden >= 0)
      arm(file, hidden, Hidden::yes);
  }
  errno = error;
}

void close_stream(plugin::Visit &visit) {
  const StreamCall &stream = *argument<StreamCall *>(visit, 0);
  if (watched_file(visit, stream.file->descriptor) == nullptr)
    return visit.pass_on();
  const int entry = errno;
  Standing stands;
  stands.has_failed = stream.has_failed;
  if (stream.buffer->is_open()) {
    stands.position = stream.buffer->pubseekoff(0, std::ios_base::cur, std::ios_base::in);
    stands.error = stream.buffer->pubsync() == 0 ? 0 : errno;
  }
  errno = entry;
  const int failed = present_closing(visit, *stream.file->file, stream.file->descriptor, stands);
  if (stream.buffer->is_open()) // else a library has closed it
    visit.make_real();
  else
    visit.answer<bool>(true);
  if (failed != 0) {
    visit.answer<bool>(false);
    errno = failed;
  }
}

/// What a `FileStream` calls: opening with a path, closing without.
void watch_file_stream(plugin::Visit &visit) {
  if (visit.count() == 2)
    open_stream(visit);
  else
    close_stream(visit);
}

} // namespace

const Seams &file_stream_seams() {
  static const Seams all = {{"std::ifstream", &watch_file_stream},
                            {"std::ofstream", &watch_file_stream},
                            {"std::fstream", &watch_file_stream}};
  return all;
}

} // namespace tripwire::plugins::calls
