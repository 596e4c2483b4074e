// A request that was made, and that the test never looked at.
#include "payments.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

TEST(Payments, ChargesTheCard) {
  tripwire::http.mock_response("POST", "https://api.stripe.com/v1/charges").status(200).json(R"({"id":"ch_123"})");
  tripwire::Sandbox sandbox;
  EXPECT_EQ(payments::charge({}, "tok_visa", 5000), "ch_123");
}
