// tripwire::socket: what a test says about connections, and asserts of them
//
//   tripwire::socket.new_session()
//       .expect_connect("192.0.2.7", 6379)
//       .expect_send("PING\r\n")
//       .expect_recv("+PONG\r\n")
//       .expect_close();
//   {
//     tripwire::Sandbox sandbox;
//     check_cache();
//   }
//   tripwire::socket.assert_connect("192.0.2.7", 6379);
//   tripwire::socket.assert_send("PING\r\n");
//   tripwire::socket.assert_recv(64, "+PONG\r\n");
//   tripwire::socket.assert_close();
#ifndef TRIPWIRE_PLUGINS_SOCKET_HPP
#define TRIPWIRE_PLUGINS_SOCKET_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>

#include <sys/socket.h>

#include <cerrno>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace tripwire::plugins {

class SocketMock;
class SocketStep;
struct SocketScript;

/// What is done with a socket.
enum class SocketOperation : unsigned char { connect, bind, listen, accept, send, recv, shutdown, close };
/// `connect`
void tripwire_print(seam::Out &out, SocketOperation operation);

/// What `send` and `recv` were told: `MSG_NOSIGNAL | MSG_DONTWAIT`.
enum class SocketFlags : int {};
/// `MSG_NOSIGNAL | MSG_DONTWAIT`
void tripwire_print(seam::Out &out, SocketFlags flags);

/// What `shutdown` was told: `SHUT_WR`.
enum class SocketHow : int {};
/// `SHUT_WR`
void tripwire_print(seam::Out &out, SocketHow how);

/// What one connection goes through: the script of its session, in this order. A handle: copies are the same script,
/// which lives as long as the test.
///
/// A script begins with `expect_connect`, `expect_bind`, `expect_accept`, or with a datagram `.to(...)` somewhere; the
/// call that begins it takes the oldest session that waits for it. A host is an address in digits, as the program hands
/// it to the kernel; of a UNIX socket it is the path, without a port. Hosts, ports and data may be matchers.
class SocketSession {
public:
  explicit SocketSession(std::shared_ptr<SocketScript> script) : script_(std::move(script)) {}

  template <class Host, class Port>
  SocketStep expect_connect(const Host &host, const Port &port, Place place = Place::here()) const;
  template <class Path> SocketStep expect_connect(const Path &path, Place place = Place::here()) const;
  template <class Host, class Port>
  SocketStep expect_bind(const Host &host, const Port &port, Place place = Place::here()) const;
  template <class Path> SocketStep expect_bind(const Path &path, Place place = Place::here()) const;
  SocketStep expect_listen(Place place = Place::here()) const;
  /// A client at that address connects: the listening socket is ready, and `accept` gives a descriptor of this session.
  SocketStep expect_accept(std::string_view host = "127.0.0.1", int port = 49152, Place place = Place::here()) const;
  /// One call that sends exactly these bytes.
  template <class Data> SocketStep expect_send(const Data &data, Place place = Place::here()) const;
  /// These bytes arrive, for as many calls as it takes to read them; of a datagram what does not fit is lost. Nothing,
  /// `""`, is the end of a stream.
  SocketStep expect_recv(std::string_view data, Place place = Place::here()) const;
  /// A call that fails: `expect_recv().fails(ECONNRESET)`.
  SocketStep expect_recv(Place place = Place::here()) const;
  SocketStep expect_shutdown(Place place = Place::here()) const;
  SocketStep expect_close(Place place = Place::here()) const;

  /// The session may stay unopened. Once it is opened, its steps are required like any others.
  SocketSession &optional();

protected:
  SocketStep add(SocketOperation operation, std::vector<std::pair<const char *, Matcher>> fields, Place place) const;

  std::shared_ptr<SocketScript> script_;
};

/// One step of a session: what it answers, and on to the next step.
class SocketStep : public SocketSession {
public:
  SocketStep(SocketMock &mock, const SocketSession &session) : SocketSession(session), mock_(&mock) {}

