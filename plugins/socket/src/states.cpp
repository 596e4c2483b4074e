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

const plugin::Machine &socket_machine() {
  static const plugin::Machine machine{"socket",
                                       "disconnected",
                                       {
                                           {"connect", "disconnected", "connected"},
                                           {"connect", "bound", "connected"},
                                           {"bind", "disconnected", "bound"},
                                           {"listen", "disconnected", "listening"},
                                           {"listen", "bound", "listening"},
                                           {"listen", "listening", "listening"},
                                           {"accept", "listening", "listening"},
                                           {"send", "connected", "connected"},
                                           {"recv", "connected", "connected"},
                                           {"shutdown", "connected", "connected"},
                                           {"shutdown", "listening", "listening"},
                                           {"close", "disconnected", "closed"},
                                           {"close", "connected", "closed"},
                                           {"close", "bound", "closed"},
                                           {"close", "listening", "closed"},
                                       }};
  return machine;
}

const plugin::Machine &datagram_socket_machine() {
  static const plugin::Machine machine{"datagram_socket",
                                       "disconnected",
                                       {
                                           {"connect", "disconnected", "connected"},
                                           {"connect", "bound", "connected"},
                                           {"connect", "connected", "connected"},
                                           {"disconnect", "bound", "bound"},
                                           {"disconnect", "connected", "bound"},
                                           {"bind", "disconnected", "bound"},
                                           {"send", "disconnected", "bound"},
                                           {"send", "bound", "bound"},
                                           {"send", "connected", "connected"},
                                           {"recv", "bound", "bound"},
                                           {"recv", "connected", "connected"},
                                           {"shutdown", "connected", "connected"},
                                           {"close", "disconnected", "closed"},
                                           {"close", "bound", "closed"},
                                           {"close", "connected", "closed"},
                                       }};
  return machine;
}

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
