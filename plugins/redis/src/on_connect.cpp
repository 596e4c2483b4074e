// redisConnect and its like --(handlers)--> stand-ins, or real connections that are known
#include "handlers.hpp"
#include "plugin.hpp"
#include "present.hpp"

#include <optional>

namespace tripwire::plugins {

namespace {

using plugin::Decision;
using plugin::Visit;
using stand_in::Ends;
using stand_in::Mode;
using stand_in::Server;

Server tcp_server(const Visit &visit) {
  const char *host = redis_argument<const char *>(visit, 0);
  return {host == nullptr ? "" : host, redis_argument<int>(visit, 1), {}};
}

Server unix_server(const Visit &visit) {
  const char *path = redis_argument<const char *>(visit, 0);
  return {"", 0, path == nullptr ? "" : path};
}

#if TRIPWIRE_REDIS_OPTIONS

/// Nothing where the program brings a descriptor of its own, to which nobody connects here.
std::optional<Server> server_of(const redisOptions &options) {
  if (options.type == REDIS_CONN_TCP)
    return Server{options.endpoint.tcp.ip == nullptr ? "" : options.endpoint.tcp.ip, options.endpoint.tcp.port, {}};
  if (options.type == REDIS_CONN_UNIX)
    return Server{"", 0, options.endpoint.unix_socket == nullptr ? "" : options.endpoint.unix_socket};
  return std::nullopt;
}

#endif

std::string error_of(const redisContext &context) { return name_of_redis_error(context.err); }

/// What the kinds of contexts share.
redisContext &plain(redisContext *context) { return *context; }
redisContext &plain(redisAsyncContext *context) { return context->c; }

/// Hands out what \p make makes of the program's end of a socket, or what the real call does.
template <class Context, class Make> void connect(Visit &visit, const Server &server, Make make) {
  RedisErrno error;
  const Decision decision = present_connect(visit, server);
  RedisConnection connection;
  connection.server = server;
  Context *context = nullptr;
  if (decision.real()) {
    error.restore();
    visit.make_real();
    error.keep();
    context = visit.result<Context *>();
  } else {
    stand_in::Ends ends = stand_in::connected_ends();
    connection.is_stand_in = true;
    connection.test = redis_test();
    context = make(ends);
    connection.ends = std::move(ends);
    const auto &mock = *decision.as<RedisMock>();
    if (context != nullptr && mock.broken) {
      const RedisBreak broken = complete(*mock.broken, ECONNREFUSED, error);
      stand_in::fail(*context, broken.code, broken.message);
    }
    visit.answer<Context *>(context);
  }
  if (context == nullptr)
    return;
  if (plain(context).err != 0)
    decision.recorded.raised(AnyValue(error_of(plain(context))));
  RedisConnections::all().opened(&plain(context), std::move(connection));
  visit.opened(reinterpret_cast<std::uintptr_t>(&plain(context)), decision);
}

void connect_plain(Visit &visit, const Server &server, Mode mode, const stand_in::Options *options = nullptr) {
  connect<redisContext>(visit, server, [&](Ends &ends) { return stand_in::open(ends, server, mode, options); });
}

void connect_async(Visit &visit, const Server &server, const stand_in::Options *options = nullptr) {
  connect<redisAsyncContext>(visit, server, [&](Ends &ends) { return stand_in::open_async(ends, server, options); });
}

} // namespace

void on_redis_connect(Visit &visit) { connect_plain(visit, tcp_server(visit), Mode::blocking); }
void on_redis_connect_non_block(Visit &visit) { connect_plain(visit, tcp_server(visit), Mode::non_blocking); }
void on_redis_connect_unix(Visit &visit) { connect_plain(visit, unix_server(visit), Mode::blocking); }
void on_redis_connect_unix_non_block(Visit &visit) { connect_plain(visit, unix_server(visit), Mode::non_blocking); }
void on_redis_async_connect(Visit &visit) { connect_async(visit, tcp_server(visit)); }
void on_redis_async_connect_unix(Visit &visit) { connect_async(visit, unix_server(visit)); }

#if TRIPWIRE_REDIS_OPTIONS

void on_redis_connect_with_options(Visit &visit) {
  const auto *options = redis_argument<const redisOptions *>(visit, 0);
  const std::optional<Server> server = options == nullptr ? std::nullopt : server_of(*options);
  if (server)
    connect_plain(visit, *server, (options->options & REDIS_OPT_NONBLOCK) != 0 ? Mode::non_blocking : Mode::blocking,
                  options);
}

void on_redis_async_connect_with_options(Visit &visit) {
  const auto *options = redis_argument<const redisOptions *>(visit, 0);
  const std::optional<Server> server = options == nullptr ? std::nullopt : server_of(*options);
  if (server)
    connect_async(visit, *server, options);
}

#endif

void on_redis_reconnect(Visit &visit) {
  auto *context = redis_argument<redisContext *>(visit, 0);
  if (context == nullptr)
    return;
  RedisErrno error;
  const std::shared_ptr<RedisConnection> connection = RedisConnections::all().of(*context);
  const Decision decision = present_connect(visit, connection->server);
  connection->outcomes.clear();
  connection->db = 0;
  if (decision.real()) {
    if (connection->is_stand_in)
      redis_misuse("redisReconnect of a mocked connection cannot be real; answer it by mock_connect", visit);
    error.restore();
    visit.make_real();
    error.keep();
  } else {
    stand_in::Ends ends = stand_in::connected_ends();
    const Mode mode = (context->flags & REDIS_BLOCK) != 0 ? Mode::blocking : Mode::non_blocking;
    stand_in::open_again(*context, std::move(ends.program), mode);
    connection->ends = std::move(ends);
    connection->is_stand_in = true;
    connection->test = redis_test();
    if (const auto &mock = *decision.as<RedisMock>(); mock.broken) {
      const RedisBreak broken = complete(*mock.broken, ECONNREFUSED, error);
      stand_in::fail(*context, broken.code, broken.message);
    }
    visit.answer<int>(context->err == 0 ? REDIS_OK : REDIS_ERR);
  }
  if (context->err != 0)
    decision.recorded.raised(AnyValue(error_of(*context)));
  visit.opened(reinterpret_cast<std::uintptr_t>(context), decision);
}

void on_redis_socket_option(Visit &visit) {
  const auto *context = redis_argument<redisContext *>(visit, 0);
  if (context != nullptr && RedisConnections::all().of(*context)->is_stand_in)
    visit.answer<int>(REDIS_OK); // the socket in between knows of no such thing
}

void on_redis_free(Visit &visit) {
  const auto *context = redis_argument<redisContext *>(visit, 0);
  RedisConnections::all().forget(context);
  visit.closed(reinterpret_cast<std::uintptr_t>(context));
}

} // namespace tripwire::plugins
