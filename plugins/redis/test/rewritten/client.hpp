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
  double real = 0;
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
/// Over a descriptor of the program's own.
Connection connect_over(int descriptor);
/// A socket of Unix that is connected; -1 when it is not.
int plain_socket(const char *path);
int reconnect(redisContext *context);
int keep_alive(redisContext *context);
int set_timeout(redisContext *context, long seconds);
/// Frees the context, and leaves its descriptor open.
int free_but_descriptor(Connection connection);

Reply get(redisContext *context, const std::string &key);
Reply set(redisContext *context, const std::string &key, const std::string &value);
/// By a format of its own: `"INCRBY %s %d"`.
Reply add(redisContext *context, const char *key, int count);
/// By `va_list`.
Reply formatted(redisContext *context, const char *format, ...);
Reply of_words(redisContext *context, const std::vector<std::string> &words);
/// Appends by `va_list`.
int append_of(redisContext *context, const char *format, ...);
/// A format that is none.
Reply wrong_format(redisContext *context);

/// Several commands at once, then their replies.
std::vector<Reply> pipeline(redisContext *context, const std::vector<std::vector<std::string>> &commands);
int append(redisContext *context, const char *key);
int append_formatted(redisContext *context, const std::string &wire);
int next(redisContext *context, Reply &reply);
int skip(redisContext *context);
/// Writes and reads until a reply is there.
Reply wait(redisContext *context);
/// The same, and does not read before there is something to be read; none within a second is no reply.
Reply wait_for_descriptor(redisContext *context);

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
enum class Loop { libevent, libuv };
Heard by_events(const char *host, int port, const std::vector<std::vector<std::string>> &commands,
                Loop loop = Loop::libevent);
/// Sends the commands and wants to leave at once: what is under way is answered all the same.
Heard leave_at_once(const char *host, int port, const std::vector<std::vector<std::string>> &commands, Loop loop);
/// The same, by a format, over a socket of Unix.
Heard by_events_unix(const char *path, const char *key);
/// Subscribes to a channel, and leaves after \p count replies. When the first one is there, \p subscribed is called.
Heard listen(const char *host, int port, const char *channel, std::size_t count,
             const std::function<void()> &subscribed = {});
/// By `va_list`.
Heard by_events_of(const char *host, int port, const char *format, ...);

#ifdef REDIS_OPT_NONBLOCK // since hiredis 1.0
/// What the server has sent without being asked.
struct Pushed {
  std::vector<Reply> messages;
};
/// With options: a socket of Unix where \p path is none. What is pushed goes there, where that is one.
Connection connect_with(const char *host, int port, const char *path, int options, Pushed *pushed);
Heard by_events_with(const char *host, int port, const char *path,
                     const std::vector<std::vector<std::string>> &commands, Pushed *pushed);
int keep_alive_each(redisContext *context, int seconds);
int user_timeout(redisContext *context, unsigned milliseconds);
#endif

} // namespace client

extern "C" {
/// Like `client::visits`, in C.
long long c_visits(const char *host, int port, const char *page);
}

#endif
