// what is asked of a mocked socket --> the socket that the program made, and the addresses of the script
#include "handlers.hpp"

#include <linux/sockios.h>
#include <sys/ioctl.h>

namespace tripwire::plugins {

namespace {

/// Null where the call is answered already, or none of ours.
SocketHandle mocked(plugin::Visit &visit) {
  SocketHandle entry = SocketTable::all().find(socket_argument<int>(visit, 0));
  if (entry == nullptr || !entry->is_mocked) {
    visit.pass_on();
    return nullptr;
  }
  if (entry->state != SocketState::closed)
    return entry;
  errno = EBADF; // to the kernel the number is open
  visit.answer<int>(-1);
  return nullptr;
}

void answer_address(plugin::Visit &visit, const std::optional<SocketAddress> &address) {
  if (!address) {
    errno = ENOTCONN;
    visit.answer<int>(-1);
    return;
  }
  write_socket_address(*address, socket_argument<sockaddr *>(visit, 1), socket_argument<socklen_t *>(visit, 2));
  visit.answer<int>(0);
}

} // namespace

void on_socket_getsockopt(plugin::Visit &visit) {
  const SocketHandle entry = mocked(visit);
  if (entry == nullptr)
    return;
  const auto level = socket_argument<int>(visit, 1);
  const auto option = socket_argument<int>(visit, 2);
  auto *const value = socket_argument<void *>(visit, 3);
  auto *const size = socket_argument<socklen_t *>(visit, 4);
  const std::lock_guard<std::mutex> lock(entry->mutex);
  visit.answer<int>(getsockopt(entry->kept, level, option, value, size));
  if (level != SOL_SOCKET || visit.result<int>() != 0 || *size < sizeof(int))
    return;
  if (option == SO_ERROR) {
    const int error = std::exchange(entry->error_later, 0);
    std::memcpy(value, &error, sizeof error);
  }
  if (option == SO_ACCEPTCONN) {
    const int listens = entry->state == SocketState::listening ? 1 : 0;
    std::memcpy(value, &listens, sizeof listens);
  }
}

void on_socket_setsockopt(plugin::Visit &visit) {
  const SocketHandle entry = mocked(visit);
  if (entry != nullptr)
    visit.answer<int>(setsockopt(entry->kept, socket_argument<int>(visit, 1), socket_argument<int>(visit, 2),
                                 socket_argument<const void *>(visit, 3), socket_argument<socklen_t>(visit, 4)));
}

/// How much of what has arrived a recv would get.
static int bytes_to_read(const SocketEntry &entry) {
  const std::shared_ptr<SocketScript> script = entry.script.lock();
  if (script == nullptr || entry.state == SocketState::listening)
    return 0;
  for (const SocketMock *step : next_steps(*script))
    if (step->operation() == SocketOperation::recv && !step->error)
      return static_cast<int>(step->data.size());
  return 0;
}

void on_socket_ioctl(plugin::Visit &visit) {
  const SocketHandle entry = mocked(visit);
  if (entry == nullptr)
    return;
  const auto request = socket_argument<unsigned long>(visit, 1);
  auto *const place = visit.count() > 2 ? socket_argument<void *>(visit, 2) : nullptr;
  constexpr unsigned long of_sockets = 0x89; // what is asked of the socket's protocol, or of the network's devices
  if (request == FIONREAD || request == SIOCATMARK) {
    const std::lock_guard<std::recursive_mutex> turn(entry->turn);
    const int answer = request == FIONREAD ? bytes_to_read(*entry) : 0;
    std::memcpy(place, &answer, sizeof answer);
    visit.answer<int>(0);
  } else if (request >> 8 == of_sockets) {
    visit.answer<int>(ioctl(entry->kept, request, place));
  } else {
    visit.pass_on();
  }
}

void on_socket_sockatmark(plugin::Visit &visit) {
  if (mocked(visit) != nullptr)
    visit.answer<int>(0); // nothing urgent ever arrives
}

void on_socket_getsockname(plugin::Visit &visit) {
  if (const SocketHandle entry = mocked(visit))
    answer_address(visit, entry->local);
}

void on_socket_getpeername(plugin::Visit &visit) {
  if (const SocketHandle entry = mocked(visit))
    answer_address(visit, entry->peer);
}

} // namespace tripwire::plugins
