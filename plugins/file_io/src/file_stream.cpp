#include "file_stream.hpp"

#include <tripwire/seam/invoke.hpp>

#include <unistd.h>

#include <new>
#include <utility>

namespace tripwire::plugins {

namespace {

template <class Stream> constexpr std::string_view name_of_stream = "std::fstream";
template <> constexpr std::string_view name_of_stream<std::ifstream> = "std::ifstream";
template <> constexpr std::string_view name_of_stream<std::ofstream> = "std::ofstream";

void fail(void *result) noexcept { ::new (result) bool(false); }

/// The seam that no wrapper stands for: the stream itself calls it. Streams may be closed when the process ends, so it
/// stays.
template <class Stream, class Signature> seam::Slot &slot() {
  static seam::Slot &made = [&]() -> seam::Slot & {
    seam::SlotFacts facts{};
    facts.name = name_of_stream<Stream>;
    facts.symbol = name_of_stream<Stream>;
    facts.plugin = "file_io";
    facts.signature = seam::signature<Signature>();
    facts.failure = {"a stream that has failed", &fail};
    auto *const kept = new seam::Slot(facts);
    new seam::Registration(*kept);
    return *kept;
  }();
  return made;
}

} // namespace

StreamFile::~StreamFile() {
  OpenFiles::all().closed(descriptor);
  ::close(descriptor);
}

template <class Stream> void FileStream<Stream>::open_from(const void *site, const char *path, Mode mode) {
  StreamCall call{this->rdbuf(), mode, false, nullptr};
  if (!std::is_same_v<Stream, std::fstream>)
    call.mode |= FirstMode<Stream>::value; // as the standard says
  StreamCall *stream = &call;
  const auto real = [](const char *name, StreamCall *opened) {
    return opened->buffer->open(name, opened->mode) != nullptr;
  };
  seam::Slot &watched = slot<Stream, bool(const char *, StreamCall *)>();
  const bool is_open = this->is_open() ? false
                       : watched.watched.load(std::memory_order_relaxed)
                           ? seam::detail::watched_call<seam::Refusal::throws, bool, const char *, StreamCall *>(
                                 path, stream, watched, site, nullptr, real)
                           : real(path, stream);
  if (is_open)
    file_ = std::move(call.file);
  if (is_open)
    this->clear();
  else
    this->setstate(std::ios_base::failbit);
}

template <class Stream> void FileStream<Stream>::close_from(const void *site) {
  StreamCall call{this->rdbuf(), {}, this->bad(), std::static_pointer_cast<StreamFile>(std::exchange(file_, nullptr))};
  StreamCall *stream = &call;
  const auto real = [](StreamCall *closed) { return closed->buffer->close() != nullptr; };
  seam::Slot &watched = slot<Stream, bool(StreamCall *)>();
  const bool is_closed =
      call.file != nullptr && watched.watched.load(std::memory_order_relaxed)
          ? seam::detail::watched_call<seam::Refusal::answers, bool, StreamCall *>(stream, watched, site, nullptr, real)
          : real(stream);
  if (!is_closed)
    this->setstate(std::ios_base::failbit);
}

template <class Stream> FileStream<Stream>::FileStream() = default;

template <class Stream> FileStream<Stream>::FileStream(const char *path, Mode mode) {
  open_from(__builtin_return_address(0), path, mode);
}
template <class Stream> FileStream<Stream>::FileStream(const std::string &path, Mode mode) {
  open_from(__builtin_return_address(0), path.c_str(), mode);
}
template <class Stream> FileStream<Stream>::FileStream(const std::filesystem::path &path, Mode mode) {
  open_from(__builtin_return_address(0), path.c_str(), mode);
}

template <class Stream>
FileStream<Stream>::FileStream(FileStream &&other) : Stream(std::move(other)), file_(std::move(other.file_)) {}

template <class Stream> FileStream<Stream> &FileStream<Stream>::operator=(FileStream &&other) {
  if (file_ != nullptr)
    close_from(__builtin_return_address(0));
  Stream::operator=(std::move(other));
  file_ = std::move(other.file_);
  return *this;
}

template <class Stream> FileStream<Stream>::~FileStream() {
  if (file_ == nullptr)
    return;
  this->exceptions(std::ios_base::goodbit);
  close_from(__builtin_return_address(0));
}

template <class Stream> void FileStream<Stream>::open(const char *path, Mode mode) {
  open_from(__builtin_return_address(0), path, mode);
}
template <class Stream> void FileStream<Stream>::open(const std::string &path, Mode mode) {
  open_from(__builtin_return_address(0), path.c_str(), mode);
}
template <class Stream> void FileStream<Stream>::open(const std::filesystem::path &path, Mode mode) {
  open_from(__builtin_return_address(0), path.c_str(), mode);
}

template <class Stream> void FileStream<Stream>::close() { close_from(__builtin_return_address(0)); }

template <class Stream> void FileStream<Stream>::swap(FileStream &other) {
  Stream::swap(other);
  file_.swap(other.file_);
}

template class FileStream<std::ifstream>;
template class FileStream<std::ofstream>;
template class FileStream<std::fstream>;

} // namespace tripwire::plugins
