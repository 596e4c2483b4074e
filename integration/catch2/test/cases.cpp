// Tests that pass and tests that must fail, each for one thing that the adapter has to get right.
#include "any_catch.hpp"
#include "diners.hpp"

#include <tripwire/tripwire.hpp>

#include <cstdio>
#include <stdexcept>
#include <thread>

namespace {

void ring_twice() { CHECK(ring_against_a_mock() == 2); }

TEST_CASE("passes when mocked and asserted", "[passes]") { ring_twice(); }

TEST_CASE("fails when a call is refused", "[refused]") {
  call_in_sandbox(2);
  std::puts("the test goes on");
}

TEST_CASE("fails when an interaction is not asserted", "[leftovers]") {
  tripwire::mock<&bell::ring>().returns(2);
  call_in_sandbox(2);
}

TEST_CASE("fails when a mock is not used", "[leftovers][unused]") { tripwire::mock<&bell::ring>().returns(2); }

TEST_CASE("fails when the violation is swallowed", "[swallowed]") {
  tripwire::Sandbox sandbox;
  CHECK_FALSE(bell::try_to_call(2));
}

TEST_CASE("fails when a thread is refused", "[swallowed]") {
  tripwire::Sandbox sandbox;
  std::thread([] { bell::try_to_call(2); }).join();
}

TEST_CASE("fails when Catch2 catches the violation", "[swallowed]") { REQUIRE_THROWS(call_in_sandbox(2)); }

TEST_CASE("fails once when the body has failed", "[failed]") {
  tripwire::mock<&bell::ring>().returns(2);
  REQUIRE(1 + 1 == 3);
}

TEST_CASE("fails once when the body throws", "[failed]") {
  tripwire::mock<&bell::ring>().returns(2);
  throw std::runtime_error("no dinner today");
}

TEST_CASE("fails twice when the body throws behind a swallowed violation", "[failed]") {
  tripwire::Sandbox sandbox;
  bell::try_to_call(2);
  throw std::runtime_error("no dinner today");
}

TEST_CASE("fails when an assertion of ours does not hold", "[assertion]") {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  call_in_sandbox(2);
  bell.assert_call(3);
}

TEST_CASE("may fail and is refused", "[accepted][!mayfail]") { call_in_sandbox(2); }

TEST_CASE("should fail and is refused", "[accepted][!shouldfail]") { call_in_sandbox(2); }

TEST_CASE("is hidden", "[.]") { call_in_sandbox(2); }

#if defined(CATCH_VERSION_MAJOR) && CATCH_VERSION_MAJOR >= 3
TEST_CASE("is skipped behind a mock", "[skipped]") {
  tripwire::mock<&bell::ring>().returns(2);
  SKIP("no guests");
}
#endif

TEST_CASE_METHOD(RefusedInConstructor, "does not run the body behind a constructor", "[fixture]") {
  std::puts("the body runs");
}

TEST_CASE_METHOD(RefusedInDestructor, "runs the body before a destructor", "[fixture]") { std::puts("the body runs"); }

TEST_CASE_METHOD(PreparedInFixture, "has the mock of its fixture", "[prepared]") {
  call_in_sandbox(5);
  CHECK(bell::rung() == 0);
}

TEST_CASE("the guard is on in the body", "[guard]") { bell::call_to_dinner(3); }

TEST_CASE("each way through the sections is a run of its own", "[sections]") {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  SECTION("one that uses the mock and asserts it") {
    call_in_sandbox(2);
    bell.assert_call(2);
  }
  SECTION("one that asserts nothing") { call_in_sandbox(2); }
  SECTION("one that is nested") {
    SECTION("and uses nothing") { CHECK(true); }
    SECTION("and throws") { throw std::runtime_error("no dinner today"); }
    SECTION("and is refused") { call_in_sandbox(3), call_in_sandbox(4); }
  }
}

TEST_CASE("each generated value is a run of its own", "[generated]") {
  const int guests = GENERATE(1, 2, 3);
  INFO("guests " << guests);
  if (guests % 2 == 0) {
    ring_twice();
  } else {
    call_in_sandbox(guests);
  }
}

TEMPLATE_TEST_CASE("each type is a test of its own", "[typed]", int, char) {
  tripwire::mock<&bell::ring>().returns(static_cast<int>(sizeof(TestType)));
  call_in_sandbox(1);
}

TEST_CASE("fails when a forked child is refused", "[child]") { CHECK(exit_of_child_that_calls(2) == 0); }

} // namespace
