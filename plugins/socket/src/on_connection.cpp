// socket, connect, bind, listen, accept, shutdown, close --> sessions taken and ended, or the real socket
#include "epoll_sets.hpp"
#include "handlers.hpp"
#include "transfer.hpp"

namespace tripwire::plugins {

namespace {

/// The port of a socket to which the program gave none.
constexpr int some_port = 49152;

bool is_followed(int domain, int type) {
  const int kind = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  return (domain == AF_INET || domain == AF_INET6 || domain == AF_UNIX) &&
         (kind == SOCK_STREAM || kind == SOCK_DGRAM || kind == SOCK_SEQPACKET);
}

int make_real(plugin::Visit &visit) {
  visit.make_real();
  return visit.result<int>();
}

SocketAddress own_address(const SocketAddress &peer) {
  switch (peer.family) {
  case AF_INET:
    return {AF_INET, "127.0.0.1", some_port};
  case AF_INET6:
    return {AF_INET6, "::1", some_port};
  case AF_VSOCK:
    return {AF_VSOCK, "2", some_port};
  default:
    return {peer.family, "", 0};
  }
}

/// Who the client is. One of a UNIX socket that the test gives no path has none.
SocketAddress client_of(const SocketMock &step, const SocketEntry &listener) {
  if (listener.local && listener.local->family == AF_VSOCK)
    return {AF_VSOCK, step.host, step.port};
  SocketAddress from = socket_address_named(step.host, step.port);
  const bool is_unix = listener.local && listener.local->family == AF_UNIX;
  return is_unix && from.has_port() ? SocketAddress{AF_UNIX, "", 0} : from;
}

void advance(SocketEntry &entry, SocketOperation operation) {
  const std::lock_guard<std::mutex> lock(entry.mutex);
  entry.advance(name_of(operation));
}

/// connect(AF_UNSPEC): a datagram socket has no peer any more.
int disconnect(plugin::Visit &visit, SocketEntry &entry) {
  if (!entry.is_datagram())
    refuse_unplayed(visit, entry, "it takes the connection back");
  check_socket_state(visit, entry, "disconnect");
  const std::lock_guard<std::mutex> lock(entry.mutex);
  entry.peer.reset();
  entry.advance("disconnect");
  return 0;
}

} // namespace

int on_socket_made(plugin::Visit &visit, int domain, int type, int) {
  SocketTable::all().sweep();
  const int descriptor = make_real(visit);
  if (descriptor >= 0 && is_followed(domain, type))
    SocketTable::all().add(descriptor, type);
  return descriptor;
}

int on_socket_connect(plugin::Visit &visit, int descriptor, const sockaddr *address, socklen_t size) {
  const std::optional<SocketAddress> to = socket_address_of(address, size);
  if (address != nullptr && size >= sizeof(sa_family_t) && address->sa_family == AF_UNSPEC)
    if (const SocketHandle entry = SocketTable::all().find(descriptor); entry != nullptr && entry->is_mocked)
      return disconnect(visit, *entry);
  const SocketHandle entry = to ? SocketTable::all().find_or_adopt(descriptor) : nullptr;
  if (entry == nullptr)
    return make_real(visit);
  if (entry->is_mocked && entry->state == SocketState::connected && !entry->is_datagram()) {
    // As the kernel says it, to a program that asks how an attempt ended.
    const std::lock_guard<std::mutex> lock(entry->mutex);
    const int error = std::exchange(entry->error_later, 0);
    errno = !entry->has_failed ? EISCONN : error != 0 ? error : ECONNABORTED;
    return failed;
  }
  plugin::Description call = describe_on_socket(*entry, SocketOperation::connect, to);
  describe_socket_address(call, *to);
  const plugin::Decision decision = present_on_socket(visit, *entry, std::move(call), SocketOperation::connect);
  entry->address = to;
  if (decision.real()) {
    entry->is_let_through = true;
    const int result = make_real_on_socket<int>(visit, decision.recorded);
    if (result == 0 || errno == EINPROGRESS) {
      advance(*entry, SocketOperation::connect);
      visit.opened(entry->handle(), decision);
    }
    return result;
  }
  const SocketMock &step = *decision.as<SocketMock>();
  if (step.error) {
    fail_on_socket(*step.error, decision.recorded);
    return failed;
  }
  const int error = errno;
  entry->peer = to;
  if (!entry->local)
    entry->local = own_address(*to);
  entry->error_later = step.error_later;
  entry->has_failed = step.error_later != 0;
  open_session(*entry, step, SocketOperation::connect);
  refresh_socket(*entry);
  errno = error;
  if (!step.is_in_progress)
    return 0;
  fail_on_socket(EINPROGRESS, decision.recorded);
  return failed;
}

int on_socket_bind(plugin::Visit &visit, int descriptor, const sockaddr *address, socklen_t size) {
  const std::optional<SocketAddress> to = socket_address_of(address, size);
  const SocketHandle entry = to ? SocketTable::all().find_or_adopt(descriptor) : nullptr;
  if (entry == nullptr)
    return make_real(visit);
  plugin::Description call = describe_on_socket(*entry, SocketOperation::bind, to);
  describe_socket_address(call, *to);
  const plugin::Decision decision = present_on_socket(visit, *entry, std::move(call), SocketOperation::bind);
  entry->address = to;
  if (decision.real()) {
    entry->is_let_through = true;
    const int result = make_real_on_socket<int>(visit, decision.recorded);
    if (result == 0) {
      advance(*entry, SocketOperation::bind);
      visit.opened(entry->handle(), decision);
    }
    return result;
  }
  const SocketMock &step = *decision.as<SocketMock>();
  if (step.error) {
    fail_on_socket(*step.error, decision.recorded);
    return failed;
  }
  const int error = errno;
  entry->local = to;
  if (to->has_port() && to->port == 0)
    entry->local->port = some_port;
  open_session(*entry, step, SocketOperation::bind);
  refresh_socket(*entry);
  errno = error;
  return 0;
}

int on_socket_listen(plugin::Visit &visit, int descriptor, int backlog) {
  const SocketHandle entry = SocketTable::all().find(descriptor);
  if (entry == nullptr)
    return visit.pass_on<int>();
  plugin::Description call = describe_on_socket(*entry, SocketOperation::listen, entry->address);
  call.field("backlog", backlog);
  const plugin::Decision decision = present_on_socket(visit, *entry, std::move(call), SocketOperation::listen);
  if (decision.real()) {
    entry->is_let_through = true;
    const int result = make_real_on_socket<int>(visit, decision.recorded);
    if (result == 0 && entry->state == SocketState::disconnected)
      visit.opened(entry->handle(), decision);
    if (result == 0)
      advance(*entry, SocketOperation::listen);
    return result;
  }
  const SocketMock &step = *decision.as<SocketMock>();
  if (step.error) {
    fail_on_socket(*step.error, decision.recorded);
    return failed;
  }
  const int error = errno;
  if (entry->is_mocked)
    advance(*entry, SocketOperation::listen);
  else
    open_session(*entry, step, SocketOperation::listen);
  refresh_socket(*entry);
  errno = error;
  return 0;
}

namespace {

int accept_real(plugin::Visit &visit, const SocketEntry &listener, const plugin::Decision &decision) {
  const int descriptor = make_real_on_socket<int>(visit, decision.recorded);
  if (descriptor < 0)
    return failed;
  const SocketHandle made = SocketTable::all().add(descriptor, listener.type);
  made->advance(name_of(SocketOperation::connect)); // as the client has done
  made->address = listener.address;
  visit.opened(made->handle(), decision);
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  auto *const place = reinterpret_cast<sockaddr *>(&from);
  if (getpeername(descriptor, place, &size) == 0)
    if (const std::optional<SocketAddress> peer = socket_address_of(place, size)) {
      decision.recorded.field("host", peer->host);
      if (peer->has_port())
        decision.recorded.field("port", peer->port);
    }
  return descriptor;
}

} // namespace

int on_socket_accept(plugin::Visit &visit, int descriptor, sockaddr *address, socklen_t *size, int flags) {
  const SocketHandle listener = SocketTable::all().find(descriptor);
  if (listener == nullptr)
    return visit.pass_on<int>();
  if (!listener->is_mocked)
    check_socket_state(visit, *listener, name_of(SocketOperation::accept));
  std::unique_lock<std::recursive_mutex> turn(listener->turn, std::defer_lock);
  if (listener->is_mocked)
    turn.lock();
  if (listener->is_mocked && listener->state == SocketState::listening && !listener->is_readable() &&
      (!waits_on_socket(descriptor, 0) || limit_of_recv(*listener))) {
    errno = EAGAIN; // nobody has come, and nothing has happened
    return failed;
  }
  plugin::Description call = describe_on_socket(*listener, SocketOperation::accept, listener->address);
  const plugin::Decision decision = present_on_socket(visit, *listener, std::move(call), SocketOperation::accept);
  if (decision.real())
    return accept_real(visit, *listener, decision);
  const SocketMock &step = *decision.as<SocketMock>();
  if (step.error) {
    fail_on_socket(*step.error, decision.recorded);
    refresh_socket(*listener);
    return failed;
  }
  const SocketAddress from = client_of(step, *listener);
  decision.recorded.field("host", from.host);
  if (from.has_port())
    decision.recorded.field("port", from.port);
  const int error = errno;
  const int made = ::socket(from.family, SOCK_STREAM | (flags & (SOCK_NONBLOCK | SOCK_CLOEXEC)), 0);
  if (made < 0)
    return failed; // as it really is
  const SocketHandle entry = SocketTable::all().add(made, SOCK_STREAM);
  entry->peer = from;
  entry->local = listener->local;
  entry->address = listener->address;
  open_session(*entry, step, SocketOperation::connect); // which the client has done
  write_socket_address(from, address, size);
  refresh_socket(*entry);
  refresh_socket(*listener);
  errno = error;
  return made;
}

int on_socket_shutdown(plugin::Visit &visit, int descriptor, int how) {
  const SocketHandle entry = SocketTable::all().find(descriptor);
  if (entry == nullptr || (!entry->is_mocked && entry->state == SocketState::disconnected))
    return entry == nullptr ? visit.pass_on<int>() : make_real(visit);
  plugin::Description call = describe_on_socket(*entry, SocketOperation::shutdown, entry->address);
  call.field("how", SocketHow{how});
  const plugin::Decision decision = present_on_socket(visit, *entry, std::move(call), SocketOperation::shutdown);
  if (decision.real())
    return make_real_on_socket<int>(visit, decision.recorded);
  if (const std::optional<int> error = decision.as<SocketMock>()->error) {
    fail_on_socket(*error, decision.recorded);
    return failed;
  }
  {
    const std::lock_guard<std::mutex> lock(entry->mutex);
    entry->is_recv_shut = entry->is_recv_shut || how != SHUT_WR;
    entry->is_send_shut = entry->is_send_shut || how != SHUT_RD;
  }
  refresh_socket(*entry);
  return 0;
}

plugin::Decision present_close_on_socket(plugin::Visit &visit, SocketEntry &entry) {
  const bool is_in_use = entry.is_mocked || entry.state != SocketState::disconnected;
  if (entry.state != SocketState::closed && (!is_in_use || !visit.in_sandbox()))
    return {};
  return present_on_socket(visit, entry, describe_on_socket(entry, SocketOperation::close, entry.address),
                           SocketOperation::close);
}

namespace {

int close_mocked(plugin::Visit &visit, const SocketHandle &entry, int descriptor) {
  if (entry->state == SocketState::closed && entry->book.expired()) {
    errno = EBADF; // closed in a test that has ended
    return failed;
  }
  const int error = errno;
  if (entry->state != SocketState::closed && SocketTable::all().close_copy(entry, descriptor)) {
    errno = error;
    return 0; // the connection goes on
  }
  const plugin::Decision decision = present_close_on_socket(visit, *entry);
  const std::optional<int> fails = decision.mock == nullptr ? std::nullopt : decision.as<SocketMock>()->error;
  if (fails)
    fail_on_socket(*fails, decision.recorded);
  {
    const std::lock_guard<std::mutex> lock(entry->mutex);
    entry->retire(descriptor); // also when it fails, as the kernel does
  }
  errno = fails.value_or(error);
  return fails ? failed : 0;
}

} // namespace

int on_socket_close(plugin::Visit &visit, int descriptor) {
  EpollSets::all().closed(descriptor);
  const SocketHandle entry = SocketTable::all().find(descriptor);
  if (entry == nullptr)
    return visit.pass_on<int>();
  if (entry->is_mocked)
    return close_mocked(visit, entry, descriptor);
  const bool is_last = entry->is_last_number();
  const plugin::Decision decision = is_last ? present_close_on_socket(visit, *entry) : plugin::Decision();
  if (is_last)
    visit.closed(entry->handle());
  SocketTable::all().forget(descriptor); // first: another thread may get the number
  return make_real_on_socket<int>(visit, decision.recorded);
}

} // namespace tripwire::plugins
