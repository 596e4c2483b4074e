#include "today.hpp"

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

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
