// mocked connections --(stand-ins)--> real contexts of hiredis over a socket that leads nowhere
//
// Knows hiredis and nothing of tripwire. What a program reads of such a context (err, errstr, fd), and what it does
// with it by functions that are no seams (timeouts, an event loop's adapter), is true of it, because it is real.
#ifndef TRIPWIRE_PLUGINS_REDIS_STAND_IN_HPP
#define TRIPWIRE_PLUGINS_REDIS_STAND_IN_HPP

#include <hiredis/async.h>
#include <hiredis/hiredis.h>

#include <memory>
#include <string>

#ifdef REDIS_OPT_NONBLOCK // since hiredis 1.0
#define TRIPWIRE_REDIS_OPTIONS 1
#else
#define TRIPWIRE_REDIS_OPTIONS 0
#endif

namespace tripwire::plugins::stand_in {

/// Where a program connects to.
struct Server {
  std::string host;
  int port = 0;
  std::string socket; ///< of Unix; the others are empty then
};

/// A descriptor that is closed with its owner.
class Descriptor {
public:
  Descriptor() = default;
  explicit Descriptor(int number) noexcept : number_(number) {}
  Descriptor(Descriptor &&other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor &operator=(Descriptor &&other) noexcept;
  ~Descriptor();
  int number() const noexcept { return number_; }
  int release() noexcept;

private:
  int number_ = -1;
};

/// Both ends of a socket: what is written at one is read at the other.
struct Ends {
  Descriptor program;
  Descriptor test;
  Descriptor listener; ///< to which the program's end is connected
};
/// None is open without descriptors.
Ends connected_ends();

enum class Mode : unsigned char { blocking, non_blocking };

#if TRIPWIRE_REDIS_OPTIONS
using Options = redisOptions;
#else
struct Options {};
#endif

/// A connection over the program's end, which it takes. \p options are the program's own, as far as they are not about
/// the server; null for none. Null without memory.
redisContext *open(Ends &ends, const Server &server, Mode mode, const Options *options = nullptr);
/// The same for an event loop.
redisAsyncContext *open_async(Ends &ends, const Server &server, const Options *options = nullptr);
/// The same context over another end, as after `redisReconnect`.
void open_again(redisContext &context, Descriptor end, Mode mode);

/// The connection has failed, as `err` and `errstr` of it say.
void fail(redisContext &context, int code, const std::string &message);
void fail(redisAsyncContext &context, int code, const std::string &message);
/// What hiredis says of such an error, where it does not ask the system.
const char *message_of(int code);

/// A reply from the protocol, made by the functions that the context makes replies by. Null when hiredis cannot read
/// it, as the context says then.
void *reply(redisContext &context, const std::string &wire);
/// Whether the server has sent that without being asked (RESP3).
bool is_push(const void *reply);
/// Such a reply goes to the callback that the program has set for it, if there is one. \return whether it did.
bool is_pushed(redisContext &context, void *reply);
/// The text of a reply that is an error of the server; empty for any other, and where replies are no `redisReply`.
std::string error_in(const redisContext &context, const void *reply);

struct Free {
  void operator()(redisContext *context) const noexcept { redisFree(context); }
  void operator()(redisAsyncContext *context) const noexcept { redisAsyncFree(context); }
};
/// Contexts that no program sees, for hiredis to expand commands into.
using Paper = std::unique_ptr<redisContext, Free>;
using AsyncPaper = std::unique_ptr<redisAsyncContext, Free>;
Paper paper();
AsyncPaper async_paper();

/// What would be sent.
std::string written(const redisContext &context);
/// Nothing is to be sent any more.
void forget_written(redisContext &context);

} // namespace tripwire::plugins::stand_in

#endif
