// send, recv and their kin, read and write --> what goes out is compared, what comes in is the script's
#include "handlers.hpp"

#include <fcntl.h>
#include <sys/uio.h>

#include <algorithm>
#include <string>

namespace tripwire::plugins {

namespace {

constexpr ssize_t failed = -1;

/// Memory of the program, in as many pieces as it likes.
class Pieces {
public:
  Pieces(void *begin, std::size_t size) : one_{begin, size}, all_(&one_), count_(1) {}
  Pieces(const iovec *all, std::size_t count) : one_{}, all_(all), count_(count) {}
  Pieces(const Pieces &) = delete;
  Pieces &operator=(const Pieces &) = delete;

  std::size_t size() const {
    std::size_t sum = 0;
    for (std::size_t index = 0; index < count_; ++index)
      sum += all_[index].iov_len;
    return sum;
  }
  /// What stands in the first \p size bytes.
  std::string read(std::size_t size) const {
    std::string data;
    for (std::size_t index = 0; index < count_ && data.size() < size; ++index)
      if (all_[index].iov_len != 0)
        data.append(static_cast<const char *>(all_[index].iov_base), std::min(all_[index].iov_len, size - data.size()));
    return data;
  }
  void write(std::string_view data) const {
    for (std::size_t index = 0; index < count_ && !data.empty(); ++index) {
      const std::size_t size = std::min(all_[index].iov_len, data.size());
      if (size != 0)
        std::memcpy(all_[index].iov_base, data.data(), size);
      data.remove_prefix(size);
    }
  }

private:
  iovec one_;
  const iovec *all_;
  std::size_t count_;
};

/// One call, by whichever function.
struct Transfer {
  int descriptor;
  const Pieces &pieces;
  int flags = 0;
  // Of a send:
  std::optional<SocketAddress> to{};
  // Of a recv: where the program wants to know it.
  sockaddr *from = nullptr;
  socklen_t *from_size = nullptr;
  int *flags_out = nullptr;
};

void add_flags(plugin::Description &call, int flags) {
  call.field("flags", SocketFlags{flags}, flags == 0 ? plugin::Need::optional : plugin::Need::required);
}

bool is_unconnected(const SocketEntry &entry) { return !entry.is_mocked && entry.state == SocketState::disconnected; }

/// How much was taken has to be asserted where it was not all.
void note_taken(const plugin::Recorded &recorded, std::size_t taken, std::size_t of) {
  recorded.field("size", taken, taken < of ? plugin::Need::required : plugin::Need::optional);
}

void send(plugin::Visit &visit, const Transfer &transfer) {
  SocketHandle entry = transfer.to ? SocketTable::all().find_or_adopt(transfer.descriptor)
                                   : SocketTable::all().find(transfer.descriptor);
  if (entry == nullptr) {
    visit.pass_on();
    return;
  }
  if (is_unconnected(*entry) && !transfer.to) {
    visit.make_real(); // the kernel says what is wrong
    return;
  }
  const std::size_t size = transfer.pieces.size();
  plugin::Description call =
      describe_on_socket(*entry, SocketOperation::send, transfer.to ? transfer.to : entry->address);
  call.field("data", transfer.pieces.read(size));
  add_flags(call, transfer.flags);
  if (transfer.to)
    describe_socket_address(call, *transfer.to);
  const plugin::Decision decision = present_on_socket(visit, *entry, std::move(call), SocketOperation::send);
  if (decision.real()) {
    const auto sent = make_real_on_socket<ssize_t>(visit, decision.recorded);
    if (sent >= 0)
      note_taken(decision.recorded, static_cast<std::size_t>(sent), size);
    if (sent >= 0 && is_unconnected(*entry)) {
      entry->state = SocketState::bound;
      entry->address = transfer.to;
      visit.opened(static_cast<std::uintptr_t>(transfer.descriptor), decision);
    }
    return;
  }
  const SocketMock &step = *decision.as<SocketMock>();
  if (!step.error && !entry->is_mocked) {
    entry->address = transfer.to;
    open_session(*entry, step, SocketState::bound);
  }
  refresh_socket(*entry);
  if (step.error) {
    fail_on_socket(*step.error, decision.recorded);
    visit.answer<ssize_t>(failed);
    return;
  }
  const std::size_t taken = std::min(step.taken.value_or(size), size);
  note_taken(decision.recorded, taken, size);
  visit.answer<ssize_t>(static_cast<ssize_t>(taken));
}

bool waits(const SocketEntry &entry, int flags) {
  return (flags & MSG_DONTWAIT) == 0 && (fcntl(entry.descriptor, F_GETFL) & O_NONBLOCK) == 0;
}

/// Whether the script goes on with a recv, if only one that fails.
bool has_recv_next(const SocketEntry &entry) {
  const std::shared_ptr<SocketScript> script = entry.script.lock();
  if (script == nullptr)
    return false;
  const std::vector<SocketMock *> next = next_steps(*script);
  return std::any_of(next.begin(), next.end(),
                     [](const SocketMock *step) { return step->operation() == SocketOperation::recv; });
}

void note_source(const Transfer &transfer, const SocketAddress &from, const plugin::Recorded &recorded) {
  write_socket_address(from, transfer.from, transfer.from_size);
  recorded.field("host", from.host);
  if (from.has_port())
    recorded.field("port", from.port);
}

void recv_real(plugin::Visit &visit, const SocketEntry &entry, const Transfer &transfer,
               const plugin::Decision &decision) {
  const auto got = make_real_on_socket<ssize_t>(visit, decision.recorded);
  if (got < 0)
    return;
  const int error = errno;
  decision.recorded.field("data", transfer.pieces.read(static_cast<std::size_t>(got)));
  if (entry.is_datagram() && transfer.from != nullptr && transfer.from_size != nullptr)
    if (const std::optional<SocketAddress> from = socket_address_of(transfer.from, *transfer.from_size)) {
      decision.recorded.field("host", from->host);
      if (from->has_port())
        decision.recorded.field("port", from->port);
    }
  errno = error;
}

void recv_mocked(plugin::Visit &visit, const SocketEntry &entry, const Transfer &transfer,
                 const plugin::Decision &decision) {
  SocketMock &step = *decision.as<SocketMock>();
  const std::string data = step.data.substr(0, transfer.pieces.size());
  transfer.pieces.write(data);
  decision.recorded.field("data", data);
  const bool is_cut = entry.is_datagram() && data.size() < step.data.size();
  const bool is_peek = (transfer.flags & MSG_PEEK) != 0;
  if (transfer.flags_out != nullptr)
    *transfer.flags_out = is_cut ? MSG_TRUNC : 0;
  const auto whole = static_cast<ssize_t>(step.data.size());
  const bool wants_whole = is_cut && (transfer.flags & MSG_TRUNC) != 0;
  if (!is_peek && !entry.is_datagram())
    step.data.erase(0, data.size());
  if (is_peek || (!entry.is_datagram() && !step.data.empty()))
    step.set_times(1); // the rest waits for the next call
  if (step.is_addressed && (transfer.from != nullptr || entry.is_datagram())) {
    note_source(transfer, socket_address_named(step.host, step.port), decision.recorded);
  } else if (entry.peer && !entry.is_datagram() && transfer.from_size != nullptr) {
    *transfer.from_size = 0; // as the kernel does for a stream
  } else if (entry.peer) {
    write_socket_address(*entry.peer, transfer.from, transfer.from_size);
  }
  visit.answer<ssize_t>(wants_whole ? whole : static_cast<ssize_t>(data.size()));
}

void recv(plugin::Visit &visit, const Transfer &transfer) {
  const SocketHandle entry = SocketTable::all().find(transfer.descriptor);
  if (entry == nullptr) {
    visit.pass_on();
    return;
  }
  if (is_unconnected(*entry)) {
    visit.make_real(); // the kernel says what is wrong
    return;
  }
  if (entry->is_mocked && entry->state != SocketState::closed && !has_recv_next(*entry) &&
      !waits(*entry, transfer.flags)) {
    errno = EAGAIN; // nothing has arrived, and nothing has happened
    visit.answer<ssize_t>(failed);
    return;
  }
  plugin::Description call = describe_on_socket(*entry, SocketOperation::recv, entry->address);
  call.field("size", transfer.pieces.size());
  add_flags(call, transfer.flags);
  const plugin::Decision decision = present_on_socket(visit, *entry, std::move(call), SocketOperation::recv);
  if (decision.real()) {
    recv_real(visit, *entry, transfer, decision);
    return;
  }
  if (const std::optional<int> error = decision.as<SocketMock>()->error) {
    refresh_socket(*entry);
    fail_on_socket(*error, decision.recorded);
    visit.answer<ssize_t>(failed);
    return;
  }
  recv_mocked(visit, *entry, transfer, decision);
  refresh_socket(*entry);
}

int descriptor_of(const plugin::Visit &visit) { return socket_argument<int>(visit, 0); }

Pieces buffer_of(const plugin::Visit &visit) {
  return {socket_argument<void *>(visit, 1), socket_argument<std::size_t>(visit, 2)};
}

Pieces vector_of(const plugin::Visit &visit) {
  return {socket_argument<const iovec *>(visit, 1),
          static_cast<std::size_t>(std::max(0, socket_argument<int>(visit, 2)))};
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
  const auto *message = socket_argument<const msghdr *>(visit, 1);
  const Pieces pieces(message->msg_iov, message->msg_iovlen);
  send(visit, {descriptor_of(visit), pieces, socket_argument<int>(visit, 2),
               socket_address_of(static_cast<const sockaddr *>(message->msg_name), message->msg_namelen)});
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
  auto *message = socket_argument<msghdr *>(visit, 1);
  const Pieces pieces(message->msg_iov, message->msg_iovlen);
  recv(visit, {descriptor_of(visit), pieces, socket_argument<int>(visit, 2), std::nullopt,
               static_cast<sockaddr *>(message->msg_name), &message->msg_namelen, &message->msg_flags});
}

} // namespace tripwire::plugins
