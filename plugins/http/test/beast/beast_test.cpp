// Requests of Boost.Beast: let through to a real server, and answered by mocks --> the same, and what a test can say.
#include "client.hpp"

#include "in_sandbox.hpp"
#include "served.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/http.hpp>
#include <tripwire/plugins/http_beast.hpp>
#include <tripwire/tripwire.hpp>

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
  expect_part(written, "boost::beast::http::write_header of a part of a request: write the whole request");
  expect_part(written, R"(tripwire::allow(tripwire::M("http").field("function", "boost::beast::http::write_header")");
  const std::string read = findings([] {
    http.mock_response("GET", base + "/");
    const tripwire::Sandbox sandbox;
    Connection connection;
    client::get_head(connection, "api.example.test");
  });
  expect_part(read, "boost::beast::http::read_header of a part of a response: read the whole response");
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

// 43
TEST(BeastWords, TheFirewallLooksAtRequests) {
  const std::string text = findings([] {
    Connection connection;
    client::get(connection, "api.example.test", "/other");
  });
  expect_part(text, "GuardedCallError");
  expect_part(text, "http://api.example.test/other");
}

} // namespace
