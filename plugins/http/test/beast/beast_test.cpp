// Requests of Boost.Beast: let through to a real server, and answered by mocks --> the same, and what a test can say.
#include "client.hpp"

#include "in_sandbox.hpp"
#include "served.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/http.hpp>
#include <tripwire/plugins/http_beast.hpp>
#include <tripwire/tripwire.hpp>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace {

using client::Connection;
using tripwire::anything;
using tripwire::http;
using tripwire::conformance::findings;
using tripwire::plugins::test::LocalServer;
using tripwire::plugins::test::run_in_sandbox;
using tripwire::plugins::test::Served;
using tripwire::plugins::test::table;

struct NameOf {
  std::string operator()(const testing::TestParamInfo<std::size_t> &which) const {
    return client::scenarios()[which.param].name;
  }
};

/// Says \p text to a server of this machine; what it answered first.
std::string ask(unsigned short port, const std::string &text) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const int connection = ::socket(AF_INET, SOCK_STREAM, 0);
  std::string told(1000, '\0');
  ssize_t size = -1;
  if (::connect(connection, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0 &&
      ::send(connection, text.data(), text.size(), MSG_NOSIGNAL) > 0)
    size = ::recv(connection, told.data(), told.size(), 0);
  ::close(connection);
  told.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return told;
}

class Beast : public testing::TestWithParam<std::size_t> {
protected:
  Beast() {
    for (const auto &[path, served] : table(server_.base()))
      server_.serve(path, served);
  }

  std::string host() const { return server_.base().substr(7); }

  std::string run(bool connects) const {
    Connection connection;
    if (connects)
      connection.connect(static_cast<unsigned short>(std::stoi(host().substr(host().find(':') + 1))));
    return client::scenarios()[GetParam()].run(connection, host());
  }

  void mock_everything() const {
    for (const auto &[path, served] : table(server_.base()))
      for (const char *method : {"GET", "POST", "PUT"}) {
        auto &response = http.mock_response(method, server_.base() + path).status(served.status).body(served.body);
        for (const auto &[name, value] : served.headers)
          response.header(name, value);
        // The server says it too: then the records are the same.
        if (served.status != 204 && served.status != 304 && served.adds_length)
          response.header("Content-Length", std::to_string(served.body.size()));
        if (!served.adds_length)
          response.without_length();
        response.always().optional();
      }
  }

  LocalServer server_;
};

TEST_P(Beast, MockedOrLetThroughLooksTheSame) {
  const auto level = tripwire::guard("http", tripwire::Guard::off);
  const std::string seen_directly = run(true);
  const auto sent = [&] {
    std::string text;
    for (const std::string &request : server_.take_requests())
      text += tripwire::plugins::test::wire_text(request);
    return text;
  };
  const std::string sent_directly = sent();

  std::string real_report;
  const auto let_through = [&] {
    for (const char *method : {"GET", "POST", "PUT"})
      http.pass_through(method, "http://127.0.0.1:*/**").always();
  };
  EXPECT_EQ(seen_directly, run_in_sandbox(
                               "real", [&] { return run(true); }, let_through, real_report));
  EXPECT_EQ(sent_directly, sent());

  std::string mocked_report;
  const auto mocked = [&] { mock_everything(); };
  EXPECT_EQ(seen_directly, run_in_sandbox(
                               "mocked", [&] { return run(false); }, mocked, mocked_report));
  EXPECT_EQ("", sent());
  EXPECT_EQ(real_report, mocked_report);
}

INSTANTIATE_TEST_SUITE_P(Client, Beast, testing::Range<std::size_t>(0, client::scenarios().size()), NameOf());

const std::string base = "http://api.example.test";

void expect_part(const std::string &text, const std::string &part) {
  EXPECT_NE(text.find(part), std::string::npos) << "missing: " << part << "\nin:\n" << text;
}

// 1, 2, 21
TEST(BeastWords, AMockIsAnsweredRecordedAndAsserted) {
  EXPECT_EQ(findings([] {
              http.mock_response("GET", base + "/things").params({{"a", "1"}}).status(201).json(R"({"id":1})");
              {
                const tripwire::Sandbox sandbox;
                Connection connection;
                EXPECT_EQ(client::get(connection, "api.example.test", "/things?a=1"), R"({"id":1})");
              }
              http.assert_request("GET", base + "/things?a=1")
                  .headers({{"Host", "api.example.test"}, {"User-Agent", "beast"}})
                  .body("")
                  .assert_response(201, {{"content-type", "application/json"}}, R"({"id":1})");
            }),
            "");
}

