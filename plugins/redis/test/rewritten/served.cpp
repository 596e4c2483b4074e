#include "served.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcntl.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

namespace served {

namespace {

/// Who has this name, which is none of the file system, has the server's place. It is free again when the program ends,
/// however that is.
class Turn {
public:
  Turn() : name_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    constexpr char text[] = "\0tripwire.redis";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, text, sizeof text - 1);
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + sizeof text - 1);
    while (bind(name_, reinterpret_cast<sockaddr *>(&address), size) != 0)
      usleep(10000);
  }
  Turn(const Turn &) = delete;
  Turn &operator=(const Turn &) = delete;
  ~Turn() { close(name_); }

private:
  int name_;
};

class Server {
public:
  Server() : owner_(getpid()) {
    for (int attempts = 100; !is_started(); --attempts) // the one before may not have gone yet
      if (attempts == 1)
        throw std::runtime_error("redis-server does not start");
  }
  Server(const Server &) = delete;
  Server &operator=(const Server &) = delete;
  ~Server() {
    if (getpid() != owner_)
      return;
    kill(child_, SIGKILL); // it keeps nothing
    waitpid(child_, nullptr, 0);
    unlink(socket);
  }

private:
  bool is_started() {
    unlink(socket);
    child_ = fork();
    if (child_ == 0)
      become_server();
    while (!is_listening()) {
      if (waitpid(child_, nullptr, WNOHANG) == child_)
        return false;
      usleep(2000);
    }
    return true;
  }

  [[noreturn]] static void become_server() {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    execl(REDIS_SERVER, "redis-server", "--port", std::to_string(port).c_str(), "--bind", host, "--unixsocket", socket,
          "--protected-mode", "no", "--save", "", "--appendonly", "no", static_cast<char *>(nullptr));
    _exit(127);
  }

  /// The socket of Unix is the last thing that the server opens.
  static bool is_listening() {
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket, sizeof address.sun_path - 1);
    const bool is_there = ::connect(probe, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    close(probe);
    return is_there;
  }

  Turn turn_;
  pid_t owner_;
  pid_t child_ = 0;
};

/// The number behind a name in what the server says of itself.
std::uint64_t number_in(const redisReply &said, const char *name) {
  const char *at = std::strstr(said.str, name);
  return at == nullptr ? 0 : std::strtoull(at + std::strlen(name), nullptr, 10);
}

/// What the server has done, but for what this file has asked of it.
class Count {
public:
  std::uint64_t now() {
    // What has come before the first question has been dealt with behind it.
    freeReplyObject(redisCommand(asking_, "PING"));
    auto *said = static_cast<redisReply *>(redisCommand(asking_, "INFO stats"));
    if (said == nullptr)
      throw std::runtime_error("redis-server does not say what it has done");
    own_ += 1;
    const std::uint64_t all =
        number_in(*said, "total_connections_received:") + number_in(*said, "total_commands_processed:");
    const std::uint64_t others = all - own_;
    own_ += 1; // the second question, which does not count itself
    freeReplyObject(said);
    return others;
  }
  void not_counting_one_more() { own_ += 1; }

private:
  redisContext *asking_ = redisConnectUnix(socket);
  std::uint64_t own_ = 1; // the connection
};

Count &count() {
  start();
  static Count only;
  return only;
}

} // namespace

void start() { static const Server only; }

std::uint64_t calls() { return count().now(); }

redisContext *connection() {
  static redisContext *only = nullptr;
  if (only == nullptr || only->err != 0) {
    redisFree(only);
    count().not_counting_one_more();
    only = redisConnectUnix(socket);
  }
  return only;
}

} // namespace served
