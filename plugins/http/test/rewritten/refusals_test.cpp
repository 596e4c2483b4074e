// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

#include <functional>

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

// What the test says of a request that sets \p option, by \p set, when a mock answers it.
std::string said_of(const std::function<void(CURL *)> &set) {
  return findings([&] {
    tripwire::http.mock_response("GET", url);
    const tripwire::Sandbox sandbox;
    fetch(url, set);
  });
}

struct Unhonoured {
  CURLoption option;
  const char *reason;
  std::function<void(CURL *)> set;
};

Unhonoured unhonoured(CURLoption option, const char *reason, long value) {
  return {option, reason, [option, value](CURL *handle) { curl_easy_setopt(handle, option, value); }};
}
Unhonoured unhonoured(CURLoption option, const char *reason, const char *value) {
  return {option, reason, [option, value](CURL *handle) { curl_easy_setopt(handle, option, value); }};
}
template <class R, class... Arguments>
Unhonoured unhonoured(CURLoption option, const char *reason, R (*callback)(Arguments...)) {
  auto *value = reinterpret_cast<void *>(callback);
  return {option, reason, [option, value](CURL *handle) { curl_easy_setopt(handle, option, value); }};
}

// libcurl asks for it in headers of the request, which only a server could agree to; over TLS there are none.
TEST(HttpRefusals, TheUpgradeToHttp2IsNamedWhereLibcurlWouldAskForIt) {
  const auto said = [](const std::string &of, long version) {
    return findings([&] {
      tripwire::http.mock_response("GET", of);
      {
        const tripwire::Sandbox sandbox;
        fetch(of, [&](CURL *handle) { curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, version); });
      }
      tripwire::http.assert_request("GET", of).headers(anything).body(anything).assert_response(200, anything, "");
    });
  };
  const std::string plain = "http://api.example.test/v1/things";
  const std::string text = said(plain, CURL_HTTP_VERSION_2_0);
  expect_part(text, "CURLOPT_HTTP_VERSION: the upgrade to HTTP/2 is not played; ask for CURL_HTTP_VERSION_2TLS");
  expect_part(text, ".ignoring(CURLOPT_HTTP_VERSION)");
  EXPECT_EQ(said(url, CURL_HTTP_VERSION_2_0), "");
  EXPECT_EQ(said(plain, CURL_HTTP_VERSION_2TLS), "");
}

TEST(HttpRefusals, EachOptionThatAsksForAConnectionIsNamed) {
  const curl_opensocket_callback opens = [](void *, curlsocktype, curl_sockaddr *) { return CURL_SOCKET_BAD; };
  const curl_closesocket_callback closes = [](void *, curl_socket_t) { return 0; };
  const curl_sockopt_callback sets = [](void *, curl_socket_t, curlsocktype) { return 0; };
  const curl_ssl_ctx_callback speaks = [](CURL *, void *, void *) { return CURLE_OK; };
  const curl_resolver_start_callback resolves = [](void *, void *, void *) { return 0; };
  const curl_prereq_callback asks = [](void *, char *, char *, int, int) { return 0; };
  const curl_trailer_callback trails = [](curl_slist **, void *) { return CURL_TRAILERFUNC_OK; };
  const curl_hstsread_callback reads = [](CURL *, curl_hstsentry *, void *) { return CURLSTS_DONE; };
  const curl_hstswrite_callback writes = [](CURL *, curl_hstsentry *, curl_index *, void *) { return CURLSTS_OK; };
  const Unhonoured options[] = {
      unhonoured(CURLOPT_OPENSOCKETFUNCTION, "a mock opens no socket", opens),
      unhonoured(CURLOPT_CLOSESOCKETFUNCTION, "a mock opens no socket", closes),
      unhonoured(CURLOPT_SOCKOPTFUNCTION, "a mock opens no socket", sets),
      unhonoured(CURLOPT_SSL_CTX_FUNCTION, "a mock speaks no TLS", speaks),
      unhonoured(CURLOPT_RESOLVER_START_FUNCTION, "a mock resolves no name", resolves),
      unhonoured(CURLOPT_PREREQFUNCTION, "a mock has no connection to show it", asks),
      unhonoured(CURLOPT_TRAILERFUNCTION, "no trailing header is recorded", trails),
      unhonoured(CURLOPT_HSTSREADFUNCTION, "no host is switched to https by a mock", reads),
      unhonoured(CURLOPT_HSTSWRITEFUNCTION, "a mock keeps no list of hosts", writes),
      unhonoured(CURLOPT_HSTS, "no host is switched to https by a mock", "/nowhere/hsts"),
      unhonoured(CURLOPT_NETRC, "the file with the credentials is not read", static_cast<long>(CURL_NETRC_OPTIONAL)),
      unhonoured(CURLOPT_AWS_SIGV4, "the request is not signed", "aws:amz"),
      unhonoured(CURLOPT_CRLF, "the line ends of the upload are not converted", 1L),
      unhonoured(CURLOPT_CERTINFO, "a mock shows no certificate", 1L),
  };
  for (const Unhonoured &each : options) {
    const std::string name = std::string("CURLOPT_") + curl_easy_option_by_id(each.option)->name;
    const std::string text = said_of(each.set);
    expect_part(text, name + ": ");
    expect_part(text, each.reason);
    expect_part(text, ".ignoring(" + name + ")");
  }
}

