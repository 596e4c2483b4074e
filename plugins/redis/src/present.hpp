// a connection, a command --(present)--> what the core decides, described
#ifndef TRIPWIRE_PLUGINS_REDIS_PRESENT_HPP
#define TRIPWIRE_PLUGINS_REDIS_PRESENT_HPP

#include "command.hpp"
#include "connections.hpp"

#include <tripwire/plugin.hpp>

#include <cerrno>
#include <cstring>
#include <string>

namespace tripwire::plugins {

template <class T> T redis_argument(const plugin::Visit &visit, std::size_t index) {
  T value{};
  std::memcpy(&value, visit.argument(index).address, sizeof value);
  return value;
}

/// errno as the program had it, until a call sets it: nothing else that happens here shows.
class RedisErrno {
public:
  RedisErrno() = default;
  RedisErrno(const RedisErrno &) = delete;
  RedisErrno &operator=(const RedisErrno &) = delete;
  ~RedisErrno() { errno = error_; }
  /// Before a real call.
  void restore() const noexcept { errno = error_; }
  /// Behind one.
  void keep() noexcept { error_ = errno; }
  void becomes(int error) noexcept { error_ = error; }

private:
  int error_ = errno;
};

/// Puts a connection before the core.
plugin::Decision present_connect(plugin::Visit &visit, const stand_in::Server &server);

/// Puts a command before the core. Throws also where the context stands in for a connection of another test.
plugin::Decision present_command(plugin::Visit &visit, const redisContext &context, RedisConnection &connection,
                                 const RedisRequest &request);

/// What the program made of the connection cannot be answered.
[[noreturn]] void redis_misuse(const std::string &what, plugin::Visit &visit);

/// How a connection breaks that is mocked: its code, message, and errno.
RedisBreak complete(const RedisBreak &broken, int usual_errno, RedisErrno &error);

} // namespace tripwire::plugins

#endif
