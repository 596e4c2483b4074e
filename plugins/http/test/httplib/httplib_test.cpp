// Requests of cpp-httplib: let through to a real server, and answered by mocks --> the same, and what a test can say.
#include "client.hpp"

#include "in_sandbox.hpp"
#include "served.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/http.hpp>
#include <tripwire/plugins/http_httplib.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using client::words;
using tripwire::anything;
using tripwire::http;
using tripwire::conformance::findings;
using tripwire::plugins::test::LocalServer;
using tripwire::plugins::test::run_in_sandbox;
using tripwire::plugins::test::Served;
using tripwire::plugins::test::table;

constexpr const char *methods[] = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "REPORT"};

struct NameOf {
  std::string operator()(const testing::TestParamInfo<std::size_t> &which) const {
    return client::scenarios()[which.param].name;
  }
};

class Httplib : public testing::TestWithParam<std::size_t> {
protected:
  Httplib() {
    for (const auto &[path, served] : table(server_.base()))
      server_.serve(path, served);
  }

  std::string run() const {
    httplib::Client client(server_.base());
    return client::scenarios()[GetParam()].run(client);
  }

  void mock_everything() const {
    for (const auto &[path, served] : table(server_.base()))
      for (const char *method : methods) {
        auto &response = http.mock_response(method, server_.base() + path).status(served.status).body(served.body);
        httplib::Headers headers(served.headers.begin(), served.headers.end()); // in its order, as the records are
        // The server says it too: then the records are the same.
        if (headers.count("Content-Length") == 0 && served.status != 204 && served.status != 304 &&
            (method != std::string("HEAD") || !served.body.empty()))
          headers.emplace("Content-Length", std::to_string(served.body.size()));
        for (const auto &[name, value] : headers)
          response.header(name, value);
        response.always().optional();
      }
  }

  LocalServer server_;
};

TEST_P(Httplib, MockedOrLetThroughLooksTheSame) {
  const auto level = tripwire::guard("http", tripwire::Guard::off);
  const std::string seen_directly = run();
  std::string sent_directly;
  for (const std::string &request : server_.take_requests())
    sent_directly += tripwire::plugins::test::wire_text(request);

  std::string real_report;
  const auto let_through = [&] {
    for (const char *method : methods)
      http.pass_through(method, "http://127.0.0.1:*/**").always();
  };
  const auto client = [&] { return run(); };
  EXPECT_EQ(seen_directly, run_in_sandbox("real", client, let_through, real_report));
  std::string sent_by_let_through;
  for (const std::string &request : server_.take_requests())
    sent_by_let_through += tripwire::plugins::test::wire_text(request);

  std::string mocked_report;
  EXPECT_EQ(seen_directly, run_in_sandbox(
                               "mocked", client, [&] { mock_everything(); }, mocked_report));
  EXPECT_TRUE(server_.take_requests().empty());

  // What was recorded, field by field. A redirect that is let through is one interaction, mocked it is two; a real
  // transfer that was cancelled has an error where a mock has said its answer already; and so it has said a body that
  // HEAD leaves out.
  const std::string name = client::scenarios()[GetParam()].name;
  if (name.compare(0, 7, "follows") != 0 && name.compare(0, 9, "cancelled") != 0 && name != "head") {
    EXPECT_EQ(real_report, mocked_report);
  }
  if (name != "post_form") {
    EXPECT_EQ(sent_directly, sent_by_let_through);
  }
}

INSTANTIATE_TEST_SUITE_P(Client, Httplib, testing::Range<std::size_t>(0, client::scenarios().size()), NameOf());

const std::string base = "http://api.example.test";

void expect_part(const std::string &text, const std::string &part) {
  EXPECT_NE(text.find(part), std::string::npos) << "missing: " << part << "\nin:\n" << text;
}

// 1, 2, 21
TEST(HttplibWords, AMockIsAnsweredRecordedAndAsserted) {
  EXPECT_EQ(findings([] {
              http.mock_response("POST", base + "/things").status(201).json(R"({"id":1})");
              {
                const tripwire::Sandbox sandbox;
                httplib::Client client(base);
                client.set_basic_auth("me", "hunter2");
                EXPECT_EQ(client.Post("/things", "name=x", "application/x-www-form-urlencoded")->body, R"({"id":1})");
              }
              http.assert_request("POST", base + "/things")
                  .headers({{"Accept", "*/*"},
                            {"Authorization", "Basic <secret>"},
                            {"Connection", "close"},
                            {"Content-Length", "6"},
                            {"Content-Type", "application/x-www-form-urlencoded"},
                            {"Host", "api.example.test"},
                            {"User-Agent", "cpp-httplib/" CPPHTTPLIB_VERSION}})
                  .body("name=x")
                  .assert_response(201, {{"content-type", "application/json"}}, R"({"id":1})");
            }),
            "");
}

TEST(HttplibWords, ErrorsAreTheLibrarysOwn) {
  EXPECT_EQ(findings([] {
              http.mock_error("GET", base + "/", httplib::Error::ConnectionTimeout);
              http.mock_response("GET", base + "/late").delay(std::chrono::hours(1));
              {
                const tripwire::Sandbox sandbox;
                httplib::Client client(base);
                EXPECT_EQ(client.Get("/").error(), httplib::Error::ConnectionTimeout);
                EXPECT_EQ(client.Get("/late").error(), httplib::Error::Read);
              }
              http.assert_request("GET", base + "/")
                  .headers(anything)
                  .body("")
                  .assert_raised(httplib::Error::ConnectionTimeout);
              http.assert_request("GET", base + "/late").headers(anything).body("").assert_raised(httplib::Error::Read);
            }),
            "");
}

