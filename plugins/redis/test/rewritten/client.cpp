#include "client.hpp"

#include <hiredis/adapters/libevent.h>

#include <cstdarg>
#include <cstdlib>

namespace client {

namespace {

Reply copied(const redisReply *reply) {
  Reply copy;
  if (reply == nullptr)
    return copy;
  copy.type = reply->type;
  copy.integer = reply->type == REDIS_REPLY_INTEGER ? reply->integer : 0;
  if (reply->type == REDIS_REPLY_STRING || reply->type == REDIS_REPLY_STATUS || reply->type == REDIS_REPLY_ERROR)
    copy.text = std::string(reply->str, reply->len);
  if (reply->type == REDIS_REPLY_ARRAY)
    for (std::size_t index = 0; index < reply->elements; ++index)
      copy.elements.push_back(copied(reply->element[index]));
  return copy;
}

Reply taken(void *reply) {
  Reply copy = copied(static_cast<redisReply *>(reply));
  freeReplyObject(reply);
  return copy;
}

struct Words {
  explicit Words(const std::vector<std::string> &words) {
    for (const std::string &word : words) {
      texts.push_back(word.data());
      sizes.push_back(word.size());
    }
  }
  int count() const { return static_cast<int>(texts.size()); }
  std::vector<const char *> texts;
  std::vector<std::size_t> sizes;
};

} // namespace

void Close::operator()(redisContext *context) const { redisFree(context); }

Connection connect(const char *host, int port) { return Connection(redisConnect(host, port)); }
Connection connect_within(const char *host, int port, long seconds) {
  return Connection(redisConnectWithTimeout(host, port, timeval{seconds, 0}));
}
Connection connect_unix(const char *path) { return Connection(redisConnectUnix(path)); }
Connection connect_unix_within(const char *path, long seconds) {
  return Connection(redisConnectUnixWithTimeout(path, timeval{seconds, 0}));
}
Connection connect_non_block(const char *host, int port) { return Connection(redisConnectNonBlock(host, port)); }
int reconnect(redisContext *context) { return redisReconnect(context); }
int keep_alive(redisContext *context) { return redisEnableKeepAlive(context); }

Reply get(redisContext *context, const std::string &key) {
  return taken(redisCommand(context, "GET %b", key.data(), key.size()));
}

Reply set(redisContext *context, const std::string &key, const std::string &value) {
  return taken(redisCommand(context, "set %s %b", key.c_str(), value.data(), value.size()));
}

Reply add(redisContext *context, const char *key, int count) {
  return taken(redisCommand(context, "INCRBY %s %d", key, count));
}

Reply formatted(redisContext *context, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  void *reply = redisvCommand(context, format, arguments);
  va_end(arguments);
  return taken(reply);
}

Reply of_words(redisContext *context, const std::vector<std::string> &words) {
  Words given(words);
  return taken(redisCommandArgv(context, given.count(), given.texts.data(), given.sizes.data()));
}

Reply wrong_format(redisContext *context) { return taken(redisCommand(context, "GET %y")); }

std::vector<Reply> pipeline(redisContext *context, const std::vector<std::vector<std::string>> &commands) {
  for (const auto &words : commands) {
    Words given(words);
    redisAppendCommandArgv(context, given.count(), given.texts.data(), given.sizes.data());
  }
  std::vector<Reply> replies;
  for (std::size_t index = 0; index < commands.size(); ++index) {
    void *reply = nullptr;
    if (redisGetReply(context, &reply) != REDIS_OK)
      break;
    replies.push_back(taken(reply));
  }
  return replies;
}

int append(redisContext *context, const char *key) { return redisAppendCommand(context, "GET %s", key); }

int append_formatted(redisContext *context, const std::string &wire) {
  return redisAppendFormattedCommand(context, wire.data(), wire.size());
}

int next(redisContext *context, Reply &reply) {
  void *got = nullptr;
  const int result = redisGetReply(context, &got);
  reply = taken(got);
  return result;
}

int skip(redisContext *context) { return redisGetReply(context, nullptr); }

Reply wait(redisContext *context) {
  void *reply = nullptr;
  int done = 0;
  while (done == 0 && redisBufferWrite(context, &done) == REDIS_OK) {
  }
  while (reply == nullptr && redisBufferRead(context) == REDIS_OK && redisGetReply(context, &reply) == REDIS_OK) {
  }
  return taken(reply);
}

long long visits(const char *host, int port, const char *page) {
  const Connection connection = connect(host, port);
  if (connection == nullptr || connection->err != 0)
    return -1;
  const Reply reply = taken(redisCommand(connection.get(), "INCR visits:%s", page));
  return reply.type == REDIS_REPLY_INTEGER ? reply.integer : -1;
}

namespace {

/// What the callbacks of one connection write into.
struct Talk {
  Heard heard;
  std::size_t wanted = 0;
};

void connected(const redisAsyncContext *context, int status) {
  static_cast<Talk *>(context->data)->heard.connected = status;
}

void disconnected(const redisAsyncContext *context, int status) {
  auto &talk = *static_cast<Talk *>(context->data);
  talk.heard.disconnected = status;
  talk.heard.error = context->err;
  talk.heard.error_text = context->errstr == nullptr ? "" : context->errstr;
}

void replied(redisAsyncContext *context, void *reply, void *data) {
  auto &talk = *static_cast<Talk *>(data);
  talk.heard.replies.push_back(copied(static_cast<redisReply *>(reply)));
  if (talk.heard.replies.size() == talk.wanted && reply != nullptr)
    redisAsyncDisconnect(context);
}

template <class Send> Heard talked(redisAsyncContext *context, std::size_t wanted, Send send) {
  Talk talk;
  talk.wanted = wanted;
  if (context->err != 0) {
    talk.heard.error = context->err;
    talk.heard.error_text = context->errstr;
    redisAsyncFree(context);
    return talk.heard;
  }
  event_base *base = event_base_new();
  context->data = &talk;
  redisLibeventAttach(context, base);
  redisAsyncSetConnectCallback(context, connected);
  redisAsyncSetDisconnectCallback(context, disconnected);
  talk.heard.sent = send(context, &talk);
  if (talk.heard.sent == REDIS_OK)
    event_base_dispatch(base);
  else
    redisAsyncFree(context);
  event_base_free(base);
  return talk.heard;
}

} // namespace

Heard by_events(const char *host, int port, const std::vector<std::vector<std::string>> &commands) {
  return talked(redisAsyncConnect(host, port), commands.size(), [&](redisAsyncContext *context, Talk *talk) {
    int sent = REDIS_OK;
    for (const auto &words : commands) {
      Words given(words);
      if (redisAsyncCommandArgv(context, replied, talk, given.count(), given.texts.data(), given.sizes.data()) !=
          REDIS_OK)
        sent = REDIS_ERR;
    }
    return sent;
  });
}

Heard by_events_unix(const char *path, const char *key) {
  return talked(redisAsyncConnectUnix(path), 1, [&](redisAsyncContext *context, Talk *talk) {
    return redisAsyncCommand(context, replied, talk, "GET %s", key);
  });
}

Heard listen(const char *host, int port, const char *channel, std::size_t count) {
  return talked(redisAsyncConnect(host, port), count, [&](redisAsyncContext *context, Talk *talk) {
    return redisAsyncCommand(context, replied, talk, "SUBSCRIBE %s", channel);
  });
}

} // namespace client