  /// The call fails with that errno: `ECONNREFUSED`, `EINTR`, `EAGAIN`. The connection stays as it is.
  SocketStep &fails(int error);
  /// Of `expect_connect`: the call fails with `EINPROGRESS`, the descriptor becomes writable, and `SO_ERROR` is \p
  /// error then, 0 when the connection stands.
  SocketStep &in_progress(int error = 0);
  /// Of `expect_send`: only so many bytes are taken.
  SocketStep &takes(std::size_t size);
  /// Of `expect_send`: a datagram to that address.
  template <class Host, class Port> SocketStep &to(const Host &host, const Port &port) {
    return only({{"host", matcher_for<std::string>(host)}, {"port", matcher_for<int>(port)}});
  }
  template <class Path> SocketStep &to(const Path &path) { return only({{"host", matcher_for<std::string>(path)}}); }
  /// Of `expect_recv`: a datagram from that address; of a UNIX socket it is the path alone.
  SocketStep &from(std::string_view host, int port = 0);
  /// May be left out.
  SocketStep &optional();

private:
  SocketStep &only(std::vector<std::pair<const char *, Matcher>> fields);
  SocketMock *mock_;
};

/// The plugin's words. Has no state: everything belongs to the current test.
class Socket {
  struct NotSaid {};

public:
  /// A connection that the test plays: nobody is reached, and the script is what happens to it.
  [[nodiscard]] SocketSession new_session(Place place = Place::here()) const;
  /// The latest session of the current test, to go on with its script.
  [[nodiscard]] SocketSession session() const;

  /// A new session that begins so.
  template <class Host, class Port>
  SocketStep mock_connect(const Host &host, const Port &port, Place place = Place::here()) const {
    return new_session(place).expect_connect(host, port, place);
  }
  SocketStep mock_accept(std::string_view host = "127.0.0.1", int port = 49152, Place place = Place::here()) const {
    return new_session(place).expect_accept(host, port, place);
  }
  /// The same as `session().expect_send(data)`.
  template <class Data> SocketStep mock_send(const Data &data, Place place = Place::here()) const {
    return session().expect_send(data, place);
  }
  /// The same as `session().expect_recv(data)`.
  SocketStep mock_recv(std::string_view data, Place place = Place::here()) const {
    return session().expect_recv(data, place);
  }
  /// Connections to that address, or sockets that are bound to it, are real; what they do is recorded and must be
  /// asserted.
  template <class Host, class Port>
  void pass_through(const Host &host, const Port &port, Place place = Place::here()) const {
    let_pass({{"host", matcher_for<std::string>(host)}, {"port", matcher_for<int>(port)}}, place);
  }
  template <class Path> void pass_through(const Path &path, Place place = Place::here()) const {
    let_pass({{"host", matcher_for<std::string>(path)}}, place);
  }

