// commands of blocking connections --(handlers)--> outcomes in a row, and replies made of them
#include "handlers.hpp"
#include "plugin.hpp"
#include "present.hpp"

#include <sys/socket.h>

namespace tripwire::plugins {

namespace {

using plugin::Decision;
using plugin::Visit;

/// What the real function expands the format to, without a connection. Nothing when that fails, as \p context says
/// then.
std::optional<std::string> expanded(Visit &visit, redisContext &context) {
  const stand_in::Paper paper = stand_in::paper();
  if (paper == nullptr)
    return std::nullopt;
  auto &argument = *static_cast<redisContext **>(const_cast<void *>(visit.argument(0).address));
  argument = paper.get();
  visit.make_real();
  argument = &context;
  visit.call().answered = false;
  if (paper->err == 0)
    return stand_in::written(*paper);
  stand_in::fail(context, paper->err, paper->errstr);
  return std::nullopt;
}

std::optional<std::string> expanded_argv(const Visit &visit) {
  sds text = nullptr;
  const auto size =
      redisFormatSdsCommandArgv(&text, redis_argument<int>(visit, 1), redis_argument<const char **>(visit, 2),
                                redis_argument<const std::size_t *>(visit, 3));
  if (size < 0)
    return std::nullopt;
  std::string wire(text, static_cast<std::size_t>(size));
  redisFreeSdsCommand(text);
  return wire;
}

bool is_blocking(const redisContext &context) { return (context.flags & REDIS_BLOCK) != 0; }

/// What a stand-in without blocking reads next: the program gets it by redisBufferRead.
void send(Visit &visit, RedisConnection &connection, const RedisOutcome &outcome) {
  if (outcome.broken) {
    shutdown(connection.ends.test.number(), SHUT_WR);
    return;
  }
  const ssize_t sent =
      ::send(connection.ends.test.number(), outcome.wire.data(), outcome.wire.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (sent != static_cast<ssize_t>(outcome.wire.size()))
    redis_misuse("replies that the program has not read yet are more than a socket holds", visit);
}

/// What a stand-in that blocks answers is kept in a row. So that a program which waits for its descriptor finds it
/// readable, there is a byte in the socket for each.
void keep(RedisConnection &connection, RedisOutcome outcome) {
  connection.outcomes.push_back(std::move(outcome));
  if (connection.is_stand_in)
    ::send(connection.ends.test.number(), "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

RedisOutcome taken(const redisContext &context, RedisConnection &connection) {
  RedisOutcome outcome = std::move(connection.outcomes.front());
  connection.outcomes.pop_front();
  char byte = 0;
  if (connection.is_stand_in)
    ::recv(context.fd, &byte, 1, MSG_DONTWAIT);
  return outcome;
}

void answer(Visit &visit, redisContext &context, RedisConnection &connection, const RedisMock &mock,
            const plugin::Recorded &recorded) {
  if (!is_blocking(context) && !connection.is_stand_in)
    redis_misuse("a command of a real connection that does not block cannot be mocked; mock the connection", visit);
  std::vector<RedisOutcome> outcomes(1 + mock.messages.size());
  outcomes[0].wire = mock.wire;
  outcomes[0].broken = mock.broken;
  for (std::size_t index = 0; index < mock.messages.size(); ++index)
    outcomes[index + 1].wire = mock.messages[index];
  if (mock.broken)
    recorded.raised(AnyValue(name_of_redis_error(mock.broken->code)));
  else if (mock.wire[0] == '-')
    recorded.raised(AnyValue(mock.wire.substr(1, mock.wire.size() - 3)));
  for (RedisOutcome &outcome : outcomes) {
    if (is_blocking(context))
      keep(connection, std::move(outcome));
    else
      send(visit, connection, outcome);
  }
}

/// Puts what the program sends before the core, and sends what is real of it.
void append(Visit &visit, redisContext &context, const std::string &wire) {
  const std::shared_ptr<RedisConnection> connection = RedisConnections::all().of(context);
  for (const RedisRequest &request : commands_in(wire)) {
    const Decision decision = present_command(visit, context, *connection, request);
    if (!decision.real()) {
      answer(visit, context, *connection, *decision.as<RedisMock>(), decision.recorded);
      continue;
    }
    if (connection->is_stand_in)
      redis_misuse(text_of(request) + " on a mocked connection cannot be real; answer it by mock_command", visit);
    RedisOutcome outcome;
    outcome.is_real = true;
    if (decision.recorded) {
      outcome.recorded = decision.recorded;
      outcome.test = redis_test();
    }
    redisAppendFormattedCommand(&context, request.wire.data(), request.wire.size());
    if (is_blocking(context))
      keep(*connection, std::move(outcome));
  }
}

[[noreturn]] void waits_in_vain(Visit &visit) {
  redis_misuse(std::string(visit.call().slot.facts.name) +
                   " waits for a reply that no command of the mocked connection asked for",
               visit);
}

bool is_next_mocked(const RedisConnection &connection) {
  return !connection.outcomes.empty() && !connection.outcomes.front().is_real;
}

/// The connection breaks instead of giving its next reply.
int break_off(redisContext &context, const RedisBreak &as_told, RedisErrno &error) {
  const RedisBreak broken = complete(as_told, EAGAIN, error);
  stand_in::fail(context, broken.code, broken.message);
  return REDIS_ERR;
}

/// A real reply was read: how its command ended.
void note_real(const redisContext &context, RedisConnection &connection, int result, const void *reply) {
  if (connection.outcomes.empty() || (result == REDIS_OK && stand_in::is_push(reply)))
    return;
  const RedisOutcome outcome = taken(context, connection);
  const std::string failure =
      result == REDIS_OK ? stand_in::error_in(context, reply) : name_of_redis_error(context.err);
  if (!failure.empty() && !outcome.test.expired())
    outcome.recorded.raised(AnyValue(failure));
}

/// The next reply of a blocking connection. \return REDIS_OK or REDIS_ERR.
int next_reply(Visit &visit, redisContext &context, RedisErrno &error, void **reply) {
  const std::shared_ptr<RedisConnection> connection = RedisConnections::all().of(context);
  if (!is_next_mocked(*connection)) {
    if (connection->is_stand_in)
      waits_in_vain(visit);
    error.restore();
    const int result = redisGetReply(&context, reply);
    error.keep();
    note_real(context, *connection, result, *reply);
    return result;
  }
  const RedisOutcome outcome = taken(context, *connection);
  if (outcome.broken)
    return break_off(context, *outcome.broken, error);
  *reply = stand_in::reply(context, outcome.wire);
  return *reply == nullptr ? REDIS_ERR : REDIS_OK;
}

/// The same without what the server sends unasked, which goes to the program's callback for that.
int next_answer(Visit &visit, redisContext &context, RedisErrno &error, void **reply) {
  int result = REDIS_OK;
  do {
    result = next_reply(visit, context, error, reply);
  } while (result == REDIS_OK && stand_in::is_pushed(context, *reply));
  return result;
}

void command(Visit &visit, redisContext &context, const std::optional<std::string> &wire, RedisErrno &error) {
  void *reply = nullptr;
  if (wire && context.err == 0) {
    append(visit, context, *wire);
    if (is_blocking(context) && next_answer(visit, context, error, &reply) != REDIS_OK)
      reply = nullptr;
  }
  visit.answer<void *>(reply);
}

void append_only(Visit &visit, redisContext &context, const std::optional<std::string> &wire) {
  if (wire && context.err == 0) // else it waits for what redisGetReply says of the error
    append(visit, context, *wire);
  visit.answer<int>(wire ? REDIS_OK : REDIS_ERR);
}

redisContext *context_in(const Visit &visit) { return redis_argument<redisContext *>(visit, 0); }

} // namespace

void on_redis_command(Visit &visit) {
  RedisErrno error;
  if (redisContext *context = context_in(visit))
    command(visit, *context, expanded(visit, *context), error);
}

void on_redis_command_argv(Visit &visit) {
  RedisErrno error;
  if (redisContext *context = context_in(visit))
    command(visit, *context, expanded_argv(visit), error);
}

void on_redis_append(Visit &visit) {
  const RedisErrno error;
  if (redisContext *context = context_in(visit))
    append_only(visit, *context, expanded(visit, *context));
}

void on_redis_append_argv(Visit &visit) {
  const RedisErrno error;
  if (redisContext *context = context_in(visit))
    append_only(visit, *context, expanded_argv(visit));
}

void on_redis_append_formatted(Visit &visit) {
  const RedisErrno error;
  if (redisContext *context = context_in(visit))
    append_only(visit, *context,
                std::string(redis_argument<const char *>(visit, 1), redis_argument<std::size_t>(visit, 2)));
}

void on_redis_get_reply(Visit &visit) {
  RedisErrno error;
  redisContext *context = context_in(visit);
  if (context == nullptr || !is_blocking(*context) || context->err != 0)
    return;
  void *reply = nullptr;
  const int result = next_answer(visit, *context, error, &reply);
  if (auto **target = redis_argument<void **>(visit, 1); target != nullptr)
    *target = reply;
  else if (reply != nullptr)
    context->reader->fn->freeObject(reply);
  visit.answer<int>(result);
}

void on_redis_get_reply_from_reader(Visit &visit) {
  RedisErrno error;
  redisContext *context = context_in(visit);
  if (context == nullptr || !is_blocking(*context) || context->err != 0)
    return;
  const std::shared_ptr<RedisConnection> connection = RedisConnections::all().of(*context);
  auto **target = redis_argument<void **>(visit, 1);
  if (is_next_mocked(*connection)) {
    *target = nullptr;
    visit.answer<int>(connection->outcomes.front().is_read ? next_reply(visit, *context, error, target) : REDIS_OK);
    return;
  }
  error.restore();
  visit.make_real();
  error.keep();
  if (visit.result<int>() != REDIS_OK || *target != nullptr) // else it is not there yet
    note_real(*context, *connection, visit.result<int>(), *target);
}

// What is mocked is there already; a real reply is read as ever.
void on_redis_buffer_read(Visit &visit) {
  RedisErrno error;
  redisContext *context = context_in(visit);
  if (context == nullptr || !is_blocking(*context) || context->err != 0)
    return;
  const std::shared_ptr<RedisConnection> connection = RedisConnections::all().of(*context);
  if (!is_next_mocked(*connection)) {
    if (connection->is_stand_in)
      waits_in_vain(visit);
    error.restore();
    visit.make_real();
    error.keep();
    if (visit.result<int>() != REDIS_OK)
      note_real(*context, *connection, REDIS_ERR, nullptr);
    return;
  }
  connection->outcomes.front().is_read = true;
  const std::optional<RedisBreak> broken = connection->outcomes.front().broken;
  if (broken)
    taken(*context, *connection);
  visit.answer<int>(broken ? break_off(*context, *broken, error) : REDIS_OK);
}

} // namespace tripwire::plugins
