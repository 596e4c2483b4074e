// commands of asynchronous connections --(handlers)--> bytes at the test's end of the socket, for hiredis to read
#include "handlers.hpp"
#include "plugin.hpp"
#include "present.hpp"

#include <sys/socket.h>
#include <unistd.h>

namespace tripwire::plugins {

namespace {

using plugin::Decision;
using plugin::Visit;

/// What the real function expands the format to, without a connection, and without the program's callback.
std::optional<std::string> expanded(Visit &visit, redisAsyncContext &context) {
  const stand_in::AsyncPaper paper = stand_in::async_paper();
  if (paper == nullptr)
    return std::nullopt;
  auto &argument = *static_cast<redisAsyncContext **>(const_cast<void *>(visit.argument(0).address));
  auto &callback = *static_cast<redisCallbackFn **>(const_cast<void *>(visit.argument(1).address));
  redisCallbackFn *const of_program = callback;
  argument = paper.get();
  callback = nullptr;
  visit.make_real();
  argument = &context;
  callback = of_program;
  visit.call().answered = false;
  if (visit.result<int>() != REDIS_OK)
    return std::nullopt;
  return stand_in::written(paper->c);
}

/// The connection breaks, as hiredis is going to notice it.
void break_off(Visit &visit, const RedisConnection &connection, int code) {
  const int end = connection.ends.test.number();
  switch (code) {
  case REDIS_ERR_EOF:
    shutdown(end, SHUT_WR);
    return;
  case REDIS_ERR_PROTOCOL:
    ::send(end, "?\r\n", 3, MSG_NOSIGNAL | MSG_DONTWAIT);
    return;
  default:
    redis_misuse("a mocked asynchronous connection breaks by REDIS_ERR_EOF or REDIS_ERR_PROTOCOL, not by " +
                     name_of_redis_error(code),
                 visit);
  }
}

void send(Visit &visit, const RedisConnection &connection, const std::string &wire) {
  const ssize_t sent = ::send(connection.ends.test.number(), wire.data(), wire.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent != static_cast<ssize_t>(wire.size()))
    redis_misuse("replies that the program has not read yet are more than a socket holds", visit);
}

void command(Visit &visit, redisAsyncContext &context, const std::optional<std::string> &wire) {
  constexpr int is_leaving = REDIS_DISCONNECTING | REDIS_FREEING;
  if (!wire || (context.c.flags & is_leaving) != 0) { // which hiredis takes no command of
    visit.answer<int>(REDIS_ERR);
    return;
  }
  const std::shared_ptr<RedisConnection> connection = RedisConnections::all().of(context.c);
  const std::vector<RedisRequest> requests = commands_in(*wire);
  if (requests.empty())
    return;
  const Decision decision = present_command(visit, context.c, *connection, requests.front());
  if (decision.real() == connection->is_stand_in)
    redis_misuse(text_of(requests.front()) +
                     (connection->is_stand_in
                          ? " on a mocked connection cannot be real; answer it by mock_command"
                          : " on a real asynchronous connection cannot be mocked; mock the connection"),
                 visit);
  visit.answer<int>(redisAsyncFormattedCommand(&context, redis_argument<redisCallbackFn *>(visit, 1),
                                               redis_argument<void *>(visit, 2), wire->data(), wire->size()));
  if (decision.real())
    return;
  stand_in::forget_written(context.c);
  const auto &mock = *decision.as<RedisMock>();
  if (mock.broken) {
    decision.recorded.raised(AnyValue(name_of_redis_error(mock.broken->code)));
    break_off(visit, *connection, mock.broken->code);
    return;
  }
  if (mock.wire[0] == '-')
    decision.recorded.raised(AnyValue(mock.wire.substr(1, mock.wire.size() - 3)));
  send(visit, *connection, mock.wire);
  for (const std::string &message : mock.messages)
    send(visit, *connection, message);
}

redisAsyncContext *async_context_in(const Visit &visit) { return redis_argument<redisAsyncContext *>(visit, 0); }

} // namespace

void on_redis_async_command(Visit &visit) {
  const RedisErrno error;
  if (redisAsyncContext *context = async_context_in(visit))
    command(visit, *context, expanded(visit, *context));
}

void on_redis_async_command_argv(Visit &visit) {
  const RedisErrno error;
  redisAsyncContext *context = async_context_in(visit);
  if (context == nullptr)
    return;
  sds text = nullptr;
  const auto size =
      redisFormatSdsCommandArgv(&text, redis_argument<int>(visit, 3), redis_argument<const char **>(visit, 4),
                                redis_argument<const std::size_t *>(visit, 5));
  std::optional<std::string> wire;
  if (size >= 0) {
    wire = std::string(text, static_cast<std::size_t>(size));
    redisFreeSdsCommand(text);
  }
  command(visit, *context, wire);
}

void on_redis_async_formatted(Visit &visit) {
  const RedisErrno error;
  if (redisAsyncContext *context = async_context_in(visit))
    command(visit, *context,
            std::string(redis_argument<const char *>(visit, 3), redis_argument<std::size_t>(visit, 4)));
}

} // namespace tripwire::plugins
