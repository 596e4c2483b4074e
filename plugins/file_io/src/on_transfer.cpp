// read, write and their kind --(handlers)--> bytes moved, and one interaction for those that follow each other
#include "passage.hpp"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <limits>
#include <optional>

namespace tripwire::plugins::calls {

namespace {

/// One call: where the bytes go or come from.
struct Transfer {
  Direction direction;
  int descriptor;
  std::vector<iovec> parts;
  std::optional<off_t> offset;
  std::optional<int> flags = std::nullopt; ///< of preadv2 and its kind, to which the offset -1 is where the file stands

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
    if (flags)
      return is_read() ? ::preadv2(descriptor, parts.data(), count, *offset, *flags)
                       : ::pwritev2(descriptor, parts.data(), count, *offset, *flags);
    if (offset)
      return is_read() ? ::preadv(descriptor, parts.data(), count, *offset)
                       : ::pwritev(descriptor, parts.data(), count, *offset);
    if (count == 1)
      return is_read() ? ::read(descriptor, parts[0].iov_base, parts[0].iov_len)
                       : ::write(descriptor, parts[0].iov_base, parts[0].iov_len);
    return is_read() ? ::readv(descriptor, parts.data(), count) : ::writev(descriptor, parts.data(), count);
  }
};

/// What a call that moves nothing leaves: what it was given to write is said as well.
Facts facts_of_failure(const Transfer &transfer, int error) {
  const bool has_data = !transfer.is_read() && error != EFAULT; // which says that there are no such bytes
  return has_data ? Facts{{"data", transfer.bytes(transfer.size())}} : Facts();
}

void move(plugin::Visit &visit, Transfer transfer) {
  const std::shared_ptr<OpenFile> file = watched_file(visit, transfer.descriptor);
  if (file == nullptr)
    return visit.pass_on();
  const int entry = errno;
  Passage passage(visit, file, transfer.direction);
  const int told = passage.begin();
  const Transfer whole = transfer;
  transfer.limit(passage.room());
  errno = entry;
  const ssize_t moved = told == 0 ? transfer.make() : -1;
  const int error = told == 0 ? errno : told;
  visit.answer<ssize_t>(moved);
  if (moved < 0)
    passage.failed(error, facts_of_failure(told == 0 ? transfer : whole, error));
  else
    passage.moved(transfer.bytes(static_cast<std::size_t>(moved)));
  if (moved > 0 && file->is_stream && !transfer.is_read())
    file->before = content_of(transfer.descriptor);
  errno = error;
}

Transfer of_buffer(const plugin::Visit &visit, Direction direction) {
  return {direction, argument<int>(visit, 0), {{argument<void *>(visit, 1), argument<std::size_t>(visit, 2)}}, {}};
}

std::optional<Transfer> of_parts(const plugin::Visit &visit, Direction direction) {
  const auto *parts = argument<const iovec *>(visit, 1);
  const int count = argument<int>(visit, 2);
  if (parts == nullptr || count < 0 || count > IOV_MAX) // which the real call refuses
    return std::nullopt;
  return Transfer{direction, argument<int>(visit, 0), std::vector<iovec>(parts, parts + count), {}};
}

template <Direction direction> void watch_buffer(plugin::Visit &visit) { move(visit, of_buffer(visit, direction)); }

template <Direction direction> void watch_buffer_at(plugin::Visit &visit) {
  Transfer transfer = of_buffer(visit, direction);
  transfer.offset = argument<off_t>(visit, 3);
  move(visit, std::move(transfer));
}

template <Direction direction> void watch_parts(plugin::Visit &visit) {
  auto transfer = of_parts(visit, direction);
  if (!transfer)
    return visit.pass_on();
  move(visit, std::move(*transfer));
}

template <Direction direction> void watch_parts_at(plugin::Visit &visit) {
  auto transfer = of_parts(visit, direction);
  if (!transfer)
    return visit.pass_on();
  transfer->offset = argument<off_t>(visit, 3);
  move(visit, std::move(*transfer));
}

template <Direction direction> void watch_parts_with_flags(plugin::Visit &visit) {
  auto transfer = of_parts(visit, direction);
  if (!transfer)
    return visit.pass_on();
  transfer->offset = argument<off_t>(visit, 3);
  transfer->flags = argument<int>(visit, 4);
  move(visit, std::move(*transfer));
}

/// `count` bytes of what an open file holds from there on.
std::string bytes_at(int descriptor, off_t offset, std::size_t count) {
  std::string bytes = content_of(descriptor);
  return offset < 0 || static_cast<std::size_t>(offset) > bytes.size()
             ? std::string()
             : bytes.substr(static_cast<std::size_t>(offset), count);
}

/// One end of a call that moves bytes from one open file to another.
struct End {
  int descriptor;
  const off_t *offset;
  std::shared_ptr<OpenFile> file;
  off_t start;
};

End end_of(plugin::Visit &visit, int descriptor, const off_t *offset) {
  const int error = errno;
  const off_t start = offset != nullptr ? *offset : ::lseek(descriptor, 0, SEEK_CUR);
  errno = error;
  return {descriptor, offset, watched_file(visit, descriptor), start};
}

/// What one file gives, the other one takes: each that is the test's sees its half. \p make gets the number of bytes.
template <class Make> void move_between(plugin::Visit &visit, const End &src, const End &dst, Make make) {
  if (src.file == nullptr && dst.file == nullptr)
    return visit.pass_on();
  const int entry = errno;
  std::optional<Passage> halves[2];
  std::size_t room = std::numeric_limits<std::size_t>::max();
  int told = 0;
  const auto begin = [&](std::optional<Passage> &half, const End &end, Direction direction) {
    if (end.file == nullptr || told != 0)
      return;
    told = half.emplace(visit, end.file, direction).begin();
    room = std::min(room, half->room());
  };
  begin(halves[1], dst, Direction::write); // what cannot be written is not read
  begin(halves[0], src, Direction::read);
  errno = entry;
  const ssize_t moved = told == 0 ? make(room) : -1;
  const int error = told == 0 ? errno : told;
  visit.answer<ssize_t>(moved);
  const End &known = src.file != nullptr ? src : dst;
  for (std::optional<Passage> &half : halves)
    if (half && moved < 0)
      half->failed(error, {});
    else if (half)
      half->moved(bytes_at(known.descriptor, known.start, static_cast<std::size_t>(moved)));
  errno = error;
}

/// copy_file_range and splice, which have the same arguments.
template <ssize_t (*copy)(int, off64_t *, int, off64_t *, std::size_t, unsigned)>
void watch_copying(plugin::Visit &visit) {
  auto *const from = argument<off64_t *>(visit, 1);
  auto *const to = argument<off64_t *>(visit, 3);
  const End src = end_of(visit, argument<int>(visit, 0), from);
  const End dst = end_of(visit, argument<int>(visit, 2), to);
  move_between(visit, src, dst, [&](std::size_t room) {
    return copy(src.descriptor, from, dst.descriptor, to, std::min(room, argument<std::size_t>(visit, 4)),
                argument<unsigned>(visit, 5));
  });
}

void watch_sendfile(plugin::Visit &visit) {
  auto *const from = argument<off_t *>(visit, 2);
  const End dst = end_of(visit, argument<int>(visit, 0), nullptr);
  const End src = end_of(visit, argument<int>(visit, 1), from);
  move_between(visit, src, dst, [&](std::size_t room) {
    return ::sendfile(dst.descriptor, src.descriptor, from, std::min(room, argument<std::size_t>(visit, 3)));
  });
}

} // namespace

const Seams &transfer_seams() {
  constexpr auto read = Direction::read;
  constexpr auto write = Direction::write;
  static const Seams all = {
      {"read", &watch_buffer<read>},
      {"write", &watch_buffer<write>},
      {"readv", &watch_parts<read>},
      {"writev", &watch_parts<write>},
      {"pread", &watch_buffer_at<read>},
      {"pread64", &watch_buffer_at<read>},
      {"pwrite", &watch_buffer_at<write>},
      {"pwrite64", &watch_buffer_at<write>},
      {"preadv", &watch_parts_at<read>},
      {"preadv64", &watch_parts_at<read>},
      {"pwritev", &watch_parts_at<write>},
      {"pwritev64", &watch_parts_at<write>},
      {"preadv2", &watch_parts_with_flags<read>},
      {"preadv64v2", &watch_parts_with_flags<read>},
      {"pwritev2", &watch_parts_with_flags<write>},
      {"pwritev64v2", &watch_parts_with_flags<write>},
      {"copy_file_range", &watch_copying<&::copy_file_range>},
      {"splice", &watch_copying<&::splice>},
      {"sendfile", &watch_sendfile},
      {"sendfile64", &watch_sendfile},
  };
  return all;
}

} // namespace tripwire::plugins::calls
