// A server of names on the loopback: it knows one host, and none of the others.
#ifndef TRIPWIRE_PLUGINS_DNS_TEST_NAME_SERVER_HPP
#define TRIPWIRE_PLUGINS_DNS_TEST_NAME_SERVER_HPP

#include <thread>

/// Answers every question about `known.test` with the A record 192.0.2.99, and that there is no other name. Serves
/// until it is destroyed.
class NameServer {
public:
  NameServer();
  NameServer(const NameServer &) = delete;
  NameServer &operator=(const NameServer &) = delete;
  ~NameServer();
  int port() const { return port_; }

private:
  int socket_;
  int stop_[2];
  int port_ = 0;
  std::thread thread_;
};

#endif
