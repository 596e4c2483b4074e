#include "stand_in.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace tripwire::plugins::stand_in {

namespace {

void name_server(redisContext &context, const Server &server) {
  std::free(context.unix_sock.path);
  std::free(context.tcp.host);
  context.unix_sock.path = server.socket.empty() ? nullptr : strdup(server.socket.c_str());
  context.tcp.host = server.socket.empty() ? strdup(server.host.c_str()) : nullptr;
  context.tcp.port = server.port;
  context.connection_type = server.socket.empty() ? REDIS_CONN_TCP : REDIS_CONN_UNIX;
}

void no_error(redisContext &context) {
  context.err = 0;
  std::memset(context.errstr, 0, sizeof context.errstr);
}

void use(redisContext &context, Descriptor end, Mode mode) {
  if (mode == Mode::non_blocking) {
    context.flags &= ~REDIS_BLOCK;
    fcntl(end.number(), F_SETFL, fcntl(end.number(), F_GETFL) | O_NONBLOCK);
  }
  context.fd = end.release();
}

#if TRIPWIRE_REDIS_OPTIONS

/// The program's, over a descriptor that is connected already.
redisOptions over(Descriptor end, const Options *options) {
  redisOptions over{};
  if (options != nullptr)
    over = *options;
  over.type = REDIS_CONN_USERFD;
  over.endpoint.fd = end.release();
  return over;
}

/// hiredis asks the system whether it is connected by connecting again, to where it was.
void name_address(redisContext &context, const Descriptor &listener) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(listener.number(), reinterpret_cast<sockaddr *>(&address), &size);
  if (void *kept = hi_malloc(size); kept != nullptr) {
    std::memcpy(kept, &address, size);
    context.saddr = static_cast<sockaddr *>(kept);
    context.addrlen = size;
  }
}

#else

constexpr const char *nowhere = "/dev/null/none"; // below what is no folder

#endif

/// Those that make a `redisReply`.
const redisReplyObjectFunctions *usual_functions() {
  redisReader *reader = redisReaderCreate();
  if (reader == nullptr)
    return nullptr;
  const redisReplyObjectFunctions *functions = reader->fn;
  redisReaderFree(reader);
  return functions;
}

/// An asynchronous context without a connection.
redisAsyncContext *unconnected(const Options *options) {
#if TRIPWIRE_REDIS_OPTIONS
  const redisOptions none = over(Descriptor(), options);
  return redisAsyncConnectWithOptions(&none);
#else
  (void)options;
  redisAsyncContext *made = redisAsyncConnectUnix(nowhere);
  if (made != nullptr && made->c.fd >= 0) {
    ::close(made->c.fd);
    made->c.fd = -1;
  }
  return made;
#endif
}

/// The same for one that waits for its replies, or does not.
redisContext *unconnected_plain(const Options *options) {
#if TRIPWIRE_REDIS_OPTIONS
  const redisOptions none = over(Descriptor(), options);
  return redisConnectWithOptions(&none);
#else
  (void)options;
  return redisConnectFd(-1);
#endif
}

} // namespace

Descriptor &Descriptor::operator=(Descriptor &&other) noexcept {
  if (number_ >= 0)
    ::close(number_);
  number_ = other.release();
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0)
    ::close(number_);
}

int Descriptor::release() noexcept {
  const int number = number_;
  number_ = -1;
  return number;
}

Ends connected_ends() {
  const auto opened = [] { return Descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); };
  Ends ends{opened(), {}, opened()};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socklen_t size = sizeof address.sun_family; // the system finds a name, which is none of the file system
  auto *at = reinterpret_cast<sockaddr *>(&address);
  if (bind(ends.listener.number(), at, size) != 0 || listen(ends.listener.number(), 1) != 0)
    return {};
  size = sizeof address;
  if (getsockname(ends.listener.number(), at, &size) != 0 || ::connect(ends.program.number(), at, size) != 0)
    return {};
  ends.test = Descriptor(accept4(ends.listener.number(), nullptr, nullptr, SOCK_CLOEXEC));
  return ends;
}

