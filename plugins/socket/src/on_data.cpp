// send, recv and their kin, read and write --> messages of the program, each a transfer
#include "transfer.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <string>

namespace tripwire::plugins {

namespace {

int descriptor_of(const plugin::Visit &visit) { return socket_argument<int>(visit, 0); }

SocketPieces buffer_of(const plugin::Visit &visit) {
  return {socket_argument<void *>(visit, 1), socket_argument<std::size_t>(visit, 2)};
}

SocketPieces vector_of(const plugin::Visit &visit) {
  return {socket_argument<const iovec *>(visit, 1),
          static_cast<std::size_t>(std::max(0, socket_argument<int>(visit, 2)))};
}

/// The call with its arguments as they came.
RealTransfer real_of(plugin::Visit &visit) {
  return [&visit] {
    visit.make_real();
    return visit.result<ssize_t>();
  };
}

void answer(plugin::Visit &visit, std::optional<ssize_t> result) {
  if (result)
    visit.answer<ssize_t>(*result);
  else
    visit.pass_on();
}

void send(plugin::Visit &visit, const SocketTransfer &transfer) {
  answer(visit, send_on_socket(visit, transfer, real_of(visit)));
}

void recv(plugin::Visit &visit, const SocketTransfer &transfer) {
  answer(visit, recv_on_socket(visit, transfer, real_of(visit)));
}

SocketPieces pieces_of(const msghdr &message) { return {message.msg_iov, message.msg_iovlen}; }

SocketTransfer sending(int descriptor, msghdr &message, const SocketPieces &pieces, int flags) {
  SocketTransfer transfer{descriptor, pieces, flags};
  transfer.to = socket_address_of(static_cast<const sockaddr *>(message.msg_name), message.msg_namelen);
  transfer.message = &message;
  return transfer;
}

SocketTransfer receiving(int descriptor, msghdr &message, const SocketPieces &pieces, int flags) {
  SocketTransfer transfer{descriptor, pieces, flags};
  transfer.from = static_cast<sockaddr *>(message.msg_name);
  transfer.from_size = &message.msg_namelen;
  transfer.message = &message;
  return transfer;
}

} // namespace

void on_socket_write(plugin::Visit &visit) { send(visit, {descriptor_of(visit), buffer_of(visit)}); }
void on_socket_writev(plugin::Visit &visit) { send(visit, {descriptor_of(visit), vector_of(visit)}); }
void on_socket_send(plugin::Visit &visit) {
  send(visit, {descriptor_of(visit), buffer_of(visit), socket_argument<int>(visit, 3)});
}

void on_socket_sendto(plugin::Visit &visit) {
  const auto *address = socket_argument<const sockaddr *>(visit, 4);
  const auto size = socket_argument<socklen_t>(visit, 5);
  send(visit,
       {descriptor_of(visit), buffer_of(visit), socket_argument<int>(visit, 3), socket_address_of(address, size)});
}

void on_socket_sendmsg(plugin::Visit &visit) {
  if (socket_argument<msghdr *>(visit, 1) == nullptr) // which the kernel refuses
    return visit.pass_on();
  auto &message = *socket_argument<msghdr *>(visit, 1); // which is only read
  send(visit, sending(descriptor_of(visit), message, pieces_of(message), socket_argument<int>(visit, 2)));
}

void on_socket_read(plugin::Visit &visit) { recv(visit, {descriptor_of(visit), buffer_of(visit)}); }
void on_socket_readv(plugin::Visit &visit) { recv(visit, {descriptor_of(visit), vector_of(visit)}); }
void on_socket_recv(plugin::Visit &visit) {
  recv(visit, {descriptor_of(visit), buffer_of(visit), socket_argument<int>(visit, 3)});
}

void on_socket_recvfrom(plugin::Visit &visit) {
  recv(visit, {descriptor_of(visit), buffer_of(visit), socket_argument<int>(visit, 3), std::nullopt,
               socket_argument<sockaddr *>(visit, 4), socket_argument<socklen_t *>(visit, 5)});
}

void on_socket_recvmsg(plugin::Visit &visit) {
  if (socket_argument<msghdr *>(visit, 1) == nullptr)
    return visit.pass_on();
  auto &message = *socket_argument<msghdr *>(visit, 1);
  recv(visit, receiving(descriptor_of(visit), message, pieces_of(message), socket_argument<int>(visit, 2)));
}

namespace {

/// One of several messages, by its index; none where the socket is none of the plugin's.
using OneMessage = std::function<std::optional<ssize_t>(mmsghdr &message, unsigned index)>;

/// As the kernel does: the first message that fails ends the call, which says how many went before; the error is the
/// next call's.
void for_each_message(plugin::Visit &visit, const OneMessage &transfer) {
  auto *const all = socket_argument<mmsghdr *>(visit, 1);
  const auto count = socket_argument<unsigned>(visit, 2);
  if (all == nullptr)
    return visit.pass_on();
  const int error = errno;
  unsigned done = 0;
  for (; done < count; ++done) {
    const std::optional<ssize_t> size = transfer(all[done], done);
    if (!size) {
      visit.pass_on();
      return;
    }
    if (*size < 0)
      break;
    all[done].msg_len = static_cast<unsigned>(*size);
  }
  if (done > 0)
    errno = error;
  visit.answer<int>(done > 0 || count == 0 ? static_cast<int>(done) : -1);
}

/// Whether the call that has messages already takes what fails, or is not there, as its end.
bool is_over(const SocketEntry &entry, int descriptor, SocketOperation operation, bool waits) {
  if (!entry.is_mocked) {
    pollfd ready{descriptor, POLLIN, 0};
    return operation == SocketOperation::recv && !waits && poll(&ready, 1, 0) != 1;
  }
  const std::shared_ptr<SocketScript> script = entry.script.lock();
  const std::vector<SocketMock *> next = script == nullptr ? std::vector<SocketMock *>() : next_steps(*script);
  const auto goes_on = [&](const SocketMock *step) { return step->operation() == operation; };
  const auto step = std::find_if(next.begin(), next.end(), goes_on);
  return step == next.end() ? !waits : (*step)->error.has_value();
}

} // namespace

void on_socket_sendmmsg(plugin::Visit &visit) {
  const int descriptor = descriptor_of(visit);
  const auto flags = socket_argument<int>(visit, 3);
  for_each_message(visit, [&](mmsghdr &message, unsigned index) -> std::optional<ssize_t> {
    const SocketHandle entry = index == 0 ? nullptr : SocketTable::all().find(descriptor);
    if (entry != nullptr && is_over(*entry, descriptor, SocketOperation::send, true))
      return -1;
    return send_on_socket(visit, sending(descriptor, message.msg_hdr, pieces_of(message.msg_hdr), flags),
                          [&] { return ::sendmsg(descriptor, &message.msg_hdr, flags); });
  });
}

void on_socket_recvmmsg(plugin::Visit &visit) {
  const int descriptor = descriptor_of(visit);
  const auto flags = socket_argument<int>(visit, 3);
  const bool has_limit = socket_argument<const timespec *>(visit, 4) != nullptr;
  const bool waits_for_all = (flags & MSG_WAITFORONE) == 0 && !has_limit && waits_on_socket(descriptor, flags);
  for_each_message(visit, [&](mmsghdr &message, unsigned index) -> std::optional<ssize_t> {
    const SocketHandle entry = index == 0 ? nullptr : SocketTable::all().find(descriptor);
    if (entry != nullptr && is_over(*entry, descriptor, SocketOperation::recv, waits_for_all))
      return -1;
    const int own = flags & ~MSG_WAITFORONE;
    return recv_on_socket(visit, receiving(descriptor, message.msg_hdr, pieces_of(message.msg_hdr), own),
                          [&] { return ::recvmsg(descriptor, &message.msg_hdr, own); });
  });
}

namespace {

/// What sendfile would send. \return none where the kernel has to say what is wrong.
std::optional<std::string> read_file(int file, const off64_t *from, std::size_t count) {
  const off64_t begin = from == nullptr ? lseek64(file, 0, SEEK_CUR) : *from;
  std::string data;
  char block[1 << 16];
  while (begin >= 0 && data.size() < count) {
    const off64_t at = begin + static_cast<off64_t>(data.size());
    const ssize_t got = pread64(file, block, std::min(sizeof block, count - data.size()), at);
    if (got < 0)
      return std::nullopt;
    if (got == 0)
      break;
    data.append(block, static_cast<std::size_t>(got));
  }
  return begin < 0 ? std::nullopt : std::optional(std::move(data));
}

/// \p Offset is off_t or off64_t.
template <class Offset> void send_file(plugin::Visit &visit) {
  const int descriptor = descriptor_of(visit);
  const int file = socket_argument<int>(visit, 1);
  auto *const place = socket_argument<Offset *>(visit, 2);
  const SocketHandle entry = SocketTable::all().find(descriptor);
  if (entry == nullptr) {
    visit.pass_on();
    return;
  }
  const int error = errno;
  off64_t begin = place == nullptr ? 0 : *place;
  std::optional<std::string> data =
      read_file(file, place == nullptr ? nullptr : &begin, socket_argument<std::size_t>(visit, 3));
  if (!data && entry->is_mocked) {
    errno = errno == ESPIPE ? EINVAL : errno;
    visit.answer<ssize_t>(-1);
    return;
  }
  errno = error;
  if (!data || data->empty()) { // nothing is sent
    visit.make_real();
    return;
  }
  const SocketPieces pieces(data->data(), data->size());
  const std::optional<ssize_t> sent = send_on_socket(visit, {descriptor, pieces}, real_of(visit));
  const bool is_played = !visit.answered();
  answer(visit, sent);
  if (!is_played || !sent || *sent < 0)
    return;
  if (place == nullptr)
    lseek64(file, *sent, SEEK_CUR);
  else
    *place = static_cast<Offset>(begin + *sent);
}

} // namespace

void on_socket_sendfile(plugin::Visit &visit) { send_file<off_t>(visit); }
void on_socket_sendfile64(plugin::Visit &visit) { send_file<off64_t>(visit); }

} // namespace tripwire::plugins
