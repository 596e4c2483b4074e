// read, write and their kind --(handlers)--> bytes moved, and one interaction for those that follow each other
#include "calls.hpp"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <optional>

namespace tripwire::plugins::calls {

namespace {

enum class Direction : unsigned char { read, write };

/// One call: where the bytes go or come from.
struct Transfer {
  Direction direction;
  int descriptor;
  std::vector<iovec> parts;
  std::optional<off_t> offset;

  bool is_read() const noexcept { return direction == Direction::read; }
  std::size_t size() const noexcept {
    std::size_t sum = 0;
    for (const iovec &part : parts)
      sum += part.iov_len;
    return sum;
  }
  /// Moves no more than \p size bytes.
  void limit(std::size_t size) {
    for (iovec &part : parts) {
      part.iov_len = std::min(part.iov_len, size);
      size -= part.iov_len;
    }
  }
  /// The first \p size of its bytes.
  std::string bytes(std::size_t size) const {
    std::string all;
    for (const iovec &part : parts) {
      const std::size_t taken = std::min(part.iov_len, size - all.size());
      all.append(static_cast<const char *>(part.iov_base), taken);
    }
    return all;
  }
  ssize_t make() const {
    const auto count = static_cast<int>(parts.size());
    if (offset)
      return is_read() ? ::preadv(descriptor, parts.data(), count, *offset)
                       : ::pwritev(descriptor, parts.data(), count, *offset);
    if (count == 1)
      return is_read() ? ::read(descriptor, parts[0].iov_base, parts[0].iov_len)
                       : ::write(descriptor, parts[0].iov_base, parts[0].iov_len);
    return is_read() ? ::readv(descriptor, parts.data(), count) : ::writev(descriptor, parts.data(), count);
  }
};

plugin::Description describe(const Transfer &transfer, const OpenFile &file) {
  return calls::describe(transfer.is_read() ? "read" : "write", file, transfer.is_read() ? Reach::read : Reach::write);
}

/// What a call that moves nothing leaves: what it was given to write is said as well.
void record_failure(const Transfer &transfer, const plugin::Recorded &recorded, int error) {
  const bool has_data = !transfer.is_read() && error != EFAULT; // which says that there are no such bytes
  record(recorded, has_data ? Facts{{"data", transfer.bytes(transfer.size())}} : Facts(), error);
  errno = error;
}

/// Goes on with the interaction of the calls before it. \return whether there is one.
bool go_on(plugin::Visit &visit, const Transfer &transfer, OpenFile &file) {
  if (!file.goes_on(transfer.is_read(), {}))
    return false;
  const ssize_t moved = transfer.make();
  visit.answer<ssize_t>(moved);
  if (moved < 0) {
    const int error = errno;
    file.ends();
    record_failure(transfer, visit.present(describe(transfer, file)).recorded, error);
    return true;
  }
  const auto size = static_cast<std::size_t>(moved);
  file.add(transfer.is_read(), size);
  if (!file.goes_on(transfer.is_read(), transfer.bytes(size))) // another thread has ended it
    file.begins(transfer.is_read(), visit.present(describe(transfer, file)).recorded, transfer.bytes(size));
  return true;
}

void move(plugin::Visit &visit, Transfer transfer) {
  const std::shared_ptr<OpenFile> file = watched_file(visit, transfer.descriptor);
  const std::shared_ptr<Files> files = file == nullptr ? nullptr : file->files.lock();
  if (files == nullptr)
    return visit.pass_on();
  const int entry = errno;
  plugin::Description call = describe(transfer, *file);
  const bool is_single = files->step_for(call) != nullptr || files->are_of_parent();
  const std::size_t room = files->room_for(call);
  if (is_single) {
    file->ends();
  } else {
    transfer.limit(room);
    errno = entry;
    if (go_on(visit, transfer, *file))
      return;
    file->ends();
  }
  const plugin::Decision decision = visit.present(std::move(call));
  const auto *mock = decision.real() ? nullptr : decision.as<FileMock>();
  if (mock != nullptr && mock->error != 0) {
    visit.answer<ssize_t>(-1);
    return record_failure(transfer, decision.recorded, mock->error);
  }
  if (mock != nullptr && mock->at_most)
    transfer.limit(*mock->at_most);
  errno = entry;
  const ssize_t moved = transfer.make();
  visit.answer<ssize_t>(moved);
  if (moved < 0)
    return record_failure(transfer, decision.recorded, errno);
  const auto size = static_cast<std::size_t>(moved);
  file->add(transfer.is_read(), size);
  file->begins(transfer.is_read(), decision.recorded, transfer.bytes(size));
  if (is_single)
    file->ends();
  if (file->is_stream && !transfer.is_read())
    file->before = content_of(transfer.descriptor);
}

Transfer of_buffer(const plugin::Visit &visit, Direction direction) {
  return {direction, argument<int>(visit, 0), {{argument<void *>(visit, 1), argument<std::size_t>(visit, 2)}}, {}};
}

void move_parts(plugin::Visit &visit, Direction direction) {
  const auto *parts = argument<const iovec *>(visit, 1);
  const int count = argument<int>(visit, 2);
  if (parts == nullptr || count < 0 || count > IOV_MAX) // which the real call refuses
    return visit.pass_on();
  move(visit, {direction, argument<int>(visit, 0), std::vector<iovec>(parts, parts + count), {}});
}

Transfer at_offset(const plugin::Visit &visit, Direction direction) {
  Transfer transfer = of_buffer(visit, direction);
  transfer.offset = argument<off_t>(visit, 3);
  return transfer;
}

/// A call about an open file that moves nothing through it.
template <class Make> void about(plugin::Visit &visit, const char *operation, const Facts &facts, Make make) {
  const int descriptor = argument<int>(visit, 0);
  const std::shared_ptr<OpenFile> file = watched_file(visit, descriptor);
  if (file == nullptr)
    return visit.pass_on();
  file->ends();
  perform(visit, calls::describe(operation, *file, Reach::write), -1, facts,
          [&](FileMock &) { return make(descriptor); });
}

} // namespace

void watch_read(plugin::Visit &visit) { move(visit, of_buffer(visit, Direction::read)); }
void watch_write(plugin::Visit &visit) { move(visit, of_buffer(visit, Direction::write)); }
void watch_readv(plugin::Visit &visit) { move_parts(visit, Direction::read); }
void watch_writev(plugin::Visit &visit) { move_parts(visit, Direction::write); }
void watch_pread(plugin::Visit &visit) { move(visit, at_offset(visit, Direction::read)); }
void watch_pwrite(plugin::Visit &visit) { move(visit, at_offset(visit, Direction::write)); }

void watch_sync(plugin::Visit &visit) {
  about(visit, "sync", {}, [](int descriptor) { return ::fsync(descriptor); });
}

void watch_ftruncate(plugin::Visit &visit) {
  const auto size = argument<off_t>(visit, 1);
  about(visit, "truncate", {{"size", std::to_string(size)}},
        [size](int descriptor) { return ::ftruncate(descriptor, size); });
}

} // namespace tripwire::plugins::calls
