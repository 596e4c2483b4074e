// the seams of hiredis, by what they do
#ifndef TRIPWIRE_PLUGINS_REDIS_HANDLERS_HPP
#define TRIPWIRE_PLUGINS_REDIS_HANDLERS_HPP

#include <tripwire/plugin.hpp>

namespace tripwire::plugins {

// Connections: on_connect.cpp
void on_redis_connect(plugin::Visit &visit);
void on_redis_connect_non_block(plugin::Visit &visit);
void on_redis_connect_unix(plugin::Visit &visit);
void on_redis_connect_unix_non_block(plugin::Visit &visit);
void on_redis_async_connect(plugin::Visit &visit);
void on_redis_async_connect_unix(plugin::Visit &visit);
void on_redis_connect_with_options(plugin::Visit &visit);
void on_redis_async_connect_with_options(plugin::Visit &visit);
void on_redis_reconnect(plugin::Visit &visit);
/// What a mocked connection does not need, and its socket does not have: keeping alive, time-outs of TCP, TLS.
void on_redis_socket_option(plugin::Visit &visit);
void on_redis_free(plugin::Visit &visit);

// Commands that wait for their reply, or are read later: on_command.cpp
void on_redis_command(plugin::Visit &visit);
void on_redis_command_argv(plugin::Visit &visit);
void on_redis_append(plugin::Visit &visit);
void on_redis_append_argv(plugin::Visit &visit);
void on_redis_append_formatted(plugin::Visit &visit);
void on_redis_get_reply(plugin::Visit &visit);
void on_redis_get_reply_from_reader(plugin::Visit &visit);
void on_redis_buffer_read(plugin::Visit &visit);

// Commands whose reply a callback gets: on_async.cpp
void on_redis_async_command(plugin::Visit &visit);
void on_redis_async_command_argv(plugin::Visit &visit);
void on_redis_async_formatted(plugin::Visit &visit);

} // namespace tripwire::plugins

#endif
