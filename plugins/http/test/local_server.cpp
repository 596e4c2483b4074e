#include "local_server.hpp"

#include "easy/answer.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace tripwire::plugins::test {

namespace {

bool fill(int connection, std::string &buffer) {
  char piece[65536];
  const ssize_t count = recv(connection, piece, sizeof piece, 0);
  if (count <= 0)
    return false;
  buffer.append(piece, static_cast<std::size_t>(count));
  return true;
}

std::string header_of(const std::string &head, const std::string &name) {
  for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
    const auto [found, value] = curl::split_header(head.substr(at + 2, head.find("\r\n", at + 2) - at - 2));
    if (curl::same_name(found, name))
      return value;
  }
  return {};
}

bool take(int connection, std::string &buffer, std::size_t count, std::string &into) {
  while (buffer.size() < count)
    if (!fill(connection, buffer))
      return false;
  into += buffer.substr(0, count);
  buffer.erase(0, count);
  return true;
}

bool take_line(int connection, std::string &buffer, std::string &line) {
  while (buffer.find("\r\n") == std::string::npos)
    if (!fill(connection, buffer))
      return false;
  line = buffer.substr(0, buffer.find("\r\n"));
  buffer.erase(0, line.size() + 2);
  return true;
}

bool take_chunks(int connection, std::string &buffer, std::string &body) {
  for (;;) {
    std::string line;
    if (!take_line(connection, buffer, line))
      return false;
    const std::size_t size = std::strtoul(line.c_str(), nullptr, 16);
    std::string ending;
    if (!take(connection, buffer, size, body) || !take_line(connection, buffer, ending))
      return false;
    if (size == 0)
      return true;
  }
}

std::string in_chunks(const std::string &body) {
  std::string text;
  constexpr std::size_t most = 7;
  for (std::size_t at = 0; at < body.size(); at += most) {
    const std::string piece = body.substr(at, most);
    text += std::to_string(piece.size()) + "\r\n" + piece + "\r\n";
  }
  return text + "0\r\n\r\n";
}

void send_all(int connection, const std::string &bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t count = send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0)
      return;
    sent += static_cast<std::size_t>(count);
  }
}

} // namespace

LocalServer::LocalServer() {
  listener_ = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (listener_ < 0 || bind(listener_, reinterpret_cast<sockaddr *>(&address), size) != 0 ||
      listen(listener_, 16) != 0 || getsockname(listener_, reinterpret_cast<sockaddr *>(&address), &size) != 0)
    throw std::runtime_error("cannot listen on loopback");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { accept_all(); });
}

LocalServer::~LocalServer() {
  stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const int connection : connections_)
      shutdown(connection, SHUT_RDWR);
  }
  for (std::thread &worker : workers_)
    worker.join();
  for (const int connection : connections_)
    close(connection);
  close(listener_);
}

void LocalServer::serve(const std::string &path, Served answer) {
  const std::lock_guard<std::mutex> lock(mutex_);
  answers_[path] = std::move(answer);
}

std::vector<std::string> LocalServer::take_requests() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(requests_, {});
}

void LocalServer::accept_all() {
  while (!stopping_) {
    const int connection = accept(listener_, nullptr, nullptr);
    if (connection < 0)
      return;
    const int on = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::lock_guard<std::mutex> lock(mutex_);
    connections_.push_back(connection);
    workers_.emplace_back([this, connection] { serve_connection(connection); });
  }
}

void LocalServer::serve_connection(int connection) {
  std::string buffer;
  for (;;) {
    while (buffer.find("\r\n\r\n") == std::string::npos)
      if (!fill(connection, buffer))
        return;
    const std::string head = buffer.substr(0, buffer.find("\r\n\r\n") + 2);
    buffer.erase(0, head.size() + 2);
    if (!answer(connection, head, buffer)) {
      shutdown(connection, SHUT_RDWR);
      return;
    }
  }
}

bool LocalServer::answer(int connection, const std::string &head, std::string &buffer) {
  std::string body;
  bool whole = false;
  if (curl::contains_ignoring_case(header_of(head, "Transfer-Encoding"), "chunked"))
    whole = take_chunks(connection, buffer, body);
  else
    whole = take(connection, buffer, std::strtoul(header_of(head, "Content-Length").c_str(), nullptr, 10), body);
  if (!whole)
    return false;

  const std::size_t blank = head.find(' ');
  const std::string method = head.substr(0, blank);
  std::string path = head.substr(blank + 1, head.find(' ', blank + 1) - blank - 1);
  path = path.substr(0, path.find('?'));
  Served served;
  served.status = 404;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    requests_.push_back(head + "\r\n" + body);
    if (const auto found = answers_.find(path); found != answers_.end())
      served = found->second;
  }
  const auto encoding = std::find_if(served.headers.begin(), served.headers.end(), [](const auto &header) {
    return curl::same_name(header.first, "Transfer-Encoding");
  });
  const bool chunked = encoding != served.headers.end();
  std::string text = "HTTP/1.1 " + std::to_string(served.status) + " " + curl::reason_phrase(served.status) + "\r\n";
  bool framed = false;
  for (const auto &[name, value] : served.headers) {
    text += name + ": " + value + "\r\n";
    framed = framed || curl::same_name(name, "Content-Length") || curl::same_name(name, "Transfer-Encoding");
  }
  if (chunked)
    served.body = in_chunks(served.body);
  const bool bodyless = served.status == 204 || served.status == 304;
  const bool adds = !framed && !bodyless && served.adds_length && (method != "HEAD" || !served.body.empty());
  if (adds)
    text += "Content-Length: " + std::to_string(served.body.size()) + "\r\n";
  send_all(connection, text + "\r\n");
  if (method != "HEAD" && !bodyless)
    send_all(connection, served.body);
  for (const auto &[name, value] : served.headers)
    if (!chunked && curl::same_name(name, "Content-Length") &&
        std::strtoul(value.c_str(), nullptr, 10) > served.body.size() && method != "HEAD")
      return false;
  if (const auto ends = std::find_if(served.headers.begin(), served.headers.end(),
                                     [](const auto &header) {
                                       return curl::same_name(header.first, "Connection") &&
                                              curl::same_name(header.second, "close");
                                     });
      ends != served.headers.end())
    return false;
  return bodyless || framed || adds || method == "HEAD";
}

} // namespace tripwire::plugins::test
