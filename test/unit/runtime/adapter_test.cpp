// What a framework adapter gets (semantics 2 to 6, 42, 68)
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/adapter.hpp>
#include <tripwire/plugin.hpp>

#include <gtest/gtest.h>

namespace {

using tripwire::adapter::Outcome;
using tripwire::adapter::Report;

constexpr tripwire::plugin::Manifest twin_manifest{"twin"};

class Twin final : public tripwire::plugin::Plugin {
public:
  Twin() : Plugin(twin_manifest, "<twin.hpp>") {}
  std::string mock_line(const tripwire::plugin::Description &) const override { return {}; }
  std::string assert_line(const tripwire::plugin::Description &) const override { return {}; }
  void test_begins() noexcept override { ++begun; }
  void test_ends() noexcept override { ++ended; }
  int begun = 0;
  int ended = 0;
};

class Adapters : public ::testing::Test {
protected:
  Adapters() {
    real_calls = 0;
    tripwire::adapter::begin_test("Suite.Name");
  }
  ~Adapters() override { tripwire::adapter::end_test(Outcome::skipped); }
};

TEST_F(Adapters, ATestWithoutFindingsReportsNothing) {
  EXPECT_TRUE(tripwire::adapter::in_test());
  EXPECT_TRUE(tripwire::adapter::end_test(Outcome::passed).empty());
  EXPECT_FALSE(tripwire::adapter::in_test());
}

TEST_F(Adapters, LeftoversAreAFailureAtTheirPlace) {
  tripwire::mock<&acme_plain>().returns(1);
  const auto reports = tripwire::adapter::end_test(Outcome::passed);
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].kind, Report::Kind::failure);
  EXPECT_EQ(reports[0].file, __FILE__);
  EXPECT_EQ(reports[0].line, __LINE__ - 5);
  EXPECT_TRUE(contains(tripwire::adapter::text_of(reports[0]), __FILE__ ":")) << reports[0].text;
}

// 6
TEST_F(Adapters, LeftoversAreANoteWhenTheBodyHasFailedAlready) {
  tripwire::mock<&acme_plain>().returns(1);
  const auto reports = tripwire::adapter::end_test(Outcome::failed);
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].kind, Report::Kind::note);
}

TEST_F(Adapters, LeftoversOfASkippedTestAreNobodysBusiness) {
  tripwire::mock<&acme_plain>().returns(1);
  EXPECT_TRUE(tripwire::adapter::end_test(Outcome::skipped).empty());
}

// 5
TEST_F(Adapters, AViolationThatTheFrameworkCaughtIsNotSwallowedAndOneThatTheCodeCaughtIs) {
  for (const bool escaped : {false, true}) {
    tripwire::adapter::begin_test("again");
    {
      tripwire::Sandbox sandbox;
      try {
        tripwire_may_throw_acme_plain(1, nullptr, 2);
      } catch (...) {
        EXPECT_TRUE(contains(tripwire::adapter::current_violation(), "UnmockedInteractionError"));
      }
    }
    if (escaped) {
      tripwire::adapter::exception_escaped();
    }
    const auto reports = tripwire::adapter::end_test(escaped ? Outcome::failed : Outcome::passed);
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].kind, Report::Kind::failure);
    EXPECT_EQ(contains(reports[0].text, "\n  swallowed by "), !escaped) << reports[0].text;
    EXPECT_EQ(reports[0].file, __FILE__);
  }
}

// 42
TEST_F(Adapters, TheGuardIsActiveInTheBodyOnly) {
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  tripwire::adapter::body_begins();
  EXPECT_THROW(tripwire_may_throw_acme_plain(1, nullptr, 2), tripwire::GuardedCallError);
  tripwire::adapter::body_ends();
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  EXPECT_EQ(tripwire::adapter::end_test(Outcome::passed).size(), 1u);
}

TEST_F(Adapters, ATestStartsWithoutTheMocksOfTheOneBefore) {
  tripwire::mock<&acme_plain>().returns(1).optional();
  tripwire::adapter::end_test(Outcome::passed);
  tripwire::adapter::begin_test("next");
  tripwire::mock<&acme_plain>().returns(2).optional();
  EXPECT_TRUE(tripwire::adapter::end_test(Outcome::passed).empty());
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
}

// 68
TEST_F(Adapters, APluginThatIsLinkedTwiceIsAnErrorOfEveryTestAndPluginsLearnWhenTestsBegin) {
  Twin one;
  {
    Twin two;
    tripwire::adapter::begin_test("twice");
    const auto reports = tripwire::adapter::end_test(Outcome::passed);
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_TRUE(contains(reports[0].text, "ConfigurationError: plugin twin is linked twice")) << reports[0].text;
  }
  tripwire::adapter::begin_test("once");
  EXPECT_TRUE(tripwire::adapter::end_test(Outcome::passed).empty());
  EXPECT_EQ(one.begun, 2);
  EXPECT_EQ(one.ended, 3);
}

} // namespace
