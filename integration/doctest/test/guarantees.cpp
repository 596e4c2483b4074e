// A whole program, rewritten by the tool: one good test, and one for each guarantee that is broken.
#include "bell.hpp"
#include "dinner.hpp"

#include <doctest/doctest.h>

#include <tripwire/tripwire.hpp>

TEST_CASE("a good test") {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  int heard = 0;
  {
    tripwire::Sandbox sandbox;
    heard = dinner::call(2);
  }
  bell.assert_call(2);
  CHECK(heard == 2);
}

TEST_CASE("an unmocked call") {
  tripwire::Sandbox sandbox;
  dinner::call(2);
}

TEST_CASE("an unasserted interaction") {
  tripwire::mock<&bell::ring>().returns(2);
  tripwire::Sandbox sandbox;
  CHECK(dinner::call(2) == 2);
}

TEST_CASE("an unused mock") { tripwire::mock<&bell::ring>().returns(2); }

TEST_CASE("a swallowed violation") {
  tripwire::Sandbox sandbox;
  CHECK_FALSE(dinner::try_to_call(2));
}
