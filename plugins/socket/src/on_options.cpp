// what is asked of a mocked socket --> the socket that the program made, and the addresses of the script
#include "handlers.hpp"

namespace tripwire::plugins {

namespace {

SocketHandle mocked(plugin::Visit &visit) {
  SocketHandle entry = SocketTable::all().find(socket_argument<int>(visit, 0));
  if (entry != nullptr && entry->is_mocked && entry->state != SocketState::closed)
    return entry;
  visit.pass_on();
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
  visit.answer<int>(getsockopt(entry->kept, level, option, value, size));
  if (level == SOL_SOCKET && option == SO_ERROR && visit.result<int>() == 0 && *size >= sizeof(int)) {
    const int error = std::exchange(entry->error_later, 0);
    std::memcpy(value, &error, sizeof error);
  }
}

void on_socket_setsockopt(plugin::Visit &visit) {
  const SocketHandle entry = mocked(visit);
  if (entry != nullptr)
    visit.answer<int>(setsockopt(entry->kept, socket_argument<int>(visit, 1), socket_argument<int>(visit, 2),
                                 socket_argument<const void *>(visit, 3), socket_argument<socklen_t>(visit, 4)));
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
