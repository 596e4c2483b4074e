#include "connections.hpp"

#include "plugin.hpp"

#include <poll.h>

namespace tripwire::plugins {

namespace {

struct Test {};

/// Whether hiredis has closed the program's end: a context that it has freed by itself.
bool is_left(const RedisConnection &connection) {
  pollfd end{connection.ends.test.number(), POLLIN, 0};
  return connection.is_stand_in && end.fd >= 0 && poll(&end, 1, 0) == 1 && (end.revents & POLLHUP) != 0;
}

} // namespace

std::shared_ptr<void> redis_test() { return plugin::state_of_test<Test>(redis_plugin()); }

RedisConnections &RedisConnections::all() {
  static auto *const connections = new RedisConnections;
  return *connections;
}

std::shared_ptr<RedisConnection> RedisConnections::opened(const void *context, RedisConnection connection) {
  auto made = std::make_shared<RedisConnection>(std::move(connection));
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto at = connections_.begin(); at != connections_.end();)
    at = is_left(*at->second) ? connections_.erase(at) : std::next(at);
  connections_[context] = made;
  return made;
}

std::shared_ptr<RedisConnection> RedisConnections::of(const redisContext &context) {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::shared_ptr<RedisConnection> &known = connections_[&context];
  if (known == nullptr || is_left(*known)) { // or another context has got the address
    known = std::make_shared<RedisConnection>();
    if (context.connection_type == REDIS_CONN_UNIX)
      known->server.socket = context.unix_sock.path == nullptr ? "" : context.unix_sock.path;
    else if (context.tcp.host != nullptr)
      known->server = {context.tcp.host, context.tcp.port, {}};
  }
  return known;
}

void RedisConnections::forget(const void *context) {
  const std::lock_guard<std::mutex> lock(mutex_);
  connections_.erase(context);
}

} // namespace tripwire::plugins
