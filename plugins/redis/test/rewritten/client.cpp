#include "client.hpp"

#include <hiredis/adapters/libevent.h>
#include <hiredis/adapters/libuv.h>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdlib>
#include <cstring>

namespace client {

namespace {

Reply copied(const redisReply *reply) {
  Reply copy;
  if (reply == nullptr)
    return copy;
  copy.type = reply->type;
  switch (reply->type) {
#ifdef REDIS_REPLY_MAP
  case REDIS_REPLY_BOOL:
#endif
  case REDIS_REPLY_INTEGER:
    copy.integer = reply->integer;
    break;
#ifdef REDIS_REPLY_MAP
  case REDIS_REPLY_DOUBLE:
    copy.real = reply->dval;
    copy.text = std::string(reply->str, reply->len);
    break;
  case REDIS_REPLY_VERB:
    copy.text = std::string(reply->vtype) + ":" + std::string(reply->str, reply->len);
    break;
  case REDIS_REPLY_BIGNUM:
#endif
  case REDIS_REPLY_STRING:
  case REDIS_REPLY_STATUS:
  case REDIS_REPLY_ERROR:
    copy.text = std::string(reply->str, reply->len);
    break;
  default:
    for (std::size_t index = 0; index < reply->elements; ++index)
      copy.elements.push_back(copied(reply->element[index]));
  }
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
Connection connect_over(int descriptor) { return Connection(redisConnectFd(descriptor)); }

int plain_socket(const char *path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path, sizeof address.sun_path - 1);
  const int made = ::socket(AF_UNIX, SOCK_STREAM, 0);
  if (::connect(made, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0)
    return made;
  ::close(made);
  return -1;
}

int set_timeout(redisContext *context, long seconds) { return redisSetTimeout(context, timeval{seconds, 0}); }
int free_but_descriptor(Connection connection) { return redisFreeKeepFd(connection.release()); }
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

int append_of(redisContext *context, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int result = redisvAppendCommand(context, format, arguments);
  va_end(arguments);
  return result;
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
  while (redisGetReplyFromReader(context, &reply) == REDIS_OK && reply == nullptr &&
         redisBufferRead(context) == REDIS_OK) {
  }
  return taken(reply);
}

Reply wait_for_descriptor(redisContext *context) {
  int done = 0;
  while (done == 0 && redisBufferWrite(context, &done) == REDIS_OK) {
  }
  pollfd readable{context->fd, POLLIN, 0};
  if (poll(&readable, 1, 1000) != 1)
    return {};
  Reply reply;
  next(context, reply);
  return reply;
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
  std::size_t wanted = 0; ///< 0: it leaves by itself
  std::function<void()> at_first;
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
  if (talk.heard.replies.size() == 1 && talk.at_first)
    talk.at_first();
  if (talk.heard.replies.size() == talk.wanted && reply != nullptr)
    redisAsyncDisconnect(context);
}

struct Libevent {
  event_base *base = event_base_new();
  void attach(redisAsyncContext *context) { redisLibeventAttach(context, base); }
  void run() { event_base_dispatch(base); }
  ~Libevent() { event_base_free(base); }
};

struct Libuv {
  uv_loop_t loop;
  Libuv() { uv_loop_init(&loop); }
  void attach(redisAsyncContext *context) { redisLibuvAttach(context, &loop); }
  void run() { uv_run(&loop, UV_RUN_DEFAULT); }
  ~Libuv() {
    run(); // what closes
    uv_loop_close(&loop);
  }
};

template <class Loop = Libevent, class Send>
Heard talked(redisAsyncContext *context, std::size_t wanted, Send send, std::function<void()> at_first = {}) {
  Talk talk;
  talk.wanted = wanted;
  talk.at_first = std::move(at_first);
  if (context->err != 0) {
    talk.heard.error = context->err;
    talk.heard.error_text = context->errstr;
    redisAsyncFree(context);
    return talk.heard;
  }
  Loop loop;
  context->data = &talk;
  loop.attach(context);
  redisAsyncSetConnectCallback(context, connected);
  redisAsyncSetDisconnectCallback(context, disconnected);
  talk.heard.sent = send(context, &talk);
  if (talk.heard.sent == REDIS_OK)
    loop.run();
  else
    redisAsyncFree(context);
  return talk.heard;
}

int send_all(redisAsyncContext *context, Talk *talk, const std::vector<std::vector<std::string>> &commands) {
  int sent = REDIS_OK;
  for (const auto &words : commands) {
    Words given(words);
    if (redisAsyncCommandArgv(context, replied, talk, given.count(), given.texts.data(), given.sizes.data()) !=
        REDIS_OK)
      sent = REDIS_ERR;
  }
  return sent;
}

} // namespace

Heard by_events(const char *host, int port, const std::vector<std::vector<std::string>> &commands, Loop loop) {
  const auto send = [&](redisAsyncContext *context, Talk *talk) { return send_all(context, talk, commands); };
  redisAsyncContext *context = redisAsyncConnect(host, port);
  return loop == Loop::libuv ? talked<Libuv>(context, commands.size(), send) : talked(context, commands.size(), send);
}

Heard leave_at_once(const char *host, int port, const std::vector<std::vector<std::string>> &commands, Loop loop) {
  const auto send = [&](redisAsyncContext *context, Talk *talk) {
    const int sent = send_all(context, talk, commands);
    redisAsyncDisconnect(context);
    return sent;
  };
  redisAsyncContext *context = redisAsyncConnect(host, port);
  return loop == Loop::libuv ? talked<Libuv>(context, 0, send) : talked(context, 0, send);
}

Heard by_events_unix(const char *path, const char *key) {
  return talked(redisAsyncConnectUnix(path), 1, [&](redisAsyncContext *context, Talk *talk) {
    return redisAsyncCommand(context, replied, talk, "GET %s", key);
  });
}

Heard listen(const char *host, int port, const char *channel, std::size_t count,
             const std::function<void()> &subscribed) {
  return talked(
      redisAsyncConnect(host, port), count,
      [&](redisAsyncContext *context, Talk *talk) {
        return redisAsyncCommand(context, replied, talk, "SUBSCRIBE %s", channel);
      },
      subscribed);
}

Heard by_events_of(const char *host, int port, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  Heard heard = talked(redisAsyncConnect(host, port), 1, [&](redisAsyncContext *context, Talk *talk) {
    return redisvAsyncCommand(context, replied, talk, format, arguments);
  });
  va_end(arguments);
  return heard;
}

#ifdef REDIS_OPT_NONBLOCK

namespace {

redisOptions options_of(const char *host, int port, const char *path) {
  redisOptions made{};
  if (path != nullptr)
    REDIS_OPTIONS_SET_UNIX(&made, path);
  else
    REDIS_OPTIONS_SET_TCP(&made, host, port);
  return made;
}

} // namespace

Connection connect_with(const char *host, int port, const char *path, int options, Pushed *pushed) {
  redisOptions made = options_of(host, port, path);
  made.options = options;
  const timeval second{1, 0};
  made.command_timeout = &second;
  if (pushed != nullptr) {
    REDIS_OPTIONS_SET_PRIVDATA(&made, pushed, nullptr);
    made.push_cb = [](void *data, void *reply) { static_cast<Pushed *>(data)->messages.push_back(taken(reply)); };
  }
  return Connection(redisConnectWithOptions(&made));
}

Heard by_events_with(const char *host, int port, const char *path,
                     const std::vector<std::vector<std::string>> &commands, Pushed *pushed) {
  redisOptions made = options_of(host, port, path);
  REDIS_OPTIONS_SET_PRIVDATA(&made, pushed, nullptr);
  made.async_push_cb = [](redisAsyncContext *context, void *reply) {
    static_cast<Pushed *>(context->c.privdata)->messages.push_back(copied(static_cast<redisReply *>(reply)));
  };
  return talked(redisAsyncConnectWithOptions(&made), commands.size(),
                [&](redisAsyncContext *context, Talk *talk) { return send_all(context, talk, commands); });
}

int keep_alive_each(redisContext *context, int seconds) { return redisEnableKeepAliveWithInterval(context, seconds); }
int user_timeout(redisContext *context, unsigned milliseconds) { return redisSetTcpUserTimeout(context, milliseconds); }

#endif

} // namespace client
