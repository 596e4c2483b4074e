// The promises of the socket plugin: of connections, and of datagrams. Both really go to the loopback.
#include "client.hpp"
#include "counted.hpp"
#include "echo_server.hpp"
#include "plugin.hpp"
#include "states.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/socket.hpp>
#include <tripwire/sandbox.hpp>

#include <cerrno>

namespace {

using tripwire::matcher_of;
using tripwire::socket;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;
using tripwire::plugin::Description;
using tripwire::plugins::SocketFlags;
using tripwire::plugins::SocketHow;
using tripwire::plugins::SocketOperation;

constexpr const char *host = "127.0.0.1";
constexpr int port = counted::port;

/// An assertion of another operation, as no word of the plugin would put it together.
void assert_bound(const std::vector<std::pair<const char *, tripwire::Matcher>> &fields) {
  tripwire::plugin::Assertion assertion(tripwire::plugins::socket_plugin(), "", tripwire::Place::here());
  assertion.field("operation", tripwire::matcher_for<SocketOperation>(SocketOperation::bind));
  for (const auto &[name, matcher] : fields)
    assertion.field(name, matcher);
  assertion.check();
}

Use connection() {
  Use use;
  use.name = "connection";
  // Closing it is a step of its own, with its own line to paste; here it is none.
  use.call = [] { close_elsewhere(client::dial(host, port)); };
  use.mock = [] { (void)socket.mock_connect(host, port); };
  use.mock_optional = [] { (void)socket.new_session().optional().expect_connect(host, port); };
  use.assert_mocked = [] { socket.assert_connect(host, port); };
  use.wrong = {
      {"operation",
       [] {
         assert_bound({{"host", matcher_of(host)}, {"port", matcher_of(port)}});
       }},
      {"host", [] { socket.assert_connect("127.0.0.2", port); }},
      {"port", [] { socket.assert_connect(host, port + 1); }},
  };
  use.mock_failure = [] { (void)socket.mock_connect(host, port).fails(ECONNREFUSED); };
  use.assert_failure = [] { socket.assert_connect_raised(host, port, ECONNREFUSED); };
  use.pass_through = [] { socket.pass_through(host, port); };
  use.assert_real = use.assert_mocked;
  return use;
}

Use datagram(const std::string &text) {
  Use use;
  use.name = "datagram " + text;
  use.call = [=] {
    const int descriptor = client::open_socket(AF_INET, SOCK_DGRAM);
    client::send_text_to(descriptor, text, host, port);
    close_elsewhere(descriptor);
  };
  use.mock = [=] { (void)socket.new_session().expect_send(text).to(host, port); };
  use.mock_optional = [=] { (void)socket.new_session().optional().expect_send(text).to(host, port); };
  use.assert_mocked = [=] { socket.assert_send_to(text, host, port); };
  use.wrong = {
      {"operation",
       [=] {
         assert_bound({{"data", matcher_of(text)}, {"host", matcher_of(host)}, {"port", matcher_of(port)}});
       }},
      {"data", [=] { socket.assert_send_to(text + "x", host, port); }},
      {"host", [=] { socket.assert_send_to(text, "127.0.0.2", port); }},
      {"port", [=] { socket.assert_send_to(text, host, port + 1); }},
  };
  use.mock_failure = [=] { (void)socket.new_session().expect_send(text).to(host, port).fails(ENETUNREACH); };
  use.assert_failure = [=] { socket.assert_send_to_raised(text, host, port, ENETUNREACH); };
  use.pass_through = [=] { socket.pass_through(host, port); };
  use.assert_real = use.assert_mocked;
  return use;
}

/// Lines about calls that come behind others: they have to compile.
void add_further_lines(Subject &subject) {
  const auto of = [](SocketOperation operation) { return Description().field("operation", operation); };
  const std::string text = "a \"text\"";
  for (const Description &call :
       {of(SocketOperation::accept), of(SocketOperation::listen).field("backlog", 4),
        of(SocketOperation::send).field("data", text), of(SocketOperation::recv).field("size", std::size_t{8}),
        of(SocketOperation::shutdown).field("how", SocketHow{SHUT_WR}), of(SocketOperation::close)})
    subject.further_lines.push_back(subject.plugin.mock_line(call));
  for (const char *error : {"", "EAGAIN"})
    for (Description call :
         {of(SocketOperation::accept).field("host", text).field("port", 1),
          of(SocketOperation::bind).field("host", text), of(SocketOperation::listen).field("backlog", 4),
          of(SocketOperation::send).field("data", text).field("flags", SocketFlags{MSG_NOSIGNAL | MSG_MORE}),
          of(SocketOperation::recv).field("size", std::size_t{8}).field("flags", SocketFlags{MSG_PEEK}),
          of(SocketOperation::recv)
              .field("size", std::size_t{8})
              .field("data", text)
              .field("host", text)
              .field("port", 1),
          of(SocketOperation::shutdown).field("how", SocketHow{SHUT_WR}), of(SocketOperation::close)}) {
      const bool is_accept = *call.get<SocketOperation>("operation") == SocketOperation::accept;
      if (*error != '\0')
        call = (is_accept ? of(SocketOperation::accept) : call).field("raised", std::string(error));
      subject.further_lines.push_back(subject.plugin.assert_line(call));
    }
}

/// \p misuse gets a socket that has just been made. Whatever the test says of connections is not opened by it.
tripwire::conformance::Step with_socket(int type, void (*misuse)(int descriptor)) {
  return [=] {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_INET, type);
    try {
      misuse(descriptor);
    } catch (const tripwire::Violation &) {
      close_elsewhere(descriptor);
      throw;
    }
  };
}

