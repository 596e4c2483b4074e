#include "dice.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/random.hpp>
#include <tripwire/tripwire.hpp>

#include <cerrno>

TEST(Dice, ShowTheSameInEachRun) {
  tripwire::random.seed(42);

  std::vector<int> shown;
  {
    tripwire::Sandbox sandbox;
    shown = dice::thrown(5);
  }
  EXPECT_EQ(shown, (std::vector<int>{1, 6, 6, 2, 5}));
}

TEST(Dice, AnInvitationOutlivesASignal) {
  tripwire::random.mock_getrandom(std::string("\x00\x01\x02", 3));
  tripwire::random.mock_getrandom_failed(EINTR);
  tripwire::random.mock_getrandom("\x03\x04\x05\x06\x07");

  std::string name;
  {
    tripwire::Sandbox sandbox;
    name = dice::invitation();
  }
  tripwire::random.assert_short_getrandom(8, 3);
  tripwire::random.assert_getrandom_failed(5, EINTR);
  tripwire::random.assert_getrandom(5);
  EXPECT_EQ(name, "abcdefgh");
}
