// What a test can say and assert of requests, over rewritten clients in C++ and C.
#include "client.hpp"

#include "local_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

#include <atomic>
#include <thread>

namespace {

using client::fetch;
using client::post;
using tripwire::anything;

const std::string url = "https://api.example.test/v1/things";

/// Asserts the next request with everything but its method, URL and status left open.
void assert_some(const char *method, const std::string &expected_url, long status) {
  tripwire::http.assert_request(method, expected_url)
      .headers(anything)
      .body(anything)
      .assert_response(status, anything, anything);
}

TEST(Http, AMockedResponseReachesTheClient) {
  tripwire::http.mock_response("GET", url).status(201).header("X-Id", "7").body("thing");
  client::Response response;
  {
    const tripwire::Sandbox sandbox;
    response = fetch(url);
  }
  EXPECT_EQ(response.code, CURLE_OK);
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "thing");
  EXPECT_EQ(response.headers, "HTTP/1.1 201 Created\r\nX-Id: 7\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(response.effective_url, url);
  tripwire::http.assert_request("GET", url)
      .headers({{"Host", "api.example.test"}, {"Accept", "*/*"}})
      .body("")
      .assert_response(201, {{"x-id", "7"}}, "thing");
}

TEST(Http, JsonSetsTheContentTypeOnlyWhereThereIsNone) {
  tripwire::http.mock_response("GET", url).json("{}");
  tripwire::http.mock_response("GET", url).header("Content-Type", "application/problem+json").json("[]");
  tripwire::http.mock_response("GET", url).json("1").header("content-type", "text/json");
  {
    const tripwire::Sandbox sandbox;
    for (int request = 0; request < 3; ++request)
      fetch(url);
  }
  for (const char *type : {"application/json", "application/problem+json", "text/json"})
    tripwire::http.assert_request("GET", url)
        .headers(anything)
        .body("")
        .assert_response(200, {{"Content-Type", type}}, anything);
}

TEST(Http, AMockedErrorReachesTheClientWithLibcurlsWords) {
  tripwire::http.mock_error("GET", url, CURLE_COULDNT_RESOLVE_HOST);
  tripwire::http.mock_error("GET", url, CURLE_SSL_CONNECT_ERROR).message("handshake broke");
  client::Response first;
  client::Response second;
  {
    const tripwire::Sandbox sandbox;
    first = fetch(url);
    second = fetch(url);
  }
  EXPECT_EQ(first.code, CURLE_COULDNT_RESOLVE_HOST);
  EXPECT_EQ(first.error, "Could not resolve host: api.example.test");
  EXPECT_EQ(second.error, "handshake broke");
  tripwire::http.assert_request("GET", url).headers(anything).body("").assert_raised(CURLE_COULDNT_RESOLVE_HOST);
  tripwire::http.assert_request("GET", url).headers(anything).body("").assert_raised(CURLE_SSL_CONNECT_ERROR);
}

TEST(Http, ADelayCountsAgainstTheTimeOutAndCostsNoTime) {
  tripwire::http.mock_response("GET", url).delay(std::chrono::hours(1));
  client::Response response;
  {
    const tripwire::Sandbox sandbox;
    response = fetch(url, [](CURL *handle) { curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, 500L); });
  }
  EXPECT_EQ(response.code, CURLE_OPERATION_TIMEDOUT);
  EXPECT_EQ(response.error, "Operation timed out after 500 milliseconds with 0 bytes received");
  tripwire::http.assert_request("GET", url).headers(anything).body("").assert_raised(CURLE_OPERATION_TIMEDOUT);
}

TEST(Http, AnswersAreServedInTheOrderOfTheirRegistration) {
  tripwire::http.mock_response("GET", url).status(503).times(2);
  tripwire::http.mock_response("GET", url).status(200);
  std::vector<long> seen;
  {
    const tripwire::Sandbox sandbox;
    for (int request = 0; request < 3; ++request)
      seen.push_back(fetch(url).status);
  }
  EXPECT_EQ(seen, (std::vector<long>{503, 503, 200}));
  for (const long status : seen)
    assert_some("GET", url, status);
}

TEST(Http, AQueryIsMatchedByTheParametersThatTheMockNames) {
  tripwire::http.mock_response("GET", url).params({{"page", "2"}}).body("second");
  tripwire::http.mock_response("GET", url + "?page=1").body("first");
  tripwire::http.mock_response("GET", url).body("any");
  std::string bodies;
  {
    const tripwire::Sandbox sandbox;
    for (const char *query : {"?page=1&size=10", "?size=10&page=2", "?page=3"})
      bodies += fetch(url + query).body + " ";
  }
  EXPECT_EQ(bodies, "first second any ");
  for (const char *query : {"?page=1&size=10", "?size=10&page=2", "?page=3"})
    assert_some("GET", url + query, 200);
}

