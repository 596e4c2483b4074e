// A refused call whose violation the code swallows: the test fails all the same.
#include "payments.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/http.hpp>
#include <tripwire/tripwire.hpp>

namespace {

std::string charge_or_nothing() {
  try {
    return payments::charge({}, "tok_visa", 5000);
  } catch (...) {
    return "";
  }
}

} // namespace

TEST(Payments, GivesNoIdWhenAnythingGoesWrong) {
  tripwire::Sandbox sandbox;
  EXPECT_EQ(charge_or_nothing(), "");
}
