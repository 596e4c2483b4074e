// the seams of hiredis --> their handlers
#include "plugin.hpp"

#include "handlers.hpp"
#include "hints.hpp"
#include "stand_in.hpp"

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_redis;

namespace tripwire::plugins {

namespace {

class RedisPlugin final : public plugin::Plugin {
public:
  RedisPlugin() : Plugin(tripwire_manifest_redis, "<tripwire/plugins/redis.hpp>") {
    follow("redisConnect", &on_redis_connect);
    follow("redisConnectWithTimeout", &on_redis_connect);
    follow("redisConnectNonBlock", &on_redis_connect_non_block);
    follow("redisConnectBindNonBlock", &on_redis_connect_non_block);
    follow("redisConnectBindNonBlockWithReuse", &on_redis_connect_non_block);
    follow("redisConnectUnix", &on_redis_connect_unix);
    follow("redisConnectUnixWithTimeout", &on_redis_connect_unix);
    follow("redisConnectUnixNonBlock", &on_redis_connect_unix_non_block);
#if TRIPWIRE_REDIS_OPTIONS
    follow("redisConnectWithOptions", &on_redis_connect_with_options);
    follow("redisAsyncConnectWithOptions", &on_redis_async_connect_with_options);
#endif
    follow("redisReconnect", &on_redis_reconnect);
    for (const char *seam : {"redisEnableKeepAlive", "redisEnableKeepAliveWithInterval", "redisSetTcpUserTimeout",
                             "redisInitiateSSL", "redisInitiateSSLWithContext"})
      follow(seam, &on_redis_socket_option);
    follow("redisFree", &on_redis_free);
    follow("redisFreeKeepFd", &on_redis_free);

    follow("redisCommand", &on_redis_command);
    follow("redisvCommand", &on_redis_command);
    follow("redisCommandArgv", &on_redis_command_argv);
    follow("redisAppendCommand", &on_redis_append);
    follow("redisvAppendCommand", &on_redis_append);
    follow("redisAppendCommandArgv", &on_redis_append_argv);
    follow("redisAppendFormattedCommand", &on_redis_append_formatted);
    follow("redisGetReply", &on_redis_get_reply);
    follow("redisGetReplyFromReader", &on_redis_get_reply_from_reader);
    follow("redisBufferRead", &on_redis_buffer_read);

    follow("redisAsyncConnect", &on_redis_async_connect);
    follow("redisAsyncConnectBind", &on_redis_async_connect);
    follow("redisAsyncConnectBindWithReuse", &on_redis_async_connect);
    follow("redisAsyncConnectUnix", &on_redis_async_connect_unix);
    follow("redisAsyncCommand", &on_redis_async_command);
    follow("redisvAsyncCommand", &on_redis_async_command);
    follow("redisAsyncCommandArgv", &on_redis_async_command_argv);
    follow("redisAsyncFormattedCommand", &on_redis_async_formatted);
  }

  std::string mock_line(const plugin::Description &call) const override { return redis_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return redis_assert_statement(interaction);
  }

private:
  /// Connections live longer than tests: their commands, and what was replied, are counted from the first one on.
  void follow(const char *seam, void (*run)(plugin::Visit &visit)) { observe(seam, run, plugin::Watch::always); }
};

} // namespace

plugin::Plugin &redis_plugin() {
  static RedisPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = redis_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_redis() {}