TEST(Http, AUrlMayBeAPatternOrAMatcher) {
  tripwire::http.mock_response("GET", "https://*.example.test/v1/*").body("glob");
  tripwire::http.mock_response("GET", tripwire::regex("https://regex[.]test/.*")).body("regex");
  tripwire::http.mock_response("GET", tripwire::that([](const std::string &text) { return text.size() > 40; }))
      .body("predicate");
  const std::string long_url = "https://long.test/" + std::string(40, 'x');
  std::string bodies;
  {
    const tripwire::Sandbox sandbox;
    for (const std::string &each : {url, std::string("https://regex.test/a/b"), long_url})
      bodies += fetch(each).body;
  }
  EXPECT_EQ(bodies, "globregexpredicate");
  assert_some("GET", url, 200);
  assert_some("GET", "https://regex.test/a/b", 200);
  assert_some("GET", long_url, 200);
}

TEST(Http, UrlsAreComparedInOneSpelling) {
  tripwire::http.mock_response("GET", "HTTP://LocalHost:80/a/./b").times(2);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(fetch("http://127.0.0.1/a/b").status, 200);
    EXPECT_EQ(fetch("http://localhost/a/%62").status, 200);
  }
  assert_some("GET", "http://127.0.0.1:80/a/b", 200);
  assert_some("GET", "http://LOCALHOST/a/%62", 200);
}

TEST(Http, ADelayIsSilenceThatTheClientMayNotBear) {
  tripwire::http.mock_response("GET", url).delay(std::chrono::minutes(2)).body("late").times(2);
  {
    const tripwire::Sandbox sandbox;
    const auto bears = [](long seconds) {
      return fetch(url, [seconds](CURL *handle) {
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 10L);
        curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, seconds);
      });
    };
    const client::Response given_up = bears(30);
    EXPECT_EQ(given_up.code, CURLE_OPERATION_TIMEDOUT);
    EXPECT_EQ(given_up.error, "Operation too slow. Less than 10 bytes/sec transferred the last 30 seconds");
    EXPECT_EQ(bears(200).body, "late");
  }
  tripwire::http.assert_request("GET", url).headers(anything).body("").assert_raised(CURLE_OPERATION_TIMEDOUT);
  assert_some("GET", url, 200);
}

// 65
TEST(Http, TheRequestIsRecordedAsItWouldGoOverTheWire) {
  tripwire::http.mock_response("POST", url).status(202);
  {
    const tripwire::Sandbox sandbox;
    post(url, R"({"a":1})", {"Content-Type: application/json", "Accept:", "X-Empty;", "Authorization: Bearer abc"});
  }
  tripwire::http.assert_request("POST", url)
      .headers({{"Host", "api.example.test"},
                {"Content-Type", "application/json"},
                {"X-Empty", ""},
                {"Authorization", "Bearer <secret>"},
                {"Content-Length", "7"}})
      .body(R"({"a":1})")
      .assert_response(202, {}, "");
}

// 64
TEST(Http, PasswordsAreNeverRecorded) {
  tripwire::http.mock_response("GET", url).times(3);
  {
    const tripwire::Sandbox sandbox;
    fetch(url, [](CURL *handle) { curl_easy_setopt(handle, CURLOPT_USERPWD, "me:hunter2"); });
    fetch("https://me:hunter2@api.example.test/v1/things");
    fetch(url, [](CURL *handle) {
      curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
      curl_easy_setopt(handle, CURLOPT_XOAUTH2_BEARER, "hunter2");
    });
  }
  for (const char *recorded : {"Basic <secret>", "Basic <secret>", "Bearer <secret>"})
    tripwire::http.assert_request("GET", url)
        .headers(tripwire::http.with_headers({{"Authorization", recorded}}))
        .body("")
        .assert_response(200, anything, "");
}

TEST(Http, AFormIsRecordedAsLibcurlSerialisesIt) {
  tripwire::http.mock_response("POST", url);
  {
    const tripwire::Sandbox sandbox;
    client::send_form(url, "a text", "a file");
  }
  const std::string boundary = "------------------------0000000000000000";
  tripwire::http.assert_request("POST", url)
      .headers(tripwire::http.with_headers({{"Content-Type", "multipart/form-data; boundary=" + boundary}}))
      .body(
          "--" + boundary + "\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\na text\r\n--" + boundary +
          "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"file.txt\"\r\nContent-Type: text/plain\r\n\r\n"
          "a file\r\n--" +
          boundary + "--\r\n")
      .assert_response(200, anything, "");
}

