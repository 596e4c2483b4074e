#include "echo_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

EchoServer::EchoServer() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto *const of = reinterpret_cast<sockaddr *>(&address);
  if (bind(listener_, of, size) != 0 || listen(listener_, 8) != 0 || getsockname(listener_, of, &size) != 0 ||
      pipe(stop_) != 0)
    std::abort();
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

EchoServer::~EchoServer() {
  close(stop_[1]);
  thread_.join();
  close(stop_[0]);
  close(listener_);
}

void close_elsewhere(int descriptor) { close(descriptor); }

int connect_elsewhere(int descriptor, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address);
}

void replace_elsewhere(int other, int descriptor) {
  if (dup2(other, descriptor) != descriptor)
    std::abort();
}

void write_elsewhere(int descriptor, const char *text) {
  if (write(descriptor, text, std::strlen(text)) < 0)
    std::abort();
}

void read_elsewhere(int descriptor) {
  char byte;
  if (read(descriptor, &byte, 1) != 1)
    std::abort();
}

void EchoServer::serve() {
  int connection = -1;
  for (;;) {
    pollfd ready[] = {{stop_[0], POLLIN, 0}, {connection < 0 ? listener_ : connection, POLLIN, 0}};
    if (poll(ready, 2, -1) < 0 || ready[0].revents != 0)
      break;
    if (connection < 0) {
      connection = accept(listener_, nullptr, nullptr);
      continue;
    }
    char room[4096];
    const ssize_t got = recv(connection, room, sizeof room, 0);
    if (got > 0) {
      ++served_;
      send(connection, room, static_cast<std::size_t>(got), MSG_NOSIGNAL);
    } else {
      close(connection);
      connection = -1;
    }
  }
  if (connection >= 0)
    close(connection);
}