  // Each assertion names the next operation of any connection; `_raised` one that failed with an errno.
  template <class Host, class Port>
  void assert_connect(const Host &host, const Port &port, Place place = Place::here()) const {
    check("assert_connect", SocketOperation::connect, address(host, port), place);
  }
  template <class Path> void assert_connect(const Path &path, Place place = Place::here()) const {
    check("assert_connect", SocketOperation::connect, address(path), place);
  }
  template <class Host, class Port, class Error>
  void assert_connect_raised(const Host &host, const Port &port, const Error &error,
                             Place place = Place::here()) const {
    check("assert_connect_raised", SocketOperation::connect, failed(address(host, port), error), place);
  }
  template <class Path, class Error>
  void assert_connect_raised(const Path &path, const Error &error, Place place = Place::here()) const {
    check("assert_connect_raised", SocketOperation::connect, failed(address(path), error), place);
  }
  template <class Host, class Port>
  void assert_bind(const Host &host, const Port &port, Place place = Place::here()) const {
    check("assert_bind", SocketOperation::bind, address(host, port), place);
  }
  template <class Path> void assert_bind(const Path &path, Place place = Place::here()) const {
    check("assert_bind", SocketOperation::bind, address(path), place);
  }
  template <class Host, class Port, class Error>
  void assert_bind_raised(const Host &host, const Port &port, const Error &error, Place place = Place::here()) const {
    check("assert_bind_raised", SocketOperation::bind, failed(address(host, port), error), place);
  }
  template <class Path, class Error>
  void assert_bind_raised(const Path &path, const Error &error, Place place = Place::here()) const {
    check("assert_bind_raised", SocketOperation::bind, failed(address(path), error), place);
  }
  template <class Backlog> void assert_listen(const Backlog &backlog, Place place = Place::here()) const {
    check("assert_listen", SocketOperation::listen, {{"backlog", matcher_for<int>(backlog)}}, place);
  }
  template <class Backlog, class Error>
  void assert_listen_raised(const Backlog &backlog, const Error &error, Place place = Place::here()) const {
    check("assert_listen_raised", SocketOperation::listen, failed({{"backlog", matcher_for<int>(backlog)}}, error),
          place);
  }
  /// The address of the client.
  template <class Host, class Port>
  void assert_accept(const Host &host, const Port &port, Place place = Place::here()) const {
    check("assert_accept", SocketOperation::accept, address(host, port), place);
  }
  template <class Path> void assert_accept(const Path &path, Place place = Place::here()) const {
    check("assert_accept", SocketOperation::accept, address(path), place);
  }
  template <class Error> void assert_accept_raised(const Error &error, Place place = Place::here()) const {
    check("assert_accept_raised", SocketOperation::accept, failed({}, error), place);
  }
  /// What the call was to send; \p size, how much of it was taken, where that was less, and \p flags where they were
  /// not 0.
  template <class Data, class Size = NotSaid, class Flags = NotSaid>
  void assert_send(const Data &data, const Size &size = {}, const Flags &flags = {},
                   Place place = Place::here()) const {
    check("assert_send", SocketOperation::send, sent(data, size, flags), place);
  }
  template <class Data, class Error, class Flags = NotSaid>
  void assert_send_raised(const Data &data, const Error &error, const Flags &flags = {},
                          Place place = Place::here()) const {
    check("assert_send_raised", SocketOperation::send, failed(sent(data, NotSaid{}, flags), error), place);
  }
  /// A datagram with an address of its own.
  template <class Data, class Host, class Port, class Flags = NotSaid>
  void assert_send_to(const Data &data, const Host &host, const Port &port, const Flags &flags = {},
                      Place place = Place::here()) const {
    Fields fields = sent(data, NotSaid{}, flags);
    for (auto &field : address(host, port))
      fields.push_back(std::move(field));
    check("assert_send_to", SocketOperation::send, std::move(fields), place);
  }
  template <class Data, class Host, class Port, class Error, class Flags = NotSaid>
  void assert_send_to_raised(const Data &data, const Host &host, const Port &port, const Error &error,
                             const Flags &flags = {}, Place place = Place::here()) const {
    Fields fields = sent(data, NotSaid{}, flags);
    for (auto &field : address(host, port))
      fields.push_back(std::move(field));
    check("assert_send_to_raised", SocketOperation::send, failed(std::move(fields), error), place);
  }
  /// How much the call asked for, and what it got; \p flags where they were not 0.
  template <class Size, class Data, class Flags = NotSaid>
  void assert_recv(const Size &size, const Data &data, const Flags &flags = {}, Place place = Place::here()) const {
    check("assert_recv", SocketOperation::recv, received(size, data, flags), place);
  }
  template <class Size, class Error, class Flags = NotSaid>
  void assert_recv_raised(const Size &size, const Error &error, const Flags &flags = {},
                          Place place = Place::here()) const {
    check("assert_recv_raised", SocketOperation::recv, failed(received(size, NotSaid{}, flags), error), place);
  }
  /// A datagram, and where it came from.
  template <class Size, class Data, class Host, class Port, class Flags = NotSaid>
  void assert_recv_from(const Size &size, const Data &data, const Host &host, const Port &port, const Flags &flags = {},
                        Place place = Place::here()) const {
    Fields fields = received(size, data, flags);
    for (auto &field : address(host, port))
      fields.push_back(std::move(field));
    check("assert_recv_from", SocketOperation::recv, std::move(fields), place);
  }
  template <class How> void assert_shutdown(const How &how, Place place = Place::here()) const {
    check("assert_shutdown", SocketOperation::shutdown, {{"how", matcher_for<SocketHow>(how)}}, place);
  }
  template <class How, class Error>
  void assert_shutdown_raised(const How &how, const Error &error, Place place = Place::here()) const {
    check("assert_shutdown_raised", SocketOperation::shutdown, failed({{"how", matcher_for<SocketHow>(how)}}, error),
          place);
  }
  void assert_close(Place place = Place::here()) const { check("assert_close", SocketOperation::close, {}, place); }
  template <class Error> void assert_close_raised(const Error &error, Place place = Place::here()) const {
    check("assert_close_raised", SocketOperation::close, failed({}, error), place);
  }

private:
  using Fields = std::vector<std::pair<const char *, Matcher>>;