TEST(BeastWords, ErrorsAreErrorCodes) {
  const auto refused = boost::beast::error_code(boost::asio::error::connection_refused);
  const auto ended = make_error_code(boost::beast::http::error::end_of_stream);
  EXPECT_EQ(findings([&] {
              http.mock_error("GET", base + "/1", refused);
              http.mock_error("GET", base + "/2", ended);
              {
                const tripwire::Sandbox sandbox;
                Connection connection;
                EXPECT_EQ(client::get(connection, "api.example.test", "/1"), refused.message());
                EXPECT_THROW(client::get_or_throw(connection, "api.example.test", "/2"), boost::system::system_error);
              }
              http.assert_request("GET", base + "/1").headers(anything).body("").assert_raised(refused);
              http.assert_request("GET", base + "/2").headers(anything).body("").assert_raised(ended);
            }),
            "");
  const std::string text = findings([&] {
    http.mock_error("GET", base + "/1", ended);
    const tripwire::Sandbox sandbox;
    Connection connection;
    client::get(connection, "api.example.test", "/1");
  });
  expect_part(text, ".assert_raised(boost::beast::http::make_error_code(static_cast<boost::beast::http::error>(1)));");
}

// 1, 61
TEST(BeastWords, AnUnmockedRequestPrintsTheLineThatMocksIt) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    Connection connection;
    client::get(connection, "api.example.test", "/things");
  });
  expect_part(text, "http GET http://api.example.test/things was attempted in a sandbox");
  expect_part(text, R"(tripwire::http.mock_response("GET", "http://api.example.test/things").status(200);)");
}

TEST(BeastWords, ARequestWhoseBodyIsNotKnownIsRefused) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    Connection connection;
    client::put_unknown_body(connection, "api.example.test");
  });
  expect_part(text, "name its body once, by tripwire::plugins::http_beast_body<...>()");
  expect_part(text, R"(tripwire::allow(tripwire::M("http").field("function", "boost::beast::http::write)");
}

TEST(BeastWords, PartsOfMessagesAreRefused) {
  const std::string written = findings([] {
    const tripwire::Sandbox sandbox;
    Connection connection;
    client::put_in_parts(connection, "api.example.test");
  });
  expect_part(written,
              "boost::beast::http::write_header of a part of a request: write it whole, or over a beast::tcp_stream");
  expect_part(written, R"(tripwire::allow(tripwire::M("http").field("function", "boost::beast::http::write_header")");
  const std::string read = findings([] {
    http.mock_response("GET", base + "/");
    const tripwire::Sandbox sandbox;
    Connection connection;
    client::get_head(connection, "api.example.test");
  });
  expect_part(read,
              "boost::beast::http::read_header of a part of a response: read it whole, or from a beast::tcp_stream");
}

// 62
TEST(BeastWords, TheLineOfARefusedPartLetsItThrough) {
  EXPECT_EQ(findings([] {
              const auto permit =
                  tripwire::allow(tripwire::M("http").field("function", "boost::beast::http::write_header"));
              const tripwire::Sandbox sandbox;
              Connection connection;
              EXPECT_THROW(client::put_in_parts(connection, "api.example.test"), boost::system::system_error);
            }),
            "");
}

TEST(BeastWords, AnErrorOfAnotherLibraryIsRefused) {
  const std::string text = findings([] {
    http.mock_error("GET", base + "/", CURLE_COULDNT_CONNECT);
    const tripwire::Sandbox sandbox;
    Connection connection;
    client::get(connection, "api.example.test", "/");
  });
  expect_part(text, "its error, CURLE_COULDNT_CONNECT, is libcurl's");
}

TEST(BeastWords, TheUsualAsynchronousClientNeedsNoNetwork) {
  EXPECT_EQ(findings([] {
              http.mock_response("GET", base + "/things").json(R"({"id":1})");
              {
                const tripwire::Sandbox sandbox;
                EXPECT_EQ(client::fetch("api.example.test", "80", "/things"),
                          "resolved\nconnected\nwritten\nread\n200 OK\ncontent-type: application/json\n"
                          "Content-Length: 8\n\n{\"id\":1}\nshut down\n");
              }
              http.assert_request("GET", base + "/things")
                  .headers({{"Host", "api.example.test"}, {"User-Agent", "beast"}})
                  .body("")
                  .assert_response(200, {{"content-type", "application/json"}}, R"({"id":1})");
            }),
            "");
}

