#include "kettle.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/clock.hpp>
#include <tripwire/tripwire.hpp>

TEST(Kettle, LooksEachMinuteWhetherTheWaterIsHot) {
  tripwire::clock.mock_now("2026-03-01T12:00:00Z");

  std::string said;
  {
    tripwire::Sandbox sandbox;
    said = kettle::boil();
  }
  for (int minute = 0; minute < 3; ++minute)
    tripwire::clock.assert_sleep(std::chrono::minutes(1));
  EXPECT_EQ(said, "hot at 12:03");
}
