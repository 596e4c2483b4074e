// A project that does not look at responses.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

namespace {

TEST(HttpWithoutResponses, AnAssertionMayEndWithTheRequest) {
  tripwire::http.mock_response("GET", "https://api.example.test/").body("not looked at").times(2);
  {
    const tripwire::Sandbox sandbox;
    client::fetch("https://api.example.test/");
    client::fetch("https://api.example.test/");
  }
  tripwire::http.assert_request("GET", "https://api.example.test/").headers(tripwire::anything).body("").assert_sent();
  tripwire::http.assert_request("GET", "https://api.example.test/")
      .headers(tripwire::anything)
      .body("")
      .assert_response(200, {}, "not looked at");
}

} // namespace
