#include "streams.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace tripwire::plugins {

const plugin::Machine &popen_machine() { return tripwire_manifest_popen.machine("popen"); }

void PopenStream::advance(const char *operation) {
  if (const char *after = popen_machine().after(state, operation))
    state = after;
}

PopenStreams::~PopenStreams() {
  for (const auto &[stream, known] : all_) {
    if (known.is_closed())
      std::fclose(stream);
  }
}

void PopenStreams::add(std::FILE *stream, PopenStream made) {
  const std::lock_guard<std::mutex> lock(mutex_);
  made.advance("spawn");
  all_[stream] = std::move(made);
}

void PopenStreams::forget(std::FILE *stream) {
  const std::lock_guard<std::mutex> lock(mutex_);
  all_.erase(stream);
}

bool PopenStreams::find(std::FILE *stream, PopenStream &found) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto known = all_.find(stream);
  if (known == all_.end())
    return false;
  found = known->second;
  return true;
}

void PopenStreams::close(std::FILE *stream) {
  const std::lock_guard<std::mutex> lock(mutex_);
  all_[stream].advance("wait");
  if (std::freopen("/dev/null", all_[stream].reads ? "re" : "we", stream) == nullptr)
    all_.erase(stream); // freopen has closed it
}

namespace {

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR)
      return false;
    bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return true;
}

} // namespace

std::FILE *open_popen_stream(const ProcessOutcome &outcome, bool reads, bool closes_on_exec) {
  const int descriptor = memfd_create("popen", closes_on_exec ? MFD_CLOEXEC : 0);
  if (descriptor < 0)
    return nullptr;
  const bool is_filled = !reads || (write_all(descriptor, outcome.out) && lseek(descriptor, 0, SEEK_SET) == 0);
  std::FILE *stream = is_filled ? fdopen(descriptor, reads ? "r" : "w") : nullptr;
  if (stream == nullptr) {
    const int error = errno;
    ::close(descriptor);
    errno = error;
  }
  return stream;
}

std::string written_to(std::FILE *stream) {
  std::fflush(stream);
  std::string text;
  char bytes[4096];
  ssize_t count = 0;
  while ((count = pread(fileno(stream), bytes, sizeof bytes, static_cast<off_t>(text.size()))) > 0)
    text.append(bytes, static_cast<std::size_t>(count));
  return text;
}

} // namespace tripwire::plugins
