// A whole program, rewritten by the tool: one good test, and one for each guarantee that is broken.
#include "bell.hpp"
#include "dinner.hpp"

#define BOOST_TEST_MODULE guarantees
#include <boost/test/unit_test.hpp>

#include <tripwire/tripwire.hpp>

BOOST_AUTO_TEST_CASE(a_good_test) {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  int heard = 0;
  {
    tripwire::Sandbox sandbox;
    heard = dinner::call(2);
  }
  bell.assert_call(2);
  BOOST_TEST(heard == 2);
}

BOOST_AUTO_TEST_CASE(an_unmocked_call) {
  tripwire::Sandbox sandbox;
  dinner::call(2);
}

BOOST_AUTO_TEST_CASE(an_unasserted_interaction) {
  tripwire::mock<&bell::ring>().returns(2);
  tripwire::Sandbox sandbox;
  BOOST_TEST(dinner::call(2) == 2);
}

BOOST_AUTO_TEST_CASE(an_unused_mock) { tripwire::mock<&bell::ring>().returns(2); }

BOOST_AUTO_TEST_CASE(a_swallowed_violation) {
  tripwire::Sandbox sandbox;
  BOOST_TEST(!dinner::try_to_call(2));
}
