#include "garden.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/env.hpp>
#include <tripwire/tripwire.hpp>

TEST(Garden, KeepsItsPlanBelowHome) {
  tripwire::env.mock_get("GARDEN_HOME", tripwire::unset);
  tripwire::env.mock_get("HOME", "/home/ada");

  std::string plan;
  {
    tripwire::Sandbox sandbox;
    plan = garden::plan();
  }
  tripwire::env.assert_get("GARDEN_HOME", tripwire::unset);
  tripwire::env.assert_get("HOME", "/home/ada");
  EXPECT_EQ(plan, "/home/ada/.garden/plan");
}

TEST(Garden, TellsTheSeason) {
  tripwire::env.mock_set("GARDEN_SEASON", "spring");
  {
    tripwire::Sandbox sandbox;
    garden::begin_season("spring");
  }
  tripwire::env.assert_set("GARDEN_SEASON", "spring");
}