TEST(BeastWords, AnErrorComesToTheHandlerOfTheRead) {
  const auto reset = boost::beast::error_code(boost::asio::error::connection_reset);
  EXPECT_EQ(findings([&] {
              http.mock_error("GET", base + "/things", reset);
              {
                const tripwire::Sandbox sandbox;
                EXPECT_EQ(client::fetch("api.example.test", "80", "/things"),
                          "resolved\nconnected\nwritten\nread: " + reset.message() + "\n");
              }
              http.assert_request("GET", base + "/things").headers(anything).body("").assert_raised(reset);
            }),
            "");
}

// The client waits for thirty seconds, the test for none.
TEST(BeastWords, ADelayCountsAgainstTheTimeOutOfTheStream) {
  const auto late = make_error_code(boost::beast::error::timeout);
  EXPECT_EQ(findings([&] {
              http.mock_response("GET", base + "/soon").delay(std::chrono::seconds(20));
              http.mock_response("GET", base + "/late").delay(std::chrono::minutes(1));
              {
                const tripwire::Sandbox sandbox;
                expect_part(client::fetch("api.example.test", "80", "/soon"), "200 OK");
                expect_part(client::fetch("api.example.test", "80", "/late"), "read: " + late.message());
              }
              http.assert_request("GET", base + "/soon").headers(anything).body("").assert_response(200, anything, "");
              http.assert_request("GET", base + "/late").headers(anything).body("").assert_raised(late);
            }),
            "");
}

