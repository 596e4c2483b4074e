#include "served.hpp"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

namespace served {

namespace {

std::atomic<std::uint64_t> count{0};

int free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool is_bound = bind(probe, reinterpret_cast<sockaddr *>(&address), size) == 0 &&
                        getsockname(probe, reinterpret_cast<sockaddr *>(&address), &size) == 0;
  close(probe);
  if (!is_bound)
    throw std::runtime_error("no port is free");
  return ntohs(address.sin_port);
}

class Server {
public:
  Server() : folder_("/tmp/tripwire-redis-XXXXXX"), owner_(getpid()) {
    if (mkdtemp(&folder_[0]) == nullptr)
      throw std::runtime_error("no folder for the server");
    path_ = folder_ + "/s";
    for (int attempts = 5; !is_started(); --attempts)
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
    unlink(path_.c_str());
    rmdir(folder_.c_str());
  }

  int port() const { return port_; }
  const char *path() const { return path_.c_str(); }

private:
  /// On a port that was free a moment ago.
  bool is_started() {
    port_ = free_port();
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

  [[noreturn]] void become_server() const {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    const std::string port = std::to_string(port_);
    execl(REDIS_SERVER, "redis-server", "--port", port.c_str(), "--bind", "127.0.0.1", "--unixsocket", path_.c_str(),
          "--save", "", "--appendonly", "no", "--dir", folder_.c_str(), static_cast<char *>(nullptr));
    _exit(127);
  }

  /// The socket of Unix is the last thing that the server opens.
  bool is_listening() const {
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path_.c_str(), sizeof address.sun_path - 1);
    const bool is_there = ::connect(probe, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    close(probe);
    return is_there;
  }

  std::string folder_;
  std::string path_;
  pid_t owner_;
  int port_ = 0;
  pid_t child_ = 0;
};

const Server &server() {
  static const Server only;
  return only;
}

} // namespace

const char *socket() { return server().path(); }
std::uint64_t calls() { return count; }

redisContext *connection() {
  static redisContext *only = nullptr;
  if (only == nullptr || only->err != 0) {
    redisFree(only);
    only = redisConnect("127.0.0.1", port);
    --count;
  }
  return only;
}

namespace {

bool is_of_tcp(int descriptor) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  return getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size) == 0 && address.ss_family == AF_INET;
}

} // namespace

} // namespace served

// Stands between hiredis and libc, and hands everything on.
extern "C" {

int connect(int descriptor, const sockaddr *address, socklen_t size) {
  using Connect = int (*)(int, const sockaddr *, socklen_t);
  static const auto next = reinterpret_cast<Connect>(dlsym(RTLD_NEXT, "connect"));
  if (address->sa_family == AF_INET &&
      reinterpret_cast<const sockaddr_in *>(address)->sin_port == htons(served::port)) {
    ++served::count;
    sockaddr_in real = *reinterpret_cast<const sockaddr_in *>(address);
    real.sin_port = htons(static_cast<std::uint16_t>(served::server().port()));
    return next(descriptor, reinterpret_cast<const sockaddr *>(&real), size);
  }
  if (address->sa_family == AF_UNIX &&
      std::strncmp(reinterpret_cast<const sockaddr_un *>(address)->sun_path, "/dev/null/", 10) != 0) // of stand-ins
    ++served::count;
  return next(descriptor, address, size);
}

ssize_t write(int descriptor, const void *data, std::size_t size) {
  if (served::is_of_tcp(descriptor))
    ++served::count;
  using Write = ssize_t (*)(int, const void *, std::size_t);
  static const auto next = reinterpret_cast<Write>(dlsym(RTLD_NEXT, "write"));
  return next(descriptor, data, size);
}
}
