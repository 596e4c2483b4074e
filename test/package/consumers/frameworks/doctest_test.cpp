#include "today.hpp"

#include <doctest/doctest.h>

#include <tripwire/tripwire.hpp>

#include <ctime>

TEST_CASE("today counts whole days") {
  auto &clock = tripwire::mock<&::time>();
  clock.returns(3 * 24 * 60 * 60 + 5);
  long day = 0;
  {
    tripwire::Sandbox sandbox;
    day = today();
  }
  clock.assert_call(nullptr);
  CHECK(day == 3);
}
