// what a client library asks for and gets --(HttpExchange)--> an interaction of the http plugin
//
// For the headers beside this one, and for those who write the like for their own client: it knows no library.
#ifndef TRIPWIRE_PLUGINS_HTTP_CLIENT_HPP
#define TRIPWIRE_PLUGINS_HTTP_CLIENT_HPP

#include <tripwire/plugin.hpp>
#include <tripwire/value.hpp>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripwire::plugins {

/// Names and values, in order.
using HttpLines = std::vector<std::pair<std::string, std::string>>;

/// What a mock answers.
struct HttpAnswered {
  AnyValue error; ///< of the library that asks; empty when there is a response
  long status = 200;
  HttpLines headers; ///< as they are delivered: with the Content-Length that nobody told
  std::string body;
  std::chrono::microseconds delay{0}; ///< how long the far end takes; nobody waits for it
};

/// One request and what becomes of it. Used by one thread at a time; it may outlive the call that it began with.
class HttpExchange {
public:
  /// Puts the request before the core; lets the violation pass when it is refused. \p url is whole, with its scheme.
  HttpExchange(plugin::Visit &visit, std::string method, const std::string &url);
  HttpExchange(const HttpExchange &) = delete;
  HttpExchange &operator=(const HttpExchange &) = delete;
  ~HttpExchange();

  /// The real call has to be made; else answer() says what comes back.
  bool is_real() const;
  const HttpAnswered &answer() const;

  /// What was sent; credentials in headers are not kept. Once.
  void sent(const HttpLines &headers, const std::string &body);
  /// What came back, then. Once one of both.
  void answered(long status, const HttpLines &headers, const std::string &body);
  void answered(); ///< what the mock said
  /// The same, where the client saw only \p body of it.
  void answered(const std::string &body);
  void failed(AnyValue error);

  /// Fails the test: the mock cannot do what the client asks for. \p what says it. In the call that it began with.
  [[noreturn]] void cannot_honour(const std::string &what) const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Refuses a call whose request cannot be read, in a sandbox; outside of one the guard decides. \p what is the reason.
void http_cannot_see(plugin::Visit &visit, const std::string &what);

/// Requests that were sent by a connection, at that address, and wait for their response: the first one first. The end
/// of the test forgets them.
void http_keep(const void *connection, std::unique_ptr<HttpExchange> exchange);
/// Null when none waits.
std::unique_ptr<HttpExchange> http_take(const void *connection);

/// `OK` for 200; empty for what has no name.
const char *http_reason(long status);

/// Where a Location header leads from \p url; nothing when it leads nowhere.
std::optional<std::string> http_location(const std::string &url, const std::string &location);

/// A connection on this machine with nobody at its other end: a socket for what answers of mocks come through, as
/// descriptors that whoever asks closes. The second one does not block. False where the machine has no loopback.
bool http_nowhere(int (&ends)[2]);
/// Whether a connected socket leads to where the hosts of mocks are found (`http_asio_types.hpp`).
bool http_leads_nowhere(int descriptor);
/// Handles the steps of streams whose type is the plugin's own (`http_beast_types.hpp`). To be called before `main`.
bool http_observe_streams(void (*run)(plugin::Visit &));

/// The seams of a client library are handled by the http plugin, which has them in its manifest. To be called before
/// `main`.
bool http_observe(std::initializer_list<std::pair<const char *, void (*)(plugin::Visit &)>> seams);

} // namespace tripwire::plugins

#endif
