#include "clock.hpp"

#include <gtest/gtest.h>

#include <tripwire/tripwire.hpp>

#include <ctime>

TEST(Clock, CountsWholeDays) {
  auto &clock = tripwire::mock<&::time>();
  clock.returns(3 * 24 * 60 * 60 + 5);
  long day = 0;
  {
    tripwire::Sandbox sandbox;
    day = today();
  }
  clock.assert_call(nullptr);
  EXPECT_EQ(day, 3);
}
