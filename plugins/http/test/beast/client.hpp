// A client over Boost.Beast as production code would write it: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_BEAST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_BEAST_CLIENT_HPP

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <string>
#include <vector>

namespace client {

/// One connection, to a port of this machine when it is connected at all.
class Connection {
public:
  Connection() : stream(context) {}
  void connect(unsigned short port);
  /// To `host:port`, as a resolver finds it.
  void connect_by_name(const std::string &host);

  boost::asio::io_context context;
  boost::beast::tcp_stream stream;
};

/// Some use of the library and what came of it, in words. \p host is `host:port`.
struct Scenario {
  const char *name;
  std::string (*run)(Connection &connection, const std::string &host);
};
std::vector<Scenario> scenarios();
/// Those of asynchronous.cpp, and of parts.cpp.
std::vector<Scenario> asynchronous_scenarios();
std::vector<Scenario> scenarios_in_parts();

/// The usual asynchronous client: resolves, connects, writes, reads, shuts down, each step from the handler of the one
/// before. What came of it, in words; a handler that runs within the call that it was given to says so.
std::string fetch(const std::string &host, const std::string &port, const std::string &target);
/// A GET whose response is asked for before the request is written.
std::string listen_then_ask(Connection &connection, const std::string &host, const std::string &target);
/// Answers one request, asynchronously: `hello ` and its target.
class Server {
public:
  Server();
  unsigned short port() const;
  void serve_one();

private:
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
};
/// Writes these bytes asynchronously, whatever they are.
void write_bytes(Connection &connection, const std::string &bytes);
/// The address of a host, by a resolver.
std::string address_of(const std::string &host, const std::string &port);
/// A GET over a plain socket.
std::string get_over_socket(const std::string &host, const std::string &port);

/// A GET whose response is read with an error code; the code, or the body.
std::string get(Connection &connection, const std::string &host, const std::string &target);
/// What comes over the connection: the body of a response, or the code.
std::string read(Connection &connection);
/// A GET as the first one, where the library throws.
std::string get_or_throw(Connection &connection, const std::string &host, const std::string &target);
/// A request with a body that the plugin has not been told of.
void put_unknown_body(Connection &connection, const std::string &host);
/// A request whose head is written alone, over a plain socket.
void put_in_parts(Connection &connection, const std::string &host);
/// A GET over a plain socket, whose response is read up to its body.
void get_head(Connection &connection, const std::string &host);

} // namespace client

#endif