TEST(Http, ARedirectAsksForAMockOfItsTarget) {
  tripwire::http.mock_response("GET", url).status(302).header("Location", "/v2/things");
  tripwire::http.mock_response("GET", "https://api.example.test/v2/things").body("moved here");
  client::Response response;
  {
    const tripwire::Sandbox sandbox;
    response = fetch(url, [](CURL *handle) { curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L); });
  }
  EXPECT_EQ(response.body, "moved here");
  EXPECT_EQ(response.effective_url, "https://api.example.test/v2/things");
  assert_some("GET", url, 302);
  assert_some("GET", "https://api.example.test/v2/things", 200);
}

TEST(Http, ARequestThatIsLetThroughIsRecordedAsItWasMadeAndAnswered) {
  tripwire::plugins::test::LocalServer server;
  server.serve("/real", {202, {{"X-From", "server"}}, "really", true});
  const std::string real = server.base() + "/real";
  tripwire::http.pass_through("POST", real);
  client::Response response;
  {
    const tripwire::Sandbox sandbox;
    response = post(real, "sent", {"Content-Type: text/plain", "Authorization: Basic bWU6cHc="});
  }
  EXPECT_EQ(response.body, "really");
  EXPECT_EQ(server.take_requests().size(), 1U);
  tripwire::http.assert_request("POST", real)
      .headers({{"Host", server.base().substr(7)},
                {"Accept", "*/*"},
                {"Content-Type", "text/plain"},
                {"Authorization", "Basic <secret>"},
                {"Content-Length", "4"}})
      .body("sent")
      .assert_response(202, {{"X-From", "server"}, {"Content-Length", "6"}}, "really");
}

TEST(Http, ARequestThatIsLetThroughAndFailsIsRecordedWithItsError) {
  tripwire::http.pass_through("GET", "http://127.0.0.1:1/");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(fetch("http://127.0.0.1:1/").code, CURLE_COULDNT_CONNECT);
  }
  tripwire::http.assert_request("GET", "http://127.0.0.1:1/")
      .headers(anything)
      .body("")
      .assert_raised(CURLE_COULDNT_CONNECT);
}

TEST(Http, RequestsOfSeveralThreadsAreAnsweredAndRecorded) {
  constexpr int threads = 4;
  constexpr int requests = 25;
  tripwire::http.mock_response("GET", url).body("for all").always();
  std::atomic<int> right{0};
  {
    const tripwire::Sandbox sandbox;
    std::vector<std::thread> workers;
    workers.reserve(threads);
    for (int thread = 0; thread < threads; ++thread)
      workers.emplace_back([&right] {
        for (int request = 0; request < requests; ++request)
          right += fetch(url).body == "for all" ? 1 : 0;
      });
    for (std::thread &worker : workers)
      worker.join();
  }
  EXPECT_EQ(right, threads * requests);
  for (int request = 0; request < threads * requests; ++request)
    assert_some("GET", url, 200);
}

TEST(Http, AnIgnoredOptionIsTheTestsOwnDecision) {
  tripwire::http.mock_response("GET", url).ignoring(CURLOPT_CERTINFO);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(fetch(url, [](CURL *handle) { curl_easy_setopt(handle, CURLOPT_CERTINFO, 1L); }).status, 200);
  }
  assert_some("GET", url, 200);
}

TEST(Http, CCodeIsAnsweredToo) {
  tripwire::http.mock_response("GET", url).status(204);
  long status = 0;
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(c_fetch(url.c_str(), &status), CURLE_OK);
  }
  EXPECT_EQ(status, 204);
  assert_some("GET", url, 204);
}

TEST(Http, AHandleSetUpBeforeTheSandboxIsKnown) {
  tripwire::http.mock_response("GET", url).body("known");
  std::string body;
  client::Response response;
  response = fetch(url, [&](CURL *handle) {
    const tripwire::Sandbox sandbox;
    const auto append = [](char *bytes, std::size_t size, std::size_t count, void *to) {
      static_cast<std::string *>(to)->append(bytes, size * count);
      return size * count;
    };
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, +append);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &body);
    curl_easy_perform(handle);
    curl_easy_setopt(handle, CURLOPT_URL, "not a url");
  });
  EXPECT_EQ(body, "known");
  EXPECT_NE(response.code, CURLE_OK);
  assert_some("GET", url, 200);
}

} // namespace
