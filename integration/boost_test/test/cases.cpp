// Tests that pass and tests that must fail, each for one thing that the adapter has to get right.
#include "diners.hpp"

#define BOOST_TEST_MODULE cases
#include <boost/mpl/list.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <tripwire/tripwire.hpp>

#include <cstdio>
#include <stdexcept>
#include <thread>

namespace {

namespace unit_test = boost::unit_test;

void ring_twice() { BOOST_TEST(ring_against_a_mock() == 2); }

} // namespace

BOOST_AUTO_TEST_CASE(passes) { ring_twice(); }

BOOST_AUTO_TEST_CASE(refused) {
  call_in_sandbox(2);
  std::puts("the test goes on");
}

BOOST_AUTO_TEST_SUITE(leftovers)
BOOST_AUTO_TEST_CASE(an_interaction_is_not_asserted) {
  tripwire::mock<&bell::ring>().returns(2);
  call_in_sandbox(2);
}
BOOST_AUTO_TEST_CASE(a_mock_is_not_used) { tripwire::mock<&bell::ring>().returns(2); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(swallowed)
BOOST_AUTO_TEST_CASE(by_the_code_under_test) {
  tripwire::Sandbox sandbox;
  BOOST_TEST(!bell::try_to_call(2));
}
BOOST_AUTO_TEST_CASE(in_a_thread) {
  tripwire::Sandbox sandbox;
  std::thread([] { bell::try_to_call(2); }).join();
}
BOOST_AUTO_TEST_CASE(by_boost_test) { BOOST_CHECK_THROW(call_in_sandbox(2), tripwire::Violation); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(failed)
BOOST_AUTO_TEST_CASE(by_the_body) {
  tripwire::mock<&bell::ring>().returns(2);
  BOOST_TEST_REQUIRE(1 + 1 == 3);
}
BOOST_AUTO_TEST_CASE(by_an_exception) {
  tripwire::mock<&bell::ring>().returns(2);
  throw std::runtime_error("no dinner today");
}
BOOST_AUTO_TEST_CASE(by_an_exception_behind_a_swallowed_violation) {
  tripwire::Sandbox sandbox;
  bell::try_to_call(2);
  throw std::runtime_error("no dinner today");
}
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(assertion) {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  call_in_sandbox(2);
  bell.assert_call(3);
}

BOOST_AUTO_TEST_CASE(warned) {
  BOOST_WARN(1 + 1 == 3);
  tripwire::mock<&bell::ring>().returns(2);
}

BOOST_AUTO_TEST_SUITE(skipped)
BOOST_AUTO_TEST_CASE(disabled, *unit_test::disabled()) { call_in_sandbox(2); }
BOOST_AUTO_TEST_CASE(behind_a_precondition, *unit_test::precondition([](unit_test::test_unit_id) {
                       return boost::test_tools::assertion_result(false);
                     })) {
  call_in_sandbox(2);
}
BOOST_AUTO_TEST_CASE(not_at_all) { ring_twice(); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fixture)
BOOST_FIXTURE_TEST_CASE(constructor, RefusedInConstructor) { std::puts("the body runs"); }

struct RefusedInSetUp {
  static void setup() { call_in_sandbox(2); }
  static void teardown() { std::puts("the fixture is torn down"); }
};
BOOST_AUTO_TEST_CASE(set_up, *unit_test::fixture(&RefusedInSetUp::setup, &RefusedInSetUp::teardown)) {
  std::puts("the body runs");
}

void nothing() {}
void refused_in_tear_down() { call_in_sandbox(2); }
BOOST_AUTO_TEST_CASE(tear_down, *unit_test::fixture(&nothing, &refused_in_tear_down)) { std::puts("the body runs"); }

void prepare() { tripwire::mock<&bell::ring>().returns(5); }
void settle() { tripwire::assert_call<&bell::ring>(5); }
BOOST_AUTO_TEST_CASE(prepares_and_settles, *unit_test::fixture(&prepare, &settle)) { call_in_sandbox(5); }
BOOST_AUTO_TEST_SUITE_END()

namespace {
void refused_in_suite() { call_in_sandbox(2); }
} // namespace
BOOST_AUTO_TEST_SUITE(suite_fixture, *unit_test::fixture(&refused_in_suite))
BOOST_AUTO_TEST_CASE(has_no_test) { std::puts("the body runs"); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(guard)
void ring_in_fixture() { BOOST_TEST(bell::call_to_dinner(3) == 3); }
BOOST_AUTO_TEST_CASE(off_in_fixtures, *unit_test::fixture(&ring_in_fixture, &ring_in_fixture)) {
  BOOST_TEST(bell::rung() == 3);
  ring_twice();
}
BOOST_AUTO_TEST_CASE(on_in_the_body) { bell::call_to_dinner(3); }
BOOST_AUTO_TEST_SUITE_END()

BOOST_DATA_TEST_CASE(rows, unit_test::data::make({1, 2, 3}), guests) {
  if (guests % 2 == 0) {
    ring_twice();
  } else {
    call_in_sandbox(guests);
  }
}

using Types = boost::mpl::list<int, char>;
BOOST_AUTO_TEST_CASE_TEMPLATE(typed, Type, Types) {
  tripwire::mock<&bell::ring>().returns(static_cast<int>(sizeof(Type)));
  call_in_sandbox(1);
}

BOOST_AUTO_TEST_CASE(child) { BOOST_TEST(exit_of_child_that_calls(2) == 0); }