TEST(HttplibWords, SecureClientsAndPortsAreTold) {
  EXPECT_EQ(findings([] {
              http.mock_response("GET", "https://api.example.test/").body("secure");
              http.mock_response("GET", "http://api.example.test:8080/").body("other port");
              {
                const tripwire::Sandbox sandbox;
                EXPECT_EQ(httplib::Client("https://api.example.test").Get("/")->body, "secure");
                EXPECT_EQ(httplib::Client("api.example.test", 8080).Get("/")->body, "other port");
              }
              for (const char *url : {"https://api.example.test/", "http://api.example.test:8080/"})
                http.assert_request("GET", url).headers(anything).body("").assert_response(200, anything, anything);
            }),
            "");
}

// 1, 61
TEST(HttplibWords, AnUnmockedRequestPrintsTheLineThatMocksIt) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    httplib::Client client(base);
    words(client.Get("/things?a=1"));
  });
  expect_part(text, "http GET http://api.example.test/things?a=1 was attempted in a sandbox");
  expect_part(text, "through httplib::Client::Get");
  expect_part(text, R"(tripwire::http.mock_response("GET", "http://api.example.test/things?a=1").status(200);)");
}

// 5
TEST(HttplibWords, WhereNothingCanBeThrownTheRequestFails) {
  httplib::Error error = httplib::Error::Success;
  const std::string text = findings([&] {
    const tripwire::Sandbox sandbox;
    httplib::Client client(base);
    error = client::fetch_without_throwing(client, "/things");
  });
  EXPECT_EQ(error, httplib::Error::Connection);
  expect_part(text, "http GET http://api.example.test/things");
}

// 61
TEST(HttplibWords, AnUnassertedErrorPrintsTheLinesThatAssertIt) {
  const std::string text = findings([] {
    http.mock_error("GET", base + "/", httplib::Error::SSLConnection);
    const tripwire::Sandbox sandbox;
    httplib::Client client(base);
    words(client.Get("/"));
  });
  expect_part(text, ".assert_raised(httplib::Error::SSLConnection);");
}

TEST(HttplibWords, AnErrorOfAnotherLibraryIsRefused) {
  const std::string text = findings([] {
    http.mock_error("GET", base + "/", CURLE_COULDNT_CONNECT);
    const tripwire::Sandbox sandbox;
    httplib::Client client(base);
    words(client.Get("/"));
  });
  expect_part(text, "its error, CURLE_COULDNT_CONNECT, is libcurl's, and another library asks");
  const std::string other = findings([] {
    http.mock_error("GET", base + "/", httplib::Error::Read);
    const tripwire::Sandbox sandbox;
    CURL *handle = curl_easy_init();
    curl_easy_setopt(handle, CURLOPT_URL, (base + "/").c_str());
    try {
      curl_easy_perform(handle);
    } catch (...) {
      curl_easy_cleanup(handle);
      throw;
    }
  });
  expect_part(other, "its error, httplib::Error::Read, is not libcurl's");
}

TEST(HttplibWords, WhatAMockCannotHonourFailsTheTestByName) {
  const auto with = [](const char *what) {
    return findings([&] {
      auto &mock = http.mock_response("POST", base + "/").body("x");
      if (what == std::string("encoding"))
        mock.header("Content-Encoding", "gzip");
      const tripwire::Sandbox sandbox;
      httplib::Client client(base);
      client.set_compress(what == std::string("compress"));
      words(client.Post("/", "body", "text/plain"));
    });
  };
  expect_part(with("compress"), "set_compress: the body is not compressed");
  expect_part(with("encoding"), "carries Content-Encoding 'gzip'");
  expect_part(findings([] {
                http.mock_response("GET", base + "/").status(302).header("Location", "next");
                const tripwire::Sandbox sandbox;
                httplib::Client client(base);
                client.set_follow_location(true);
                words(client.Get("/"));
              }),
              "the Location 'next' is relative, and cpp-httplib asks for it as it is written; give a whole path");
#ifdef CPPHTTPLIB_OPENSSL_SUPPORT
  expect_part(findings([] {
                http.mock_response("GET", base + "/").status(401).header("WWW-Authenticate", "Digest realm=\"r\"");
                const tripwire::Sandbox sandbox;
                httplib::Client client(base);
                client.set_digest_auth("me", "hunter2");
                words(client.Get("/"));
              }),
              "set_digest_auth: the rounds of a challenge are not played; use set_basic_auth");
#endif
}

// 43, 45
TEST(HttplibWords, TheFirewallLooksAtRequests) {
  LocalServer server;
  server.serve("/v1/things", {200, {}, "real", true});
  const std::string text = findings([&] {
    const auto permit = tripwire::allow(tripwire::M("http").path("/v1/**"));
    httplib::Client client(server.base());
    EXPECT_EQ(client.Get("/v1/things")->body, "real");
    words(client.Get("/other"));
  });
  expect_part(text, "GuardedCallError");
  expect_part(text, "/other");
  EXPECT_EQ(server.take_requests().size(), 1U);
}

} // namespace
