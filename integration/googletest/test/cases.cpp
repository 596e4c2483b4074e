// Tests that pass and tests that must fail, each for one thing that the adapter has to get right.
#include "diners.hpp"

#include <gtest/gtest.h>

#include <tripwire/tripwire.hpp>

#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace {

void ring_twice() { EXPECT_EQ(ring_against_a_mock(), 2); }

TEST(Passes, WhenMockedAndAsserted) { ring_twice(); }

TEST(Fails, WhenACallIsRefused) {
  tripwire::Sandbox sandbox;
  bell::call_to_dinner(2);
}

TEST(Fails, WhenAnInteractionIsNotAsserted) {
  tripwire::mock<&bell::ring>().returns(2);
  tripwire::Sandbox sandbox;
  bell::call_to_dinner(2);
}

TEST(Fails, WhenAMockIsNotUsed) { tripwire::mock<&bell::ring>().returns(2); }

TEST(Fails, WhenTheViolationIsSwallowed) {
  tripwire::Sandbox sandbox;
  EXPECT_FALSE(bell::try_to_call(2));
}

TEST(Fails, WhenAThreadIsRefused) {
  tripwire::Sandbox sandbox;
  std::thread([] { bell::try_to_call(2); }).join();
}

TEST(Fails, OnceWhenTheBodyHasFailed) {
  tripwire::mock<&bell::ring>().returns(2);
  EXPECT_EQ(1 + 1, 3);
}

TEST(Fails, OnceWhenTheBodyThrows) {
  tripwire::mock<&bell::ring>().returns(2);
  throw std::runtime_error("no dinner today");
}

TEST(Fails, WhenAnAssertionOfOursDoesNotHold) {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  {
    tripwire::Sandbox sandbox;
    bell::call_to_dinner(2);
  }
  bell.assert_call(3);
}

TEST(Fails, WhenGoogleTestCatchesTheViolation) {
  tripwire::Sandbox sandbox;
  EXPECT_NO_THROW(bell::call_to_dinner(2));
}

TEST(Skips, BehindAMock) {
  tripwire::mock<&bell::ring>().returns(2);
  GTEST_SKIP() << "no guests";
}

class RefusedInSetUp : public testing::Test {
protected:
  void SetUp() override {
    tripwire::Sandbox sandbox;
    bell::call_to_dinner(2);
  }
};
TEST_F(RefusedInSetUp, DoesNotRunTheBody) { std::puts("the body runs"); }

class RefusedInConstructor : public testing::Test {
protected:
  RefusedInConstructor() {
    tripwire::Sandbox sandbox;
    bell::call_to_dinner(2);
  }
};
TEST_F(RefusedInConstructor, DoesNotRunTheBody) { std::puts("the body runs"); }

class RefusedInTearDown : public testing::Test {
protected:
  void TearDown() override {
    tripwire::Sandbox sandbox;
    bell::call_to_dinner(2);
  }
};
TEST_F(RefusedInTearDown, RunsTheBody) { std::puts("the body runs"); }

class RingsInFixture : public testing::Test {
protected:
  void SetUp() override { EXPECT_EQ(bell::call_to_dinner(3), 3); }
  void TearDown() override {
    EXPECT_EQ(bell::call_to_dinner(4), 4);
    EXPECT_EQ(bell::rung() - before_, 7);
  }
  int before_ = bell::rung();
};
TEST_F(RingsInFixture, ReachesTheRealBell) { ring_twice(); }

class PreparedInFixture : public testing::Test {
protected:
  void SetUp() override { bell_.returns(5); }
  void TearDown() override { bell_.assert_call(5); }
  decltype(tripwire::mock<&bell::ring>()) bell_ = tripwire::mock<&bell::ring>();
};
TEST_F(PreparedInFixture, HasItsMock) {
  tripwire::Sandbox sandbox;
  EXPECT_EQ(bell::call_to_dinner(5), 5);
}

class Numbered : public testing::TestWithParam<int> {};
TEST_P(Numbered, RefusesTheOddOnes) {
  if (GetParam() % 2 == 0) {
    ring_twice();
  } else {
    tripwire::Sandbox sandbox;
    bell::call_to_dinner(GetParam());
  }
}
INSTANTIATE_TEST_SUITE_P(Guests, Numbered, testing::Values(1, 2, 3));

template <class> class Typed : public testing::Test {};
using Types = testing::Types<int, char>;
TYPED_TEST_SUITE(Typed, Types, );
TYPED_TEST(Typed, HasAVerifierEach) {
  tripwire::mock<&bell::ring>().returns(static_cast<int>(sizeof(TypeParam)));
  tripwire::Sandbox sandbox;
  bell::call_to_dinner(1);
}

class DeathTest : public testing::TestWithParam<const char *> {
protected:
  void SetUp() override { testing::FLAGS_gtest_death_test_style = GetParam(); }
};
TEST_P(DeathTest, DiesWithItsMocks) {
  auto &bell = tripwire::mock<&bell::ring>();
  bell.returns(2);
  int heard = 0;
  {
    tripwire::Sandbox sandbox;
    heard = bell::call_to_dinner(2);
  }
  bell.assert_call(2);
  EXPECT_EXIT(std::exit(heard), testing::ExitedWithCode(2), "");
}
TEST_P(DeathTest, FailsAfterwardsAllTheSame) {
  EXPECT_EXIT(std::exit(3), testing::ExitedWithCode(3), "");
  tripwire::mock<&bell::ring>().returns(2);
}
INSTANTIATE_TEST_SUITE_P(Styles, DeathTest, testing::Values("fast", "threadsafe"));

TEST(Child, FailsTheTestWhenItIsRefused) { EXPECT_EQ(exit_of_child_that_calls(2), 0); }

} // namespace
