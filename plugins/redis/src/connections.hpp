// contexts of hiredis --(RedisConnections)--> what is known of them
#ifndef TRIPWIRE_PLUGINS_REDIS_CONNECTIONS_HPP
#define TRIPWIRE_PLUGINS_REDIS_CONNECTIONS_HPP

#include "mock.hpp"
#include "stand_in.hpp"

#include <tripwire/plugin.hpp>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace tripwire::plugins {

/// What a command of a blocking connection is going to be answered, in the order of the commands.
struct RedisOutcome {
  bool is_real = false;
  bool is_read = false; ///< of a mocked one: redisBufferRead has said that it is there
  std::string wire;
  std::optional<RedisBreak> broken;
  plugin::Recorded recorded; ///< of a real command, whose reply may be an error
  std::weak_ptr<void> test;  ///< in which it was recorded
};

/// One connection. Like hiredis' own it is used by one thread at a time.
struct RedisConnection {
  stand_in::Server server;
  int db = 0; ///< which the program has selected
  std::deque<RedisOutcome> outcomes;

  bool is_stand_in = false;
  std::weak_ptr<void> test; ///< of a stand-in: in which it was made
  stand_in::Ends ends;      ///< of a stand-in: those that the program has not
};

/// All contexts of the process that rewritten code has used. Thread-safe, never destroyed.
class RedisConnections {
public:
  static RedisConnections &all();

  std::shared_ptr<RedisConnection> opened(const void *context, RedisConnection connection);
  /// The connection behind a context. One that other code has opened becomes known by it.
  std::shared_ptr<RedisConnection> of(const redisContext &context);
  void forget(const void *context);

private:
  std::mutex mutex_;
  std::map<const void *, std::shared_ptr<RedisConnection>> connections_;
};

/// Lives as long as the current test: what is recorded of it can be added to until then.
std::shared_ptr<void> redis_test();

} // namespace tripwire::plugins

#endif
