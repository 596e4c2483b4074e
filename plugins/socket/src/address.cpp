#include "address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace tripwire::plugins {

namespace {

template <class T> T read_as(const sockaddr *address, socklen_t size) {
  T made{};
  std::memcpy(&made, address, std::min<std::size_t>(size, sizeof made));
  return made;
}

std::string digits_of(int family, const void *bytes) {
  char text[INET6_ADDRSTRLEN];
  return inet_ntop(family, bytes, text, sizeof text);
}

} // namespace

std::string SocketAddress::text() const {
  if (!has_port())
    return host;
  return (family == AF_INET6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::optional<SocketAddress> socket_address_of(const sockaddr *address, socklen_t size) {
  if (address == nullptr || size < sizeof(sa_family_t))
    return std::nullopt;
  switch (address->sa_family) {
  case AF_INET: {
    const auto of = read_as<sockaddr_in>(address, size);
    return SocketAddress{AF_INET, digits_of(AF_INET, &of.sin_addr), ntohs(of.sin_port)};
  }
  case AF_INET6: {
    const auto of = read_as<sockaddr_in6>(address, size);
    return SocketAddress{AF_INET6, digits_of(AF_INET6, &of.sin6_addr), ntohs(of.sin6_port)};
  }
  case AF_UNIX: {
    const auto of = read_as<sockaddr_un>(address, size);
    const std::size_t length = std::min<std::size_t>(size, sizeof of) - offsetof(sockaddr_un, sun_path);
    const bool is_path = length > 0 && of.sun_path[0] != '\0';
    return SocketAddress{AF_UNIX, std::string(of.sun_path, is_path ? strnlen(of.sun_path, length) : length), 0};
  }
  default:
    return std::nullopt;
  }
}

SocketAddress socket_address_named(const std::string &host, int port) {
  unsigned char bytes[sizeof(in6_addr)];
  for (const int family : {AF_INET, AF_INET6})
    if (inet_pton(family, host.c_str(), bytes) == 1)
      return {family, host, port};
  return {AF_UNIX, host, 0};
}

void write_socket_address(const SocketAddress &from, sockaddr *address, socklen_t *size) {
  if (address == nullptr || size == nullptr)
    return;
  sockaddr_storage made{};
  socklen_t length = 0;
  if (from.family == AF_INET) {
    auto *of = reinterpret_cast<sockaddr_in *>(&made);
    of->sin_port = htons(static_cast<std::uint16_t>(from.port));
    inet_pton(AF_INET, from.host.c_str(), &of->sin_addr);
    length = sizeof *of;
  } else if (from.family == AF_INET6) {
    auto *of = reinterpret_cast<sockaddr_in6 *>(&made);
    of->sin6_port = htons(static_cast<std::uint16_t>(from.port));
    inet_pton(AF_INET6, from.host.c_str(), &of->sin6_addr);
    length = sizeof *of;
  } else {
    auto *of = reinterpret_cast<sockaddr_un *>(&made);
    const std::size_t count = std::min(from.host.size(), sizeof of->sun_path);
    std::memcpy(of->sun_path, from.host.data(), count);
    const bool is_path = count > 0 && from.host.front() != '\0';
    length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + count + (is_path ? 1 : 0));
  }
  made.ss_family = static_cast<sa_family_t>(from.family);
  std::memcpy(address, &made, std::min(*size, length));
  *size = length;
}

std::string name_of_family(int family) {
  switch (family) {
  case AF_INET:
    return "inet";
  case AF_INET6:
    return "inet6";
  case AF_UNIX:
    return "unix";
  default:
    return std::to_string(family);
  }
}

} // namespace tripwire::plugins
