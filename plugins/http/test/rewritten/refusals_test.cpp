// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using client::fetch;
using tripwire::anything;
using tripwire::conformance::findings;

const std::string url = "https://api.example.test/v1/things";

void expect_part(const std::string &text, const std::string &part) {
  EXPECT_NE(text.find(part), std::string::npos) << "missing: " << part << "\nin:\n" << text;
}

TEST(HttpRefusals, AnUnmockedRequestPrintsTheLineThatMocksIt) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    fetch(url + "?a=1");
  });
  expect_part(text, "GET https://api.example.test/v1/things?a=1");
  expect_part(text, R"(tripwire::http.mock_response("GET", "https://api.example.test/v1/things?a=1").status(200);)");
  expect_part(text, "client.cpp");
}

TEST(HttpRefusals, TheNearestMockIsShownFieldByField) {
  const std::string text = findings([] {
    tripwire::http.mock_response("POST", url).optional();
    const tripwire::Sandbox sandbox;
    fetch(url);
  });
  expect_part(text, R"(mock_response("POST", "https://api.example.test/v1/things"))");
  expect_part(text, "method");
}

// 61
TEST(HttpRefusals, AnUnassertedRequestPrintsTheLinesThatAssertIt) {
  const std::string text = findings([] {
    tripwire::http.mock_response("POST", url).status(201).json(R"({"id":"ch_1"})");
    const tripwire::Sandbox sandbox;
    client::post(url, R"({"amount":5000})");
  });
  expect_part(text, R"(tripwire::http.assert_request("POST", "https://api.example.test/v1/things"))");
  expect_part(text, R"x(.headers({{"Host", "api.example.test"}, {"Accept", "*/*"}, {"Content-Length", "15"}, )x"
                    R"x({"Content-Type", "application/x-www-form-urlencoded"}}))x");
  expect_part(text, R"x(.body(R"({"amount":5000})"))x");
  expect_part(text, R"x(.assert_response(201, {{"content-type", "application/json"}}, R"({"id":"ch_1"})");)x");
}

TEST(HttpRefusals, AnUnassertedErrorPrintsTheLinesThatAssertIt) {
  const std::string text = findings([] {
    tripwire::http.mock_error("GET", url, CURLE_COULDNT_CONNECT);
    const tripwire::Sandbox sandbox;
    fetch(url);
  });
  expect_part(text, ".assert_raised(CURLE_COULDNT_CONNECT);");
}

TEST(HttpRefusals, CCodeGetsAFailureAndTheTestFailsAllTheSame) {
  CURLcode code = CURLE_OK;
  const std::string text = findings([&] {
    const tripwire::Sandbox sandbox;
    long status = 0;
    code = c_fetch(url.c_str(), &status);
  });
  EXPECT_EQ(code, CURLE_COULDNT_CONNECT);
  expect_part(text, "GET https://api.example.test/v1/things");
}

TEST(HttpRefusals, AnOptionThatAMockCannotHonourFailsTheTestByName) {
  const std::string text = findings([] {
    tripwire::http.mock_response("GET", url);
    const tripwire::Sandbox sandbox;
    fetch(url, [](CURL *handle) { curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L); });
  });
  expect_part(text, "CURLOPT_CONNECT_ONLY: it hands out a connection, and a mock has none");
  expect_part(text, ".ignoring(CURLOPT_CONNECT_ONLY)");
  expect_part(text, "client.cpp:");
}

TEST(HttpRefusals, APausingCallbackFailsTheTest) {
  const auto pauses = [](char *, std::size_t, std::size_t, void *) -> std::size_t { return CURL_WRITEFUNC_PAUSE; };
  const std::string text = findings([&] {
    tripwire::http.mock_response("GET", url).body("x");
    const tripwire::Sandbox sandbox;
    fetch(url, [&](CURL *handle) { curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, +pauses); });
  });
  expect_part(text, "paused");
}

TEST(HttpRefusals, JsonAndBodyTogetherAreRefused) {
  expect_part(findings([] { tripwire::http.mock_response("GET", url).optional().json("{}").body("{}"); }),
              "json() and body() exclude each other");
  expect_part(findings([] { tripwire::http.mock_response("GET", url).optional().body("{}").json("{}"); }),
              "json() and body() exclude each other");
}

TEST(HttpRefusals, AHeaderWithALineBreakIsRefused) {
  expect_part(findings([] { tripwire::http.mock_response("GET", url).optional().header("A", "b\r\nInjected: c"); }),
              "no header");
}

TEST(HttpRefusals, AnAssertionWithoutTheResponseMissesFields) {
  const std::string text = findings([] {
    tripwire::http.mock_response("GET", url);
    {
      const tripwire::Sandbox sandbox;
      fetch(url);
    }
    tripwire::http.assert_request("GET", url).headers(anything).body("").assert_sent();
  });
  expect_part(text, "MissingAssertionFieldsError");
  expect_part(text, "response_headers");
}

TEST(HttpRefusals, ATransferOfAMultiHandleIsRefusedWhereItBegins) {
  const std::string text = findings([] {
    tripwire::http.mock_response("GET", url + "/1").optional();
    const tripwire::Sandbox sandbox;
    client::Several several({url + "/1", url + "/2"});
    several.finish();
  });
  expect_part(text, "GET https://api.example.test/v1/things/2 was attempted in a sandbox");
  expect_part(text, "through curl_multi_perform");
  expect_part(text, R"(tripwire::http.mock_response("GET", "https://api.example.test/v1/things/2").status(200);)");
  expect_part(text, "client.cpp");
}

TEST(HttpRefusals, CCodeWithAMultiHandleGetsAFailureAndComesToItsEnd) {
  CURLcode code = CURLE_OK;
  const std::string text = findings([&] {
    const tripwire::Sandbox sandbox;
    code = c_fetch_by_multi(url.c_str());
  });
  EXPECT_EQ(code, CURLE_COULDNT_CONNECT);
  expect_part(text, "GET https://api.example.test/v1/things");
}

TEST(HttpRefusals, ACancelledTransferPrintsTheLinesThatAssertIt) {
  const std::string text = findings([] {
    tripwire::http.mock_response("GET", url);
    const tripwire::Sandbox sandbox;
    client::Several several({url});
    several.step(0);
  });
  expect_part(text, "tripwire::http.assert_request(\"GET\", \"https://api.example.test/v1/things\")\n");
  expect_part(text, ".assert_cancelled();");
}

TEST(HttpRefusals, AnOptionThatAMockCannotHonourFailsAMultiHandleToo) {
  const std::string text = findings([] {
    tripwire::http.mock_response("GET", url);
    const tripwire::Sandbox sandbox;
    client::Several several({url});
    curl_easy_setopt(several.handle(0), CURLOPT_CONNECT_ONLY, 1L);
    several.finish();
  });
  expect_part(text, "CURLOPT_CONNECT_ONLY: it hands out a connection, and a mock has none");
  expect_part(text, ".ignoring(CURLOPT_CONNECT_ONLY)");
}

TEST(HttpRefusals, ATransferMayOutliveItsTest) {
  std::unique_ptr<client::Several> several;
  const std::string text = findings([&] {
    tripwire::http.mock_response("GET", url).delay(std::chrono::hours(1)).body("late");
    {
      const tripwire::Sandbox sandbox;
      several = std::make_unique<client::Several>(std::vector<std::string>{url});
      several->step(1);
    }
    tripwire::http.assert_request("GET", url).headers(anything).body("").assert_sent();
  });
  EXPECT_EQ(text, "");
  several->finish();
  ASSERT_EQ(several->done.size(), 1U);
  EXPECT_EQ(several->done.front().body, "late");
}

TEST(HttpRefusals, PausingByTheHandleIsRefused) {
  const std::string text = findings([] {
    tripwire::http.mock_response("GET", url).optional();
    const tripwire::Sandbox sandbox;
    client::Several several({url});
    curl_easy_pause(several.handle(0), CURLPAUSE_ALL);
  });
  expect_part(text, "curl_easy_pause (a mock has no connection to work on)");
  expect_part(text, "tripwire::mock<&curl_easy_pause>().returns(CURLE_OK);");
}

TEST(HttpRefusals, ARequestAssertedWithAWrongBodyIsNotConsumed) {
  const std::string text = findings([] {
    tripwire::http.mock_response("GET", url).body("right");
    {
      const tripwire::Sandbox sandbox;
      fetch(url);
    }
    tripwire::http.assert_request("GET", url).headers(anything).body("").assert_response(200, anything, "wrong");
  });
  expect_part(text, "right");
  expect_part(text, "wrong");
}

} // namespace