  template <class Host, class Port> static Fields address(const Host &host, const Port &port) {
    return {{"host", matcher_for<std::string>(host)}, {"port", matcher_for<int>(port)}};
  }
  template <class Path> static Fields address(const Path &path) { return {{"host", matcher_for<std::string>(path)}}; }
  template <class Data, class Size, class Flags>
  static Fields sent(const Data &data, const Size &size, const Flags &flags) {
    Fields fields{{"data", matcher_for<std::string>(data)}};
    if constexpr (!std::is_same_v<Size, NotSaid>)
      fields.emplace_back("size", matcher_for<std::size_t>(size));
    if constexpr (!std::is_same_v<Flags, NotSaid>)
      fields.emplace_back("flags", matcher_for<SocketFlags>(flags));
    return fields;
  }
  template <class Size, class Data, class Flags>
  static Fields received(const Size &size, const Data &data, const Flags &flags) {
    Fields fields{{"size", matcher_for<std::size_t>(size)}};
    if constexpr (!std::is_same_v<Data, NotSaid>)
      fields.emplace_back("data", matcher_for<std::string>(data));
    if constexpr (!std::is_same_v<Flags, NotSaid>)
      fields.emplace_back("flags", matcher_for<SocketFlags>(flags));
    return fields;
  }
  template <class Error> static Fields failed(Fields fields, const Error &error) {
    if constexpr (std::is_integral_v<Error>)
      fields.emplace_back("raised", matcher_for<std::string>(name_of_error(static_cast<int>(error))));
    else
      fields.emplace_back("raised", matcher_for<std::string>(error));
    return fields;
  }

  static std::string name_of_error(int error);
  void let_pass(Fields fields, Place place) const;
  void check(const char *word, SocketOperation operation, Fields fields, Place place) const;
};

template <class Host, class Port>
SocketStep SocketSession::expect_connect(const Host &host, const Port &port, Place place) const {
  return add(SocketOperation::connect, {{"host", matcher_for<std::string>(host)}, {"port", matcher_for<int>(port)}},
             place);
}
template <class Path> SocketStep SocketSession::expect_connect(const Path &path, Place place) const {
  return add(SocketOperation::connect, {{"host", matcher_for<std::string>(path)}}, place);
}
template <class Host, class Port>
SocketStep SocketSession::expect_bind(const Host &host, const Port &port, Place place) const {
  return add(SocketOperation::bind, {{"host", matcher_for<std::string>(host)}, {"port", matcher_for<int>(port)}},
             place);
}
template <class Path> SocketStep SocketSession::expect_bind(const Path &path, Place place) const {
  return add(SocketOperation::bind, {{"host", matcher_for<std::string>(path)}}, place);
}
template <class Data> SocketStep SocketSession::expect_send(const Data &data, Place place) const {
  return add(SocketOperation::send, {{"data", matcher_for<std::string>(data)}}, place);
}

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Socket socket{};

} // namespace tripwire

#endif