TEST(HttpRefusals, RoundsOfAuthenticationAreNamed) {
  for (const long schemes : {static_cast<long>(CURLAUTH_DIGEST), static_cast<long>(CURLAUTH_ANY)}) {
    const std::string text = said_of([schemes](CURL *handle) {
      curl_easy_setopt(handle, CURLOPT_USERPWD, "me:hunter2");
      curl_easy_setopt(handle, CURLOPT_HTTPAUTH, schemes);
    });
    expect_part(text, "CURLOPT_HTTPAUTH: the rounds of a challenge are not played; use CURLAUTH_BASIC");
    expect_part(text, ".ignoring(CURLOPT_HTTPAUTH)");
    EXPECT_EQ(text.find("hunter2"), std::string::npos);
  }
}

TEST(HttpRefusals, AHeadThatWaitsForABodyIsNamed) {
  const std::string text = findings([] {
    tripwire::http.mock_response("HEAD", url).body("never sent");
    const tripwire::Sandbox sandbox;
    fetch(url, [](CURL *handle) { curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, "HEAD"); });
  });
  expect_part(text, "CURLOPT_CUSTOMREQUEST: libcurl waits for a body, which never comes behind HEAD");
  expect_part(text, "set CURLOPT_NOBODY");
}

TEST(HttpRefusals, AnEncodedBodyIsToBeGivenDecoded) {
  for (const char *header : {"Content-Encoding", "Transfer-Encoding"})
    expect_part(findings([&] {
                  tripwire::http.mock_response("GET", url).header(header, "gzip").body("x");
                  const tripwire::Sandbox sandbox;
                  fetch(url, [](CURL *handle) { curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, ""); });
                }),
                std::string("the mocked body carries ") + header +
                    " 'gzip' and is delivered as it is; give it decoded, without that header");
}

std::size_t reads_nothing(char *, std::size_t, std::size_t, void *) { return 0; }
std::size_t pauses_reading(char *, std::size_t, std::size_t, void *) { return CURL_READFUNC_PAUSE; }

TEST(HttpRefusals, AnUploadThatEndsTooEarlyIsNamed) {
  const auto upload = [](curl_read_callback read) {
    return findings([&] {
      tripwire::http.mock_response("PUT", url);
      const tripwire::Sandbox sandbox;
      fetch(url, [&](CURL *handle) {
        curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
        curl_easy_setopt(handle, CURLOPT_READFUNCTION, read);
        curl_easy_setopt(handle, CURLOPT_INFILESIZE, 10L);
      });
    });
  };
  expect_part(upload(&reads_nothing), "the read callback ended after 0 of the 10 announced bytes");
  expect_part(upload(&pauses_reading), "the read callback paused the transfer");
}

TEST(HttpRefusals, APartOfAFormThatEndsTooEarlyIsNamed) {
  curl_mime *form = nullptr;
  const std::string text = findings([&] {
    tripwire::http.mock_response("POST", url);
    const tripwire::Sandbox sandbox;
    fetch(url, [&](CURL *handle) {
      form = curl_mime_init(handle);
      curl_mime_data_cb(curl_mime_addpart(form), 10, &reads_nothing, nullptr, nullptr, nullptr);
      curl_easy_setopt(handle, CURLOPT_MIMEPOST, form);
    });
  });
  curl_mime_free(form);
  expect_part(text, "the read callback of a form's part ended after 0 of the 10 announced bytes");
}

// Functions that work on a connection, each with the line that mocks it.
TEST(HttpRefusals, EachFunctionThatWorksOnAConnectionIsNamed) {
  CURL *handle = curl_easy_init();
  char byte = 'x';
  std::size_t count = 0;
  const auto refused = [](const std::string &name, const std::function<void()> &call) {
    const std::string text = findings([&] {
      const tripwire::Sandbox sandbox;
      call();
    });
    expect_part(text, name + " (a mock has no connection to work on)");
    expect_part(text, "tripwire::mock<&" + name + ">().returns(CURLE_OK);");
  };
  refused("curl_easy_pause", [&] { curl_easy_pause(handle, CURLPAUSE_CONT); });
  refused("curl_easy_send", [&] { curl_easy_send(handle, &byte, 1, &count); });
  refused("curl_easy_recv", [&] { curl_easy_recv(handle, &byte, 1, &count); });
  refused("curl_easy_upkeep", [&] { curl_easy_upkeep(handle); });
#if LIBCURL_VERSION_NUM >= 0x075600
  refused("curl_ws_send", [&] { curl_ws_send(handle, &byte, 1, &count, 0, CURLWS_TEXT); });
  refused("curl_ws_recv", [&] {
#if LIBCURL_VERSION_NUM >= 0x080000
    const curl_ws_frame *frame = nullptr;
#else
    curl_ws_frame *frame = nullptr;
#endif
    curl_ws_recv(handle, &byte, 1, &count, &frame);
  });
#endif
  curl_easy_cleanup(handle);
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
