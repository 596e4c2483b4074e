// a table of answers --(LocalServer)--> a real HTTP/1.1 server on loopback, for the time of a test
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_LOCAL_SERVER_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_LOCAL_SERVER_HPP

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tripwire::plugins::test {

/// What the server sends for one path; with Transfer-Encoding, the body travels in chunks.
struct Served {
  long status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool adds_length = true; ///< Content-Length, when neither it nor Transfer-Encoding is among the headers
};

/// Listens on an ephemeral port of 127.0.0.1, one thread per connection. Answers by path, query left out; a path it
/// does not know gets 404. The destructor ends it.
class LocalServer {
public:
  LocalServer();
  LocalServer(const LocalServer &) = delete;
  LocalServer &operator=(const LocalServer &) = delete;
  ~LocalServer();

  void serve(const std::string &path, Served answer);
  std::string base() const { return "http://127.0.0.1:" + std::to_string(port_); }

  /// Every whole request since the last call, head and body as they came; a chunked body without its frames.
  std::vector<std::string> take_requests();

private:
  void accept_all();
  void serve_connection(int connection);
  bool answer(int connection, const std::string &head, std::string &buffer);

  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
  std::mutex mutex_;
  std::vector<std::thread> workers_;
  std::vector<int> connections_;
  std::map<std::string, Served> answers_;
  std::vector<std::string> requests_;
};

} // namespace tripwire::plugins::test

#endif
