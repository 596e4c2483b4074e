#include "transfer.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/single_threaded.h>

#include <algorithm>
#include <chrono>

namespace tripwire::plugins {

namespace {

/// What a datagram's address has that is a path: assertions may name it, as they name those of others.
constexpr int no_port = 0;

void add_flags(plugin::Description &call, int flags) {
  call.field("flags", SocketFlags{flags}, flags == 0 ? plugin::Need::optional : plugin::Need::required);
}

bool is_unconnected(const SocketEntry &entry) { return !entry.is_mocked && entry.state == SocketState::disconnected; }

/// How much was taken has to be asserted where it was not all.
void note_taken(const plugin::Recorded &recorded, std::size_t taken, std::size_t of) {
  recorded.field("size", taken, taken < of ? plugin::Need::required : plugin::Need::optional);
}

ssize_t make_real(const RealTransfer &real, const plugin::Recorded &recorded) {
  const ssize_t result = real();
  if (result < 0) {
    const int error = errno;
    fail_on_socket(error, recorded);
  }
  return result;
}

ssize_t fail(int error, const plugin::Recorded &recorded) {
  fail_on_socket(error, recorded);
  return failed;
}

ssize_t not_recorded(int error) {
  errno = error;
  return failed;
}

/// Whether a send gives the socket an address, or connects it.
bool may_open(const SocketEntry &entry, const SocketTransfer &transfer) {
  return transfer.to && (entry.is_datagram() || (transfer.flags & MSG_FASTOPEN) != 0);
}

SocketOperation opening_of(const SocketEntry &entry) {
  return entry.is_datagram() ? SocketOperation::send : SocketOperation::connect;
}

/// `SCM_RIGHTS`
std::string name_of_control(const cmsghdr &header) {
  const int level = header.cmsg_level;
  const int type = header.cmsg_type;
  if (level == SOL_SOCKET && (type == SCM_RIGHTS || type == SCM_CREDENTIALS))
    return type == SCM_RIGHTS ? "SCM_RIGHTS" : "SCM_CREDENTIALS";
  if ((level == IPPROTO_IP && type == IP_PKTINFO) || (level == IPPROTO_IPV6 && type == IPV6_PKTINFO))
    return level == IPPROTO_IP ? "IP_PKTINFO" : "IPV6_PKTINFO";
  return "ancillary data of level " + std::to_string(level) + " and type " + std::to_string(type);
}

constexpr const char *no_ancillary_data = ", and a script says nothing of ancillary data";

void check_control(plugin::Visit &visit, const SocketEntry &entry, const SocketTransfer &transfer) {
  if (transfer.message == nullptr || transfer.message->msg_controllen == 0)
    return;
  std::string names;
  for (cmsghdr *one = CMSG_FIRSTHDR(transfer.message); one != nullptr; one = CMSG_NXTHDR(transfer.message, one))
    names += (names.empty() ? "" : " and ") + name_of_control(*one);
  refuse_unplayed(visit, entry, "it sends " + (names.empty() ? "ancillary data" : names) + no_ancillary_data);
}

/// What the kernel would have to add to each message, where the program has asked for it.
void check_control_of_recv(plugin::Visit &visit, const SocketEntry &entry, const SocketTransfer &transfer) {
  int is_wanted = 0;
  socklen_t size = sizeof is_wanted;
  if (transfer.message != nullptr && transfer.message->msg_controllen != 0 &&
      getsockopt(entry.kept, SOL_SOCKET, SO_PASSCRED, &is_wanted, &size) == 0 && is_wanted != 0)
    refuse_unplayed(visit, entry, "it wants SCM_CREDENTIALS (SO_PASSCRED)" + std::string(no_ancillary_data));
}

/// A recv of all that fits waits for more than one step may have: it ends with the stream, by an error, or in time.
void check_whole(plugin::Visit &visit, const SocketEntry &entry, const SocketTransfer &transfer) {
  const bool is_whole = (transfer.flags & MSG_WAITALL) != 0 && !entry.keeps_messages() &&
                        waits_on_socket(transfer.descriptor, transfer.flags) && !limit_of_recv(entry);
  const std::shared_ptr<SocketScript> script = is_whole ? entry.script.lock() : nullptr;
  if (script == nullptr)
    return;
  const std::vector<SocketMock *> to_come = steps_to_come(*script);
  const auto is_recv = [](const SocketMock *step) { return step->operation() == SocketOperation::recv; };
  const auto step = std::find_if(to_come.begin(), to_come.end(), is_recv);
  const std::size_t size = transfer.pieces.size();
  if (step == to_come.end() || (*step)->error || (*step)->data.empty() || (*step)->data.size() >= size)
    return;
  const bool ends = step + 1 != to_come.end() && is_recv(step[1]) && (step[1]->error || step[1]->data.empty());
  if (!ends)
    refuse_unplayed(visit, entry,
                    "MSG_WAITALL waits for " + std::to_string(size - (*step)->data.size()) +
                        " bytes more than this expect_recv has\n  say in one expect_recv what arrives for one call, or "
                        "behind it what ends it, such as expect_recv(\"\")");
}

/// What was shut down sends nothing, whatever the script says.
void check_shut(plugin::Visit &visit, const SocketEntry &entry) {
  const std::shared_ptr<SocketScript> script = entry.is_send_shut ? entry.script.lock() : nullptr;
  if (script == nullptr)
    return;
  for (const SocketMock *step : next_steps(*script))
    if (step->operation() == SocketOperation::send && step->error)
      return;
  refuse_shut(visit, entry);
}

ssize_t send_mocked(SocketEntry &entry, const SocketTransfer &transfer, const plugin::Decision &decision) {
  const SocketMock &step = *decision.as<SocketMock>();
  if (!step.error && !entry.is_mocked) {
    entry.address = transfer.to;
    open_session(entry, step, opening_of(entry));
  }
  const std::size_t size = transfer.pieces.size();
  const std::size_t taken = std::min(step.taken.value_or(size), size);
  refresh_socket(entry, step.error == EAGAIN || taken < size ? SocketChange::writable : SocketChange::none);
  if (step.error)
    return fail(*step.error, decision.recorded);
  note_taken(decision.recorded, taken, size);
  return static_cast<ssize_t>(taken);
}

void note_source(const SocketAddress &from, const plugin::Recorded &recorded) {
  recorded.field("host", from.host);
  if (from.has_port())
    recorded.field("port", from.port);
  else
    recorded.field("port", no_port, plugin::Need::optional);
}

ssize_t recv_real(const SocketEntry &entry, const SocketTransfer &transfer, const plugin::Decision &decision,
                  const RealTransfer &real) {
  const ssize_t got = make_real(real, decision.recorded);
  if (got < 0)
    return got;
  const int error = errno;
  decision.recorded.field("data", transfer.pieces.read(static_cast<std::size_t>(got)));
  if (entry.is_datagram() && transfer.from != nullptr && transfer.from_size != nullptr)
    if (const std::optional<SocketAddress> from = socket_address_of(transfer.from, *transfer.from_size))
      note_source(*from, decision.recorded);
  errno = error;
  return got;
}

ssize_t recv_mocked(SocketEntry &entry, const SocketTransfer &transfer, const plugin::Decision &decision) {
  SocketMock &step = *decision.as<SocketMock>();
  const std::string data = step.data.substr(0, transfer.pieces.size());
  const bool is_peek = (transfer.flags & MSG_PEEK) != 0;
  const bool is_truncating = (transfer.flags & MSG_TRUNC) != 0;
  const bool keeps_messages = entry.keeps_messages();
  const bool is_end = step.data.empty() && !entry.is_datagram();
  if (keeps_messages || !is_truncating) // of a stream what is read so is thrown away, and the buffer may be none
    transfer.pieces.write(data);
  decision.recorded.field("data", data);
  const bool is_cut = keeps_messages && data.size() < step.data.size();
  const auto whole = static_cast<ssize_t>(step.data.size());
  if (transfer.message != nullptr) {
    transfer.message->msg_flags = is_cut ? MSG_TRUNC : 0;
    transfer.message->msg_controllen = 0;
  }
  if (!is_peek && !keeps_messages)
    step.data.erase(0, data.size());
  if (is_peek || (!keeps_messages && !step.data.empty()))
    step.set_times(1); // the rest waits for the next call
  if (step.is_addressed && (transfer.from != nullptr || entry.is_datagram())) {
    const SocketAddress from = socket_address_named(step.host, step.port);
    write_socket_address(from, transfer.from, transfer.from_size);
    note_source(from, decision.recorded);
  } else if (entry.peer && !entry.is_datagram() && transfer.from_size != nullptr) {
    *transfer.from_size = 0; // as the kernel does for a stream
  } else if (entry.peer) {
    write_socket_address(*entry.peer, transfer.from, transfer.from_size);
  }
  if (is_end && !is_peek) {
    const std::lock_guard<std::mutex> lock(entry.mutex);
    entry.has_ended = true;
  }
  refresh_socket(entry, step.exhausted() && !is_end ? SocketChange::readable : SocketChange::none);
  return is_cut && is_truncating ? whole : static_cast<ssize_t>(data.size());
}

enum class Arrival : unsigned char {
  there,
  nothing,
  end, ///< of the stream, which was read before
  never,
};

/// Whether the script goes on with a recv. Where it does so later, and other threads may bring it there, they are
/// waited for as long as the program would wait, or our patience lasts. \return never when it would be for ever.
Arrival await(SocketEntry &entry, const SocketTransfer &transfer) {
  std::unique_lock<std::mutex> lock(entry.mutex);
  if (entry.has_recv_next())
    return Arrival::there;
  if (entry.is_at_end())
    return Arrival::end;
  if (!waits_on_socket(transfer.descriptor, transfer.flags))
    return Arrival::nothing;
  const auto limit = limit_of_recv(entry);
  if (entry.may_become_readable() && __libc_single_threaded == 0) {
    const std::chrono::nanoseconds patience = socket_patience;
    entry.changed.wait_for(lock, std::min(limit.value_or(patience), patience), [&] {
      return entry.state == SocketState::closed || entry.has_recv_next() || entry.is_at_end();
    });
    if (entry.state == SocketState::closed)
      return Arrival::never; // which the state of the socket refuses
    if (entry.has_recv_next())
      return Arrival::there;
    if (entry.is_at_end())
      return Arrival::end;
  }
  return limit ? Arrival::nothing : Arrival::never;
}

} // namespace

std::size_t SocketPieces::size() const {
  std::size_t sum = 0;
  for (std::size_t index = 0; index < count_; ++index)
    sum += all_[index].iov_len;
  return sum;
}

std::string SocketPieces::read(std::size_t size) const {
  std::string data;
  for (std::size_t index = 0; index < count_ && data.size() < size; ++index)
    if (all_[index].iov_len != 0)
      data.append(static_cast<const char *>(all_[index].iov_base), std::min(all_[index].iov_len, size - data.size()));
  return data;
}

void SocketPieces::write(std::string_view data) const {
  for (std::size_t index = 0; index < count_ && !data.empty(); ++index) {
    const std::size_t size = std::min(all_[index].iov_len, data.size());
    if (size != 0)
      std::memcpy(all_[index].iov_base, data.data(), size);
    data.remove_prefix(size);
  }
}

std::optional<std::chrono::nanoseconds> limit_of_recv(const SocketEntry &entry) {
  timeval limit{};
  socklen_t size = sizeof limit;
  if (getsockopt(entry.kept, SOL_SOCKET, SO_RCVTIMEO, &limit, &size) != 0 || (limit.tv_sec == 0 && limit.tv_usec == 0))
    return std::nullopt;
  return std::chrono::seconds(limit.tv_sec) + std::chrono::microseconds(limit.tv_usec);
}

bool waits_on_socket(int descriptor, int flags) {
  return (flags & MSG_DONTWAIT) == 0 && (fcntl(descriptor, F_GETFL) & O_NONBLOCK) == 0;
}

std::optional<ssize_t> send_on_socket(plugin::Visit &visit, const SocketTransfer &transfer, const RealTransfer &real) {
  const SocketHandle entry = transfer.to ? SocketTable::all().find_or_adopt(transfer.descriptor)
                                         : SocketTable::all().find(transfer.descriptor);
  if (entry == nullptr)
    return std::nullopt;
  if (is_unconnected(*entry) && !may_open(*entry, transfer)) {
    check_socket_state(visit, *entry, name_of(SocketOperation::send));
    return real(); // the kernel says what is wrong
  }
  std::unique_lock<std::recursive_mutex> turn(entry->turn, std::defer_lock);
  if (entry->is_mocked || is_unconnected(*entry))
    turn.lock();
  if (entry->is_mocked && entry->state != SocketState::closed) {
    check_control(visit, *entry, transfer);
    check_shut(visit, *entry);
  }
  const std::size_t size = transfer.pieces.size();
  plugin::Description call =
      describe_on_socket(*entry, SocketOperation::send, transfer.to ? transfer.to : entry->address);
  call.field("data", transfer.pieces.read(size));
  add_flags(call, transfer.flags);
  if (transfer.to) {
    describe_socket_address(call, *transfer.to);
    if (!transfer.to->has_port())
      call.field("port", no_port, plugin::Need::optional);
  }
  const plugin::Decision decision = present_on_socket(visit, *entry, std::move(call), SocketOperation::send);
  if (!decision.real()) {
    check_control(visit, *entry, transfer); // of the datagram that begins a session
    return send_mocked(*entry, transfer, decision);
  }
  entry->is_let_through = true;
  const ssize_t sent = make_real(real, decision.recorded);
  if (sent >= 0)
    note_taken(decision.recorded, static_cast<std::size_t>(sent), size);
  if (sent >= 0 && is_unconnected(*entry)) {
    entry->advance(name_of(opening_of(*entry)));
    entry->address = transfer.to;
    visit.opened(entry->handle(), decision);
  }
  return sent;
}

std::optional<ssize_t> recv_on_socket(plugin::Visit &visit, const SocketTransfer &transfer, const RealTransfer &real) {
  const SocketHandle entry = SocketTable::all().find(transfer.descriptor);
  if (entry == nullptr)
    return std::nullopt;
  if (is_unconnected(*entry)) {
    check_socket_state(visit, *entry, name_of(SocketOperation::recv));
    return real(); // the kernel says what is wrong
  }
  std::unique_lock<std::recursive_mutex> turn(entry->turn, std::defer_lock);
  if (entry->is_mocked && entry->state != SocketState::closed) {
    if ((transfer.flags & (MSG_ERRQUEUE | MSG_OOB)) != 0) // of which there is never any
      return not_recorded((transfer.flags & MSG_OOB) != 0 ? EINVAL : EAGAIN);
    Arrival arrival = await(*entry, transfer);
    turn.lock();
    while (arrival == Arrival::there && !entry->has_recv_next()) { // another thread was quicker
      turn.unlock();
      arrival = await(*entry, transfer);
      turn.lock();
    }
    if (arrival == Arrival::nothing)
      return not_recorded(EAGAIN);
    if (arrival == Arrival::end)
      return 0; // as often as it is asked for, and nothing has happened
    check_control_of_recv(visit, *entry, transfer);
    check_whole(visit, *entry, transfer);
  }
  plugin::Description call = describe_on_socket(*entry, SocketOperation::recv, entry->address);
  call.field("size", transfer.pieces.size());
  add_flags(call, transfer.flags);
  const plugin::Decision decision = present_on_socket(visit, *entry, std::move(call), SocketOperation::recv);
  if (decision.real())
    return recv_real(*entry, transfer, decision, real);
  if (const std::optional<int> error = decision.as<SocketMock>()->error) {
    refresh_socket(*entry);
    return fail(*error, decision.recorded);
  }
  return recv_mocked(*entry, transfer, decision);
}

} // namespace tripwire::plugins
