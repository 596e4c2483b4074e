// A call that nobody mocked: it is refused where it is made, and nothing leaves the machine.
#include "payments.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

TEST(Payments, ChargesTheCard) {
  tripwire::Sandbox sandbox;
  EXPECT_EQ(payments::charge({}, "tok_visa", 5000), "ch_123");
}
