#include "client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace client {

namespace {

struct Address {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  sockaddr *get() { return reinterpret_cast<sockaddr *>(&storage); }
};

Address address_of(const std::string &host, int port) {
  Address made;
  if (host.find(':') != std::string::npos) {
    auto *of = reinterpret_cast<sockaddr_in6 *>(&made.storage);
    of->sin6_family = AF_INET6;
    of->sin6_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET6, host.c_str(), &of->sin6_addr);
    made.size = sizeof *of;
  } else {
    auto *of = reinterpret_cast<sockaddr_in *>(&made.storage);
    of->sin_family = AF_INET;
    of->sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, host.c_str(), &of->sin_addr);
    made.size = sizeof *of;
  }
  return made;
}

sockaddr_un unix_address_of(const std::string &path) {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, path.c_str(), path.size() + 1);
  return to;
}

std::string text_of(const Address &address) {
  char digits[INET6_ADDRSTRLEN];
  if (address.size == 0)
    return "nobody";
  if (address.storage.ss_family == AF_INET6) {
    const auto *of = reinterpret_cast<const sockaddr_in6 *>(&address.storage);
    return std::string(inet_ntop(AF_INET6, &of->sin6_addr, digits, sizeof digits)) + ":" +
           std::to_string(ntohs(of->sin6_port));
  }
  const auto *of = reinterpret_cast<const sockaddr_in *>(&address.storage);
  return std::string(inet_ntop(AF_INET, &of->sin_addr, digits, sizeof digits)) + ":" +
         std::to_string(ntohs(of->sin_port));
}

std::string text_or_error(std::string room, ssize_t got) {
  if (got < 0)
    return "error " + std::to_string(errno);
  room.resize(static_cast<std::size_t>(got));
  return room;
}

} // namespace

int open_socket(int domain, int type) { return socket(domain, type, 0); }

int connect_to(int descriptor, const std::string &host, int port) {
  Address to = address_of(host, port);
  return connect(descriptor, to.get(), to.size) == 0 ? 0 : errno;
}

int connect_to_path(int descriptor, const std::string &path) {
  sockaddr_un to = unix_address_of(path);
  return connect(descriptor, reinterpret_cast<sockaddr *>(&to), sizeof to) == 0 ? 0 : errno;
}

int bind_to_path(int descriptor, const std::string &path) {
  sockaddr_un to = unix_address_of(path);
  return bind(descriptor, reinterpret_cast<sockaddr *>(&to), sizeof to) == 0 ? 0 : errno;
}

int bind_to(int descriptor, const std::string &host, int port) {
  Address to = address_of(host, port);
  return bind(descriptor, to.get(), to.size) == 0 ? 0 : errno;
}

int listen_on(int descriptor) { return listen(descriptor, 4); }
int accept_from(int descriptor) { return accept(descriptor, nullptr, nullptr); }

int dial(const std::string &host, int port) {
  const int descriptor = open_socket(host.find(':') != std::string::npos ? AF_INET6 : AF_INET);
  if (connect_to(descriptor, host, port) == 0)
    return descriptor;
  close(descriptor);
  return -1;
}

ssize_t send_text(int descriptor, const std::string &text, int flags) {
  return send(descriptor, text.data(), text.size(), flags);
}

std::string recv_text(int descriptor, std::size_t size, int flags) {
  std::string room(size, '?');
  const ssize_t got = recv(descriptor, room.data(), size, flags);
  return text_or_error(std::move(room), got);
}

ssize_t write_text(int descriptor, const std::string &text) { return write(descriptor, text.data(), text.size()); }

std::string read_text(int descriptor, std::size_t size) {
  std::string room(size, '?');
  const ssize_t got = read(descriptor, room.data(), size);
  return text_or_error(std::move(room), got);
}

ssize_t send_pieces(int descriptor, const std::string &one, const std::string &other) {
  iovec pieces[] = {{const_cast<char *>(one.data()), one.size()}, {const_cast<char *>(other.data()), other.size()}};
  msghdr message{};
  message.msg_iov = pieces;
  message.msg_iovlen = 2;
  return sendmsg(descriptor, &message, MSG_NOSIGNAL);
}

std::string recv_pieces(int descriptor, std::size_t one, std::size_t other) {
  std::string room(one + other, '?');
  iovec pieces[] = {{room.data(), one}, {room.data() + one, other}};
  msghdr message{};
  message.msg_iov = pieces;
  message.msg_iovlen = 2;
  const ssize_t got = recvmsg(descriptor, &message, 0);
  return text_or_error(std::move(room), got);
}

namespace {

/// One byte, and ancillary data of a socket's own kind beside it.
struct Beside {
  explicit Beside(int type) {
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = room;
    message.msg_controllen = sizeof room;
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = type;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    const int nothing = 0;
    std::memcpy(CMSG_DATA(header), &nothing, sizeof nothing);
  }
  char byte = 'x';
  iovec piece{&byte, 1};
  alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
};

} // namespace

int send_with(int descriptor, int type) {
  const Beside beside(type);
  return static_cast<int>(sendmsg(descriptor, &beside.message, 0));
}

int send_two_with(int descriptor, int type) {
  const Beside plain(type);
  const Beside beside(type);
  mmsghdr messages[2] = {};
  messages[0].msg_hdr.msg_iov = plain.message.msg_iov;
  messages[0].msg_hdr.msg_iovlen = 1;
  messages[1].msg_hdr = beside.message;
  return sendmmsg(descriptor, messages, 2, 0);
}

std::string recv_with(int descriptor) {
  char text[8];
  iovec piece{text, sizeof text};
  alignas(cmsghdr) char room[64] = {};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = room;
  message.msg_controllen = sizeof room;
  const ssize_t got = recvmsg(descriptor, &message, 0);
  return text_or_error(std::string(text, sizeof text), got) + " and " + std::to_string(message.msg_controllen) +
         " bytes, flags " + std::to_string(message.msg_flags);
}

ssize_t send_text_to_path(int descriptor, const std::string &text, const std::string &path) {
  sockaddr_un to = unix_address_of(path);
  return sendto(descriptor, text.data(), text.size(), 0, reinterpret_cast<sockaddr *>(&to), sizeof to);
}

ssize_t send_text_to(int descriptor, const std::string &text, const std::string &host, int port) {
  Address to = address_of(host, port);
  return sendto(descriptor, text.data(), text.size(), 0, to.get(), to.size);
}

std::string recv_text_from(int descriptor, std::size_t size) {
  std::string room(size, '?');
  Address from;
  const ssize_t got = recvfrom(descriptor, room.data(), size, 0, from.get(), &from.size);
  return got < 0 ? text_or_error(room, got) : text_or_error(room, got) + " from " + text_of(from);
}

std::string peer_of(int descriptor) {
  Address of;
  return getpeername(descriptor, of.get(), &of.size) != 0 ? "error " + std::to_string(errno) : text_of(of);
}

std::string own_of(int descriptor) {
  Address of;
  return getsockname(descriptor, of.get(), &of.size) != 0 ? "error " + std::to_string(errno) : text_of(of);
}

void close_socket(int descriptor) { close(descriptor); }

std::string exchange(const std::string &host, int port, const std::string &text) {
  const int descriptor = dial(host, port);
  if (descriptor < 0)
    return "error";
  std::string said;
  if (send_text(descriptor, text, MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()))
    said = read_text(descriptor, 4096);
  close(descriptor);
  return said;
}

int connect_quietly(int descriptor) noexcept {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  return connect(descriptor, reinterpret_cast<sockaddr *>(&to), sizeof to) == 0 ? 0 : errno;
}

} // namespace client
