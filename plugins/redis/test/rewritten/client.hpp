// A program that speaks to Redis, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_REDIS_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_REDIS_TEST_CLIENT_HPP

#include <hiredis/async.h>
#include <hiredis/hiredis.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace client {

/// A reply, copied and freed as programs do.
struct Reply {
  int type = 0; ///< REDIS_REPLY_...; 0 when there was none
  std::string text;
  long long integer = 0;
  std::vector<Reply> elements;
};

struct Close {
  void operator()(redisContext *context) const;
};
using Connection = std::unique_ptr<redisContext, Close>;

Connection connect(const char *host, int port);
Connection connect_within(const char *host, int port, long seconds);
Connection connect_unix(const char *path);
Connection connect_unix_within(const char *path, long seconds);
Connection connect_non_block(const char *host, int port);
int reconnect(redisContext *context);
int keep_alive(redisContext *context);

Reply get(redisContext *context, const std::string &key);
Reply set(redisContext *context, const std::string &key, const std::string &value);
/// By a format of its own: `"INCRBY %s %d"`.
Reply add(redisContext *context, const char *key, int count);
/// By `va_list`.
Reply formatted(redisContext *context, const char *format, ...);
Reply of_words(redisContext *context, const std::vector<std::string> &words);
/// A format that is none.
Reply wrong_format(redisContext *context);

/// Several commands at once, then their replies.
std::vector<Reply> pipeline(redisContext *context, const std::vector<std::vector<std::string>> &commands);
int append(redisContext *context, const char *key);
int append_formatted(redisContext *context, const std::string &wire);
int next(redisContext *context, Reply &reply);
int skip(redisContext *context);
/// Writes and reads until a reply is there: for connections that do not block.
Reply wait(redisContext *context);

/// Opens, asks, closes: -1 where something failed, as most programs do it.
long long visits(const char *host, int port, const char *page);

/// Speaks to a server by libevent: connects, sends the commands at once, and leaves when all are answered.
struct Heard {
  int connected = -2;    ///< status of the callback; -2 when it never came
  int disconnected = -2; ///< the same
  int sent = REDIS_OK;
  int error = 0;
  std::string error_text;
  std::vector<Reply> replies;
};
Heard by_events(const char *host, int port, const std::vector<std::vector<std::string>> &commands);
/// The same, by a format, over a socket of Unix.
Heard by_events_unix(const char *path, const char *key);
/// Subscribes to a channel, and leaves after \p count replies.
Heard listen(const char *host, int port, const char *channel, std::size_t count);

} // namespace client

extern "C" {
/// Like `client::visits`, in C.
long long c_visits(const char *host, int port, const char *page);
}

#endif
