#include "address.hpp"

#include <arpa/inet.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
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

std::string hexadecimal(const sockaddr *address, socklen_t size) {
  constexpr const char *digits = "0123456789abcdef";
  const auto *bytes = reinterpret_cast<const unsigned char *>(address);
  std::string text;
  for (std::size_t index = offsetof(sockaddr, sa_data); index < size; ++index) {
    text += digits[bytes[index] >> 4];
    text += digits[bytes[index] & 0xf];
  }
  return text;
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
  case AF_VSOCK: {
    const auto of = read_as<sockaddr_vm>(address, size);
    return SocketAddress{AF_VSOCK, std::to_string(of.svm_cid), static_cast<int>(of.svm_port)};
  }
  case AF_UNSPEC:
  case AF_NETLINK:
  case AF_ALG:
    return std::nullopt;
  default:
    return SocketAddress{address->sa_family, hexadecimal(address, size), 0};
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
  } else if (from.family == AF_VSOCK) {
    auto *of = reinterpret_cast<sockaddr_vm *>(&made);
    of->svm_port = static_cast<unsigned>(from.port);
    of->svm_cid = static_cast<unsigned>(std::strtoul(from.host.c_str(), nullptr, 10));
    length = sizeof *of;
  } else if (from.family != AF_UNIX) {
    length = sizeof made.ss_family; // a session says nothing of where others come from
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
  case AF_VSOCK:
    return "vsock";
  case AF_PACKET:
    return "packet";
  case AF_CAN:
    return "can";
  case AF_BLUETOOTH:
    return "bluetooth";
  default:
    return std::to_string(family);
  }
}

} // namespace tripwire::plugins
