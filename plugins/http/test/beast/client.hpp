// A client over Boost.Beast as production code would write it: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_BEAST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_BEAST_CLIENT_HPP

#include <boost/asio/io_context.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <string>
#include <vector>

namespace client {

/// One connection, to a port of this machine when it is connected at all.
class Connection {
public:
  Connection() : stream(context) {}
  void connect(unsigned short port);

  boost::asio::io_context context;
  boost::beast::tcp_stream stream;
};

/// Some use of the library and what came of it, in words. \p host is `host:port`.
struct Scenario {
  const char *name;
  std::string (*run)(Connection &connection, const std::string &host);
};
const std::vector<Scenario> &scenarios();

/// A GET whose response is read with an error code; the code, or the body.
std::string get(Connection &connection, const std::string &host, const std::string &target);
/// The same, where the library throws.
std::string get_or_throw(Connection &connection, const std::string &host, const std::string &target);
/// A request with a body that the plugin has not been told of.
void put_unknown_body(Connection &connection, const std::string &host);
/// A request whose head is written alone.
void put_in_parts(Connection &connection, const std::string &host);
/// A GET whose response is read up to its body.
void get_head(Connection &connection, const std::string &host);

} // namespace client

#endif
