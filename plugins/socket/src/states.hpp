// operations on sockets --(states)--> where a socket is behind them
#ifndef TRIPWIRE_PLUGINS_SOCKET_STATES_HPP
#define TRIPWIRE_PLUGINS_SOCKET_STATES_HPP

#include <tripwire/plugin_manifest.hpp>

#include <optional>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_socket;

namespace tripwire::plugins {

enum class SocketState : unsigned char {
  disconnected, ///< made by socket(2), or a connection that failed
  connected,
  bound,
  listening,
  closed, ///< of a mocked one, whose number stays taken until its test ends
};
/// `connected`, as the machines name it.
const char *name_of(SocketState state) noexcept;

/// What the manifest's `states:` say of streams, and of other sockets that have connections.
const plugin::Machine &socket_machine();
/// Of datagrams.
const plugin::Machine &datagram_socket_machine();

/// None where the operation is not valid.
std::optional<SocketState> state_after(const plugin::Machine &machine, SocketState state, const char *operation);

} // namespace tripwire::plugins

#endif