void add_states(Subject &subject) {
  const auto stream = [&](const char *state, const char *operation, void (*misuse)(int)) {
    subject.out_of_state.push_back({"socket", state, operation, with_socket(SOCK_STREAM, misuse)});
  };
  const auto datagram = [&](const char *state, const char *operation, void (*misuse)(int)) {
    subject.out_of_state.push_back({"datagram_socket", state, operation, with_socket(SOCK_DGRAM, misuse)});
  };
  stream("disconnected", "send", [](int made) { client::send_text(made, "x"); });
  stream("disconnected", "recv", [](int made) { client::recv_text(made, 8); });
  stream("disconnected", "accept", [](int made) { client::accept_from(made); });
  stream("bound", "send", [](int made) {
    (void)socket.new_session().expect_bind(host, port);
    client::bind_to(made, host, port);
    client::send_text(made, "x");
  });
  stream("listening", "connect", [](int made) {
    (void)socket.new_session().expect_listen();
    client::listen_on(made);
    client::connect_to(made, host, port);
  });
  stream("connected", "listen", [](int made) {
    (void)socket.mock_connect(host, port);
    client::connect_to(made, host, port);
    client::listen_on(made);
  });
  stream("closed", "recv", [](int made) {
    (void)socket.mock_connect(host, port).expect_close();
    client::connect_to(made, host, port);
    client::close_socket(made);
    client::recv_text(made, 8);
  });
  datagram("disconnected", "recv", [](int made) { client::recv_text(made, 8); });
  datagram("connected", "bind", [](int made) {
    (void)socket.mock_connect(host, port);
    client::connect_to(made, host, port);
    client::bind_to(made, host, port);
  });
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62
int main(int count, char **arguments) {
  const EchoServer server;
  counted::lead_to(server.port());
  Subject subject(tripwire::plugins::socket_plugin());
  subject.real_calls = &counted::calls;
  subject.lacks = {"secret"};
  subject.uses.push_back(connection());
  for (const std::string &text : tripwire::conformance::awkward_texts())
    subject.uses.push_back(datagram(text));
  add_states(subject);
  add_further_lines(subject);
  return tripwire::conformance::run(subject, count, arguments);
}
