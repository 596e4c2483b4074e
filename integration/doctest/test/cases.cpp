// Tests that pass and tests that must fail, each for one thing that the adapter has to get right.
#include "diners.hpp"

#include <doctest/doctest.h>

#include <tripwire/tripwire.hpp>

#include <cstdio>
#include <stdexcept>
#include <thread>

namespace {

void ring_twice() { CHECK(ring_against_a_mock() == 2); }

TEST_CASE("passes: passes when mocked and asserted") { ring_twice(); }

TEST_CASE("refused: fails when a call is refused") {
  call_in_sandbox(2);
  std::puts("the test goes on");
}

TEST_CASE("leftovers: fails when an interaction is not asserted") {
  tripwire::mock<&bell::ring>().returns(2);
  call_in_sandbox(2);
}

TEST_CASE("leftovers: fails when a mock is not used") { tripwire::mock<&bell::ring>().returns(2); }

TEST_CASE("swallowed: fails when the violation is swallowed") {
  tripwire::Sandbox sandbox;
  CHECK_FALSE(bell::try_to_call(2));
}

TEST_CASE("swallowed: fails when a thread is refused") {
  tripwire::Sandbox sandbox;
  std::thread([] { bell::try_to_call(2); }).join();
}

TEST_CASE("swallowed: fails when doctest catches the violation") { CHECK_THROWS(call_in_sandbox(2)); }

TEST_CASE("failed: fails once when the body has failed") {
  tripwire::mock<&bell::ring>().returns(2);
  REQUIRE(1 + 1 == 3);
}

TEST_CASE("failed: fails once when the body throws") {
  CHECK(1 + 1 == 2);
  tripwire::mock<&bell::ring>().returns(2);
  throw std::runtime_error("no dinner today");
}

TEST_CASE("failed: fails twice when the body throws behind a swallowed violation") {
  tripwire::Sandbox sandbox;
  bell::try_to_call(2);
  throw std::runtime_error("no dinner today");
}

TEST_CASE("assertion: fails when an assertion of ours does not hold") {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  call_in_sandbox(2);
  bell.assert_call(3);
}

TEST_CASE("accepted: may fail and is refused" * doctest::may_fail()) { call_in_sandbox(2); }

TEST_CASE("accepted: should fail and is refused" * doctest::should_fail()) { call_in_sandbox(2); }

TEST_CASE("skipped: is left out" * doctest::skip()) { call_in_sandbox(2); }

TEST_CASE_FIXTURE(RefusedInConstructor, "fixture: does not run the body behind a constructor") {
  std::puts("the body runs");
}

TEST_CASE_FIXTURE(RefusedInDestructor, "fixture: runs the body before a destructor") { std::puts("the body runs"); }

TEST_CASE_FIXTURE(PreparedInFixture, "prepared: has the mock of its fixture") {
  call_in_sandbox(5);
  CHECK(bell::rung() == 0);
}

TEST_CASE("warned: a warning is no failure of the test") {
  tripwire::mock<&bell::ring>().returns(2);
  WARN(1 + 1 == 3);
  MESSAGE("no guests");
}

TEST_CASE("guard: the guard is on in the body") { bell::call_to_dinner(3); }

TEST_CASE("subcases: each way through the subcases is a run of its own") {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  SUBCASE("one that uses the mock and asserts it") {
    call_in_sandbox(2);
    bell.assert_call(2);
  }
  SUBCASE("one that asserts nothing") { call_in_sandbox(2); }
  SUBCASE("one that is nested") {
    SUBCASE("and uses nothing") { CHECK(true); }
    SUBCASE("and is refused") { call_in_sandbox(3), call_in_sandbox(4); }
  }
}

TEST_CASE("subcases: one that throws has what is left as a message") {
  tripwire::mock<&bell::ring>().returns(2);
  SUBCASE("throws") { throw std::runtime_error("no dinner today"); }
}

TEST_CASE_TEMPLATE("typed: each type is a test of its own", Type, int, char) {
  tripwire::mock<&bell::ring>().returns(static_cast<int>(sizeof(Type)));
  call_in_sandbox(1);
}

TEST_CASE("child: fails when a forked child is refused") { CHECK(exit_of_child_that_calls(2) == 0); }

} // namespace
