// HTTP over a transport that is rewritten as well --> the request alone, or both, as the project says.
#include "transport.hpp"

#include "local_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/http.hpp>
#include <tripwire/plugins/http_httplib.hpp>
#include <tripwire/tripwire.hpp>

#include <functional>
#include <string>
#include <sys/socket.h>
#include <utility>

namespace {

using tripwire::anything;
using tripwire::plugins::test::LocalServer;

class HttpLayers : public testing::Test {
protected:
  HttpLayers() { server.serve("/text", {200, {}, "real", true}); }

  /// The findings of a test that lets the request through. \p prepare and \p assert_more are what else it says.
  std::string findings(const std::function<void()> &prepare, const std::function<void()> &assert_more) {
    return tripwire::conformance::findings([&] {
      tripwire::http.pass_through("GET", server.base() + "/text");
      prepare();
      {
        const tripwire::Sandbox sandbox;
        httplib::Client client(server.base());
        client.set_socket_options(&transport::tune);
        EXPECT_EQ(client.Get("/text")->body, "real");
      }
      tripwire::http.assert_request("GET", server.base() + "/text")
          .headers(anything)
          .body("")
          .assert_response(200, anything, "real");
      assert_more();
    });
  }

  LocalServer server;
};

void nothing() {}
void let_options_through() { tripwire::spy<&setsockopt>(); }
void assert_options() {
  tripwire::assert_call<&setsockopt>(anything, SOL_SOCKET, SO_KEEPALIVE, anything, anything).returned(0);
}

// 67
TEST_F(HttpLayers, TheRequestIsEnough) { EXPECT_EQ(findings(&nothing, &nothing), ""); }

// What the project itself does while a real request goes on, in a callback of either library.
int tune_nothing() {
  const int on = 1;
  return setsockopt(-1, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

bool tunes_while_receiving(const char *, std::size_t) {
  tune_nothing();
  return true;
}

std::size_t tunes_while_reading(char *buffer, std::size_t, std::size_t, void *) {
  tune_nothing();
  *buffer = 'x';
  return 1;
}

void receive(const std::string &url) {
  httplib::Client client(url.substr(0, url.rfind('/')));
  EXPECT_EQ(client.Get("/text", &tunes_while_receiving)->status, 200);
}

void upload(const std::string &url) {
  CURL *handle = curl_easy_init();
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(handle, CURLOPT_READFUNCTION, &tunes_while_reading);
  curl_easy_setopt(handle, CURLOPT_INFILESIZE, 1L);
  curl_easy_setopt(handle, CURLOPT_EXPECT_100_TIMEOUT_MS, 1L);
  curl_easy_setopt(
      handle, CURLOPT_WRITEFUNCTION, +[](char *, std::size_t size, std::size_t count, void *) { return size * count; });
  EXPECT_EQ(curl_easy_perform(handle), CURLE_OK);
  curl_easy_cleanup(handle);
}

void expect_that_callbacks_are_watched(const std::string &url) {
  using Request = std::pair<const char *, void (*)(const std::string &)>;
  for (const auto &[method, make] : {Request{"GET", &receive}, Request{"PUT", &upload}})
    for (const bool asserted : {true, false}) {
      const std::string text = tripwire::conformance::findings([&, method = method, make = make] {
        tripwire::http.pass_through(method, url);
        tripwire::spy<&setsockopt>();
        {
          const tripwire::Sandbox sandbox;
          make(url);
        }
        tripwire::http.assert_request(method, url)
            .headers(anything)
            .body(anything)
            .assert_response(200, anything, anything);
        if (asserted)
          tripwire::assert_call<&setsockopt>(-1, SOL_SOCKET, SO_KEEPALIVE, anything, anything).returned(-1);
      });
      if (asserted) {
        EXPECT_EQ(text, "") << method;
      } else {
        EXPECT_NE(text.find("UnassertedInteractionsError: 1 interaction was never asserted"), std::string::npos)
            << text;
        EXPECT_NE(text.find("setsockopt(fd: -1"), std::string::npos) << text;
      }
    }
}

// 67
TEST_F(HttpLayers, WhatACallbackOfTheProjectDoesIsNoPartOfTheRequest) {
  expect_that_callbacks_are_watched(server.base() + "/text");
}

using HttpBothLayers = HttpLayers;

// 67
TEST_F(HttpBothLayers, WhatACallbackOfTheProjectDoesIsAskedForAsEver) {
  expect_that_callbacks_are_watched(server.base() + "/text");
}

// 67
TEST_F(HttpBothLayers, WhatTheTransportDoesIsAskedForToo) {
  EXPECT_EQ(findings(&let_options_through, &assert_options), "");
  const std::string unasserted = findings(&let_options_through, &nothing);
  EXPECT_NE(unasserted.find("UnassertedInteractionsError: 1 interaction was never asserted"), std::string::npos)
      << unasserted;
  EXPECT_NE(unasserted.find("setsockopt("), std::string::npos) << unasserted;
}

} // namespace
