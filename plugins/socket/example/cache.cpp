// A cache's health check: production code, without a word of tripwire.
#include "cache.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace cache {

namespace {

bool send_all(int connection, std::string text) {
  while (!text.empty()) {
    const ssize_t sent = send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent < 0)
      return false;
    text.erase(0, static_cast<std::size_t>(sent));
  }
  return true;
}

} // namespace

bool is_alive(const std::string &host, int port) {
  const int connection = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  std::string answer(64, '\0');
  ssize_t size = -1;
  if (connect(connection, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 &&
      send_all(connection, "PING\r\n"))
    size = recv(connection, answer.data(), answer.size(), 0);
  close(connection);
  return size > 0 && answer.substr(0, static_cast<std::size_t>(size)) == "+PONG\r\n";
}

} // namespace cache
