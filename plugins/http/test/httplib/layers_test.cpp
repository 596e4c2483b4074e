// HTTP over a transport that is rewritten as well --> the request alone, or both, as the project says.
#include "transport.hpp"

#include "local_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/http.hpp>
#include <tripwire/plugins/http_httplib.hpp>
#include <tripwire/tripwire.hpp>

#include <functional>
#include <sys/socket.h>

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

using HttpBothLayers = HttpLayers;

// 67
TEST_F(HttpBothLayers, WhatTheTransportDoesIsAskedForToo) {
  EXPECT_EQ(findings(&let_options_through, &assert_options), "");
  const std::string unasserted = findings(&let_options_through, &nothing);
  EXPECT_NE(unasserted.find("UnassertedInteractionsError: 1 interaction was never asserted"), std::string::npos)
      << unasserted;
  EXPECT_NE(unasserted.find("setsockopt("), std::string::npos) << unasserted;
}

} // namespace
