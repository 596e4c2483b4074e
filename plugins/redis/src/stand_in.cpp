#include "stand_in.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace tripwire::plugins::stand_in {

namespace {

constexpr const char *nowhere = "/dev/null/none"; // below what is no folder

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
redisAsyncContext *unconnected() {
  redisAsyncContext *made = redisAsyncConnectUnix(nowhere);
  if (made != nullptr && made->c.fd >= 0) {
    ::close(made->c.fd);
    made->c.fd = -1;
  }
  return made;
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
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return {};
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

redisContext *open(Descriptor end, const Server &server, Mode mode) {
  redisContext *made = redisConnectFd(-1);
  if (made == nullptr)
    return nullptr;
  name_server(*made, server);
  use(*made, std::move(end), mode);
  return made;
}

redisAsyncContext *open_async(Descriptor end, const Server &server) {
  redisAsyncContext *made = unconnected();
  if (made == nullptr)
    return nullptr;
  name_server(made->c, server);
  no_error(made->c);
  made->err = 0;
  made->errstr = made->c.errstr;
  use(made->c, std::move(end), Mode::non_blocking);
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

void *reply(const redisContext &context, const std::string &wire) {
  redisReader *reader = redisReaderCreateWithFunctions(context.reader->fn);
  if (reader == nullptr)
    return nullptr;
  reader->privdata = context.reader->privdata;
  void *made = nullptr;
  if (redisReaderFeed(reader, wire.data(), wire.size()) != REDIS_OK || redisReaderGetReply(reader, &made) != REDIS_OK)
    made = nullptr;
  redisReaderFree(reader);
  return made;
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

AsyncPaper async_paper() { return AsyncPaper(unconnected()); }

std::string written(const redisContext &context) { return std::string(context.obuf, sdslen(context.obuf)); }

void forget_written(redisContext &context) {
  sdssetlen(context.obuf, 0);
  context.obuf[0] = '\0';
}

} // namespace tripwire::plugins::stand_in
