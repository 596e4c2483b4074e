// What the firewall lets through to a real server on loopback, and what it says of what it does not.
#include "client.hpp"
#include "local_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using client::fetch;
using tripwire::allow;
using tripwire::M;
using tripwire::plugins::test::LocalServer;

class HttpFirewall : public ::testing::Test {
protected:
  HttpFirewall() {
    server.serve("/v1/things", {200, {}, "real", true});
    server.serve("/other", {200, {}, "other", true});
    port = server.base().substr(server.base().rfind(':') + 1);
    url = "http://localhost:" + port + "/v1/things";
    verifier.body_begins();
  }

  /// Whether a GET of the URL reaches the server.
  bool reaches(const std::string &where) {
    server.take_requests();
    try {
      fetch(where);
    } catch (const tripwire::GuardedCallError &violation) {
      said = violation.what();
      tripwire::take_violations();
    }
    return !server.take_requests().empty();
  }

  LocalServer server;
  std::string port;
  std::string url;
  std::string said;
  tripwire::Verifier verifier;
};

// 43
TEST_F(HttpFirewall, ARefusedRequestPrintsTheNarrowestRuleInThreeForms) {
  EXPECT_FALSE(reaches(url + "?token=hidden"));
  const std::string request =
      ".host(\"localhost\").port(" + port + ").scheme(\"http\").path(\"/v1/things\").method(\"GET\")";
  EXPECT_NE(
      said.find(
          "\n  to let it through, in the test:\n    auto permit = tripwire::allow(tripwire::M(\"http\")" + request +
          ");\n  or for the whole project, in tripwire.yaml:\n    firewall:\n      allow:\n        - http: {host: "
          "localhost, port: " +
          port +
          ", scheme: http, path: \"/v1/things\", method: GET}\n  or answer it inside a sandbox:\n    "
          "tripwire::http.mock_response(\"GET\", "),
      std::string::npos)
      << said;
}

// 43, 46
TEST_F(HttpFirewall, ThePastedRuleLetsThatRequestThroughAndNoOther) {
  const auto permit = allow(M("http").host("localhost").port(port).scheme("http").path("/v1/things").method("GET"));
  EXPECT_TRUE(reaches(url));
  EXPECT_TRUE(reaches(url + "?token=hidden"));
  EXPECT_FALSE(reaches(server.base() + "/other"));
  EXPECT_THROW(client::post(url, "x"), tripwire::GuardedCallError);
  tripwire::take_violations();
}

// 44
TEST_F(HttpFirewall, UrlsAsText) {
  {
    const auto permit = allow("http://localhost:*");
    EXPECT_TRUE(reaches(server.base() + "/other"));
  }
  {
    const auto permit = allow("http://localhost:" + port + "/v1/*");
    EXPECT_TRUE(reaches(url));
    EXPECT_FALSE(reaches(server.base() + "/other"));
  }
  {
    const auto permit = allow("http://localhost", "https://localhost:*");
    EXPECT_FALSE(reaches(url)) << "another port, another scheme";
  }
}

// 47
TEST_F(HttpFirewall, EverySpellingOfARequestIsOne) {
  const auto permit = allow(M("http").url("HTTP://LOCALHOST:" + port + "/v1/./things"));
  EXPECT_TRUE(reaches("http://127.0.0.1:" + port + "/v1/things"));
  EXPECT_TRUE(reaches("http://127.1:" + port + "/v1/%74hings"));
  EXPECT_TRUE(reaches("http://LocalHost:" + port + "/x/../v1/things"));
  EXPECT_FALSE(reaches("http://127.0.0.1:" + port + "/v1/%2574hings"));
  const auto ban = tripwire::deny(M("http").host(tripwire::cidr("127.0.0.0/8")));
  EXPECT_FALSE(reaches(url));
}

// 45
TEST_F(HttpFirewall, InsideASandboxAnAllowedRequestIsRealAndCanBeAsserted) {
  const auto permit = allow(M("http").path("/v1/**"));
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(fetch(url).body, "real");
    EXPECT_THROW(fetch(server.base() + "/other"), tripwire::UnmockedInteractionError);
  }
  tripwire::take_violations();
  tripwire::http.assert_request("GET", url)
      .headers(tripwire::anything)
      .body("")
      .assert_response(200, tripwire::anything, "real");
  verifier.verify_all();
}

// 43, 45
TEST_F(HttpFirewall, TransfersOfAMultiHandleAreLookedAtOneByOne) {
  client::Several several({url, server.base() + "/other"});
  const auto permit = allow(M("http").path("/v1/**"));
  EXPECT_THROW(several.finish(), tripwire::GuardedCallError);
  tripwire::take_violations();
  several.finish();
  ASSERT_EQ(several.done.size(), 2U);
  for (const client::Several::Done &done : several.done)
    EXPECT_EQ(done.code, done.which == 0 ? CURLE_OK : CURLE_COULDNT_CONNECT);
  EXPECT_EQ(server.take_requests().size(), 1U);
}

// 45
TEST_F(HttpFirewall, AnAllowedRequestNeedsNoAssertion) {
  const auto permit = allow("http");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(fetch(url).body, "real");
  }
  verifier.verify_all();
}

// 48
TEST_F(HttpFirewall, AnUnknownFieldIsAConfigurationError) {
  EXPECT_THROW(auto permit = allow(M("http").hostname("h")), tripwire::ConfigurationError);
  tripwire::take_violations();
}

} // namespace
