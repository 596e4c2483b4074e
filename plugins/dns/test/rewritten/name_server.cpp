#include "name_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace {

/// The question, and what is known of it.
std::string response_to(const std::string &query) {
  constexpr std::size_t header = 12;
  const std::string known("\5known\4test\0", 12);
  const std::size_t question_end = query.find('\0', header) + 5;
  const bool is_known = query.compare(header, known.size(), known) == 0;
  std::string response = query.substr(0, 2);
  response += '\x81';
  response += is_known ? '\x80' : '\x83'; // or: no such name
  response += std::string("\0\1", 2) + std::string(is_known ? "\0\1" : "\0\0", 2) + std::string(4, '\0');
  response += query.substr(header, question_end - header);
  if (is_known)
    response += std::string("\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\x63", 16);
  return response;
}

void serve(int socket, int stop) {
  for (;;) {
    pollfd ready[] = {{socket, POLLIN, 0}, {stop, POLLIN, 0}};
    if (poll(ready, 2, -1) < 0 || ready[1].revents != 0)
      return;
    char room[1024];
    sockaddr_in from{};
    socklen_t size = sizeof from;
    const ssize_t got = recvfrom(socket, room, sizeof room, 0, reinterpret_cast<sockaddr *>(&from), &size);
    if (got < 17)
      continue;
    const std::string response = response_to(std::string(room, static_cast<std::size_t>(got)));
    sendto(socket, response.data(), response.size(), 0, reinterpret_cast<const sockaddr *>(&from), size);
  }
}

} // namespace

NameServer::NameServer() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto *const of = reinterpret_cast<sockaddr *>(&address);
  if (bind(socket_, of, size) != 0 || getsockname(socket_, of, &size) != 0 || pipe(stop_) != 0)
    std::abort();
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(socket_, stop_[0]); });
}

NameServer::~NameServer() {
  close(stop_[1]);
  thread_.join();
  close(stop_[0]);
  close(socket_);
}
