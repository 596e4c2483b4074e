// A server on the loopback that sends back what it gets.
#ifndef TRIPWIRE_PLUGINS_SOCKET_TEST_ECHO_SERVER_HPP
#define TRIPWIRE_PLUGINS_SOCKET_TEST_ECHO_SERVER_HPP

#include <atomic>
#include <cstdint>
#include <thread>

/// Serves one connection after the other, until it is destroyed.
class EchoServer {
public:
  EchoServer();
  EchoServer(const EchoServer &) = delete;
  EchoServer &operator=(const EchoServer &) = delete;
  ~EchoServer();
  int port() const { return port_; }
  /// How often bytes have arrived.
  std::uint64_t served() const { return served_; }

private:
  void serve();

  int listener_;
  int stop_[2];
  int port_ = 0;
  std::atomic<std::uint64_t> served_{0};
  std::thread thread_;
};

// What code that is not rewritten does with a descriptor.
void close_elsewhere(int descriptor);
/// To that port of the loopback.
int connect_elsewhere(int descriptor, int port);
/// Puts a copy of the other one in its place.
void replace_elsewhere(int other, int descriptor);
void write_elsewhere(int descriptor, const char *text);
/// One byte.
void read_elsewhere(int descriptor);

#endif