redisContext *open(Ends &ends, const Server &server, Mode mode, const Options *options) {
  redisContext *made = unconnected_plain(options);
  if (made == nullptr)
    return nullptr;
  name_server(*made, server);
  use(*made, std::move(ends.program), mode);
  return made;
}

redisAsyncContext *open_async(Ends &ends, const Server &server, const Options *options) {
  redisAsyncContext *made = unconnected(options);
  if (made == nullptr)
    return nullptr;
  name_server(made->c, server);
#if TRIPWIRE_REDIS_OPTIONS
  name_address(made->c, ends.listener);
  if (server.socket.empty())
    made->c.connection_type = REDIS_CONN_USERFD; // of TCP, hiredis sets options that this socket does not have
#endif
  no_error(made->c);
  made->err = 0;
  made->errstr = made->c.errstr;
  use(made->c, std::move(ends.program), Mode::non_blocking);
  return made;
}

void open_again(redisContext &context, Descriptor end, Mode mode) {
  no_error(context);
  if (context.fd >= 0)
    ::close(context.fd);
  forget_written(context);
  redisReaderFree(context.reader); // as redisReconnect does
  context.reader = redisReaderCreate();
  use(context, std::move(end), mode);
}

void fail(redisContext &context, int code, const std::string &message) {
  context.err = code;
  std::strncpy(context.errstr, message.c_str(), sizeof context.errstr - 1);
  context.errstr[sizeof context.errstr - 1] = '\0';
}

void fail(redisAsyncContext &context, int code, const std::string &message) {
  fail(context.c, code, message);
  context.err = code;
  context.errstr = context.c.errstr;
}

const char *message_of(int code) {
  switch (code) {
  case REDIS_ERR_EOF:
    return "Server closed the connection";
  case REDIS_ERR_PROTOCOL:
    return "Protocol error";
  case REDIS_ERR_OOM:
    return "Out of memory";
  default:
    return "Unknown error";
  }
}

void *reply(redisContext &context, const std::string &wire) {
  redisReader *reader = redisReaderCreateWithFunctions(context.reader->fn);
  if (reader == nullptr) {
    fail(context, REDIS_ERR_OOM, message_of(REDIS_ERR_OOM));
    return nullptr;
  }
  reader->privdata = context.reader->privdata;
  void *made = nullptr;
  if (redisReaderFeed(reader, wire.data(), wire.size()) != REDIS_OK || redisReaderGetReply(reader, &made) != REDIS_OK) {
    fail(context, reader->err, reader->errstr);
    made = nullptr;
  }
  redisReaderFree(reader);
  return made;
}

bool is_push(const void *reply) {
#ifdef REDIS_REPLY_PUSH
  return reply != nullptr && static_cast<const redisReply *>(reply)->type == REDIS_REPLY_PUSH;
#else
  (void)reply;
  return false;
#endif
}

bool is_pushed(redisContext &context, void *reply) {
#ifdef REDIS_REPLY_PUSH
  if (!is_push(reply) || context.push_cb == nullptr)
    return false;
  context.push_cb(context.privdata, reply);
  return true;
#else
  (void)context;
  (void)reply;
  return false;
#endif
}

std::string error_in(const redisContext &context, const void *reply) {
  static const redisReplyObjectFunctions *const usual = usual_functions();
  if (reply == nullptr || context.reader == nullptr || context.reader->fn != usual)
    return {};
  const auto *given = static_cast<const redisReply *>(reply);
  return given->type == REDIS_REPLY_ERROR ? std::string(given->str, given->len) : std::string();
}

Paper paper() {
  Paper made(redisConnectFd(-1));
  if (made != nullptr)
    made->flags &= ~REDIS_BLOCK; // it writes, and waits for nothing
  return made;
}

AsyncPaper async_paper() { return AsyncPaper(unconnected(nullptr)); }

std::string written(const redisContext &context) { return std::string(context.obuf, sdslen(context.obuf)); }

void forget_written(redisContext &context) {
  sdssetlen(context.obuf, 0);
  context.obuf[0] = '\0';
}

} // namespace tripwire::plugins::stand_in