// 1
TEST(BeastWords, ARequestThatIsWrittenLaterIsRefusedWhereItIsWritten) {
  const std::string text = findings([] {
    http.mock_response("GET", base + "/other").optional();
    const tripwire::Sandbox sandbox;
    client::fetch("api.example.test", "80", "/things");
  });
  expect_part(text, "http GET http://api.example.test/things was attempted in a sandbox");
  expect_part(text, R"(tripwire::http.mock_response("GET", "http://api.example.test/things").status(200);)");
  expect_part(text, "asynchronous.cpp:");
}

TEST(BeastWords, AnAnswerMayBeAskedForBeforeItsRequestIsWritten) {
  LocalServer server;
  server.serve("/text", {200, {}, "hello", true});
  const std::string host = server.base().substr(7);
  for (const bool is_real : {true, false})
    EXPECT_EQ(findings([&] {
                if (is_real)
                  http.pass_through("GET", server.base() + "/text");
                else
                  http.mock_response("GET", server.base() + "/text").body("hello");
                {
                  const tripwire::Sandbox sandbox;
                  Connection connection;
                  connection.connect_by_name(host);
                  EXPECT_EQ(client::listen_then_ask(connection, host, "/text"), "written Success, read hello");
                }
                http.assert_request("GET", server.base() + "/text")
                    .headers(anything)
                    .body("")
                    .assert_response(200, anything, "hello");
              }),
              "");
}

TEST(BeastWords, AServerIsNoneOfThisPlugins) {
  EXPECT_EQ(findings([] {
              client::Server server;
              std::string told;
              std::thread far_end([&] { told = ask(server.port(), "GET /you HTTP/1.1\r\nHost: h\r\n\r\n"); });
              {
                const tripwire::Sandbox sandbox;
                server.serve_one();
              }
              far_end.join();
              expect_part(told, "hello /you");
            }),
            "");
}

TEST(BeastWords, WhatIsNoRequestGoesOverTheWire) {
  LocalServer server;
  server.serve("/text", {200, {}, "hello", true});
  for (const char *bytes : {"EHLO there\r\n", "\1\2\3", "HTTP/1.1 200 OK\r\n\r\n",
                            "GET /chat HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n\r\n", "\x16\3\1\2\5\1\2\1\1\3"})
    EXPECT_EQ(findings([&] {
                const tripwire::Sandbox sandbox;
                Connection connection;
                connection.connect_by_name(server.base().substr(7));
                client::write_bytes(connection, bytes);
              }),
              "")
        << bytes;
}

TEST(BeastWords, WhatWasTakenOfARequestGoesOnWhereNobodyWatchesAnyMore) {
  LocalServer server;
  EXPECT_EQ(findings([&] {
              Connection connection;
              {
                const tripwire::Sandbox sandbox;
                connection.connect_by_name(server.base().substr(7));
                client::write_bytes(connection, "GET /te");
              }
              const auto level = tripwire::guard("http", tripwire::Guard::off);
              client::write_bytes(connection, "xt HTTP/1.1\r\nHost: h\r\n\r\n");
              std::vector<std::string> requests;
              while (requests.empty())
                requests = server.take_requests();
              EXPECT_EQ(requests, std::vector<std::string>{"GET /text HTTP/1.1\r\nHost: h\r\n\r\n"});
            }),
            "");
}

TEST(BeastWords, AMockedConnectionEndsWhereNobodyWatchesAnyMore) {
  Connection connection;
  EXPECT_EQ(findings([&] {
              http.mock_response("GET", base + "/things");
              {
                const tripwire::Sandbox sandbox;
                client::write_bytes(connection, "GET /things HTTP/1.1\r\nHost: api.example.test\r\n\r\n");
              }
              http.assert_request("GET", base + "/things").headers(anything).body("").assert_sent();
            }),
            "");
  EXPECT_EQ(client::read(connection), "end of stream"); // and no hang
}

TEST(BeastWords, OneConnectionIsNotBothMockedAndReal) {
  const std::string text = findings([] {
    http.mock_response("GET", base + "/1").optional();
    http.pass_through("GET", "http://*.test/2");
    const tripwire::Sandbox sandbox;
    Connection connection;
    client::get(connection, "api.example.test", "/1");
    client::get(connection, "api.example.test", "/2");
  });
  expect_part(text,
              "it is let through, and its connection is one that mocks answer; mock all requests to this host, or "
              "none");
}

TEST(BeastWords, AResolverFindsHostsThatMocksAnswerForOnThisMachine) {
  EXPECT_EQ(findings([] {
              http.mock_response("GET", base + "/").optional();
              http.mock_response("GET", "http://*.pattern.test:8080/**").optional();
              for (const char *url : {"http://192.0.2.1/", "https://192.0.2.2/", "http://192.0.2.3/"})
                http.mock_response("GET", url).optional();
              http.pass_through("GET", "http://192.0.2.3/other");
              const tripwire::Sandbox sandbox;
              EXPECT_EQ(client::address_of("api.example.test", "80"), "127.0.0.1");
              EXPECT_EQ(client::address_of("API.example.test", "http"), "127.0.0.1");
              EXPECT_EQ(client::address_of("a.pattern.test", "8080"), "127.0.0.1");
              EXPECT_EQ(client::address_of("192.0.2.1", "80"), "127.0.0.1");
              EXPECT_EQ(client::address_of("192.0.2.1", "443"), "192.0.2.1");
              EXPECT_EQ(client::address_of("192.0.2.2", "443"), "192.0.2.2");
              EXPECT_EQ(client::address_of("192.0.2.3", "80"), "192.0.2.3");
              EXPECT_EQ(client::address_of("192.0.2.4", "80"), "192.0.2.4");
            }),
            "");
}

TEST(BeastWords, APlainSocketIsAnsweredForWholeMessages) {
  EXPECT_EQ(
      findings([] {
        http.mock_response("GET", base + "/socket").body("hello");
        {
          const tripwire::Sandbox sandbox;
          EXPECT_EQ(client::get_over_socket("api.example.test", "80"), "hello");
        }
        http.assert_request("GET", base + "/socket").headers(anything).body("").assert_response(200, anything, "hello");
      }),
      "");
}

// 43
TEST(BeastWords, TheFirewallLooksAtRequests) {
  const std::string text = findings([] {
    Connection connection;
    client::get(connection, "api.example.test", "/other");
  });
  expect_part(text, "GuardedCallError");
  expect_part(text, "http://api.example.test/other");
}

// 43, 45
TEST(BeastWords, TheFirewallLooksAtWhatIsWrittenLater) {
  LocalServer server;
  server.serve("/text", {200, {}, "hello", true});
  const std::string port = server.base().substr(server.base().rfind(':') + 1);
  const std::string text = findings([&] { client::fetch("127.0.0.1", port, "/text"); });
  expect_part(text, "GuardedCallError");
  expect_part(text, server.base() + "/text");
  EXPECT_TRUE(server.take_requests().empty());
  EXPECT_EQ(findings([&] {
              const auto permit = tripwire::allow(tripwire::M("http").host("localhost").path("/text"));
              expect_part(client::fetch("127.0.0.1", port, "/text"), "200 OK");
              const tripwire::Sandbox sandbox;
              expect_part(client::fetch("127.0.0.1", port, "/text"), "200 OK");
            }),
            "");
  EXPECT_EQ(server.take_requests().size(), 2U);
}

} // namespace
