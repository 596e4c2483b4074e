#include "today.hpp"

#include <boost/test/unit_test.hpp>

#include <tripwire/tripwire.hpp>

#include <ctime>

BOOST_AUTO_TEST_CASE(counts_whole_days) {
  auto &clock = tripwire::mock<&::time>();
  clock.returns(3 * 24 * 60 * 60 + 5);
  long day = 0;
  {
    tripwire::Sandbox sandbox;
    day = today();
  }
  clock.assert_call(nullptr);
  BOOST_TEST(day == 3);
}
