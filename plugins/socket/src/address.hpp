// addresses of the kernel <--> a host and a port, as a test writes them
#ifndef TRIPWIRE_PLUGINS_SOCKET_ADDRESS_HPP
#define TRIPWIRE_PLUGINS_SOCKET_ADDRESS_HPP

#include <sys/socket.h>

#include <optional>
#include <string>

namespace tripwire::plugins {

struct SocketAddress {
  int family = AF_UNSPEC;
  std::string host; ///< in digits; the path of a UNIX socket, with a leading zero where it is abstract; of VSOCK the
                    ///< context, in digits; of other families the address as bytes, in hexadecimal digits
  int port = 0;     ///< of the internet's families, and of VSOCK

  bool has_port() const noexcept { return family == AF_INET || family == AF_INET6 || family == AF_VSOCK; }
  /// `192.0.2.7:80`, `[2001:db8::7]:80`, `/run/app.sock`
  std::string text() const;
};

/// None for families that lead to the kernel alone (netlink, ALG), or nowhere.
std::optional<SocketAddress> socket_address_of(const sockaddr *address, socklen_t size);

/// What a test calls by these names: an address in digits with its port, else the path of a UNIX socket.
SocketAddress socket_address_named(const std::string &host, int port);

/// Writes as much as there is room for, and how long it is, as the kernel does. Null where nobody asks.
void write_socket_address(const SocketAddress &from, sockaddr *address, socklen_t *size);

/// `inet`, `inet6`, `unix`, `vsock`, `packet`, `can`, `bluetooth`; a number otherwise.
std::string name_of_family(int family);

} // namespace tripwire::plugins

#endif
