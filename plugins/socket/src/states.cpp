#include "states.hpp"

#include <string_view>

namespace tripwire::plugins {

const char *name_of(SocketState state) noexcept {
  switch (state) {
  case SocketState::disconnected:
    return "disconnected";
  case SocketState::connected:
    return "connected";
  case SocketState::bound:
    return "bound";
  case SocketState::listening:
    return "listening";
  case SocketState::closed:
    return "closed";
  }
  return "";
}

const plugin::Machine &socket_machine() { return tripwire_manifest_socket.machine("socket"); }

const plugin::Machine &datagram_socket_machine() { return tripwire_manifest_socket.machine("datagram_socket"); }

std::optional<SocketState> state_after(const plugin::Machine &machine, SocketState state, const char *operation) {
  const char *const to = machine.after(name_of(state), operation);
  if (to == nullptr)
    return std::nullopt;
  for (const SocketState one : {SocketState::disconnected, SocketState::connected, SocketState::bound,
                                SocketState::listening, SocketState::closed})
    if (std::string_view(name_of(one)) == to)
      return one;
  return std::nullopt;
}

} // namespace tripwire::plugins
