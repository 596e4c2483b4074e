// A mock that nothing used: the code does not do what the test prepares for.
#include "payments.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

TEST(Payments, ChargesTheCard) {
  tripwire::http.mock_response("POST", "https://api.stripe.com/v1/charges").status(200).json(R"({"id":"ch_123"})");
  tripwire::http.mock_response("GET", "https://api.stripe.com/v1/balance").status(200).json(R"({"available":0})");

  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(payments::charge({}, "tok_visa", 5000), "ch_123");
  }

  tripwire::http.assert_request("POST", "https://api.stripe.com/v1/charges")
      .headers(tripwire::anything)
      .body(R"({"amount":5000,"source":"tok_visa"})")
      .assert_response(200, tripwire::anything, R"({"id":"ch_123"})");
}
