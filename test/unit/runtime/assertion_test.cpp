// The timeline and assertions about it (semantics 1 to 16)
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using tripwire::anything;

class Assertions : public ::testing::Test {
protected:
  Assertions() { real_calls = 0; }
  tripwire::Verifier verifier;

  /// One recorded call of acme_plain for each number.
  void record(std::initializer_list<int> numbers) {
    if (!is_mocked_) {
      tripwire::mock<&acme_plain>().returns(0).always();
      is_mocked_ = true;
    }
    tripwire::Sandbox sandbox;
    for (const int number : numbers) {
      tripwire_may_throw_acme_plain(number, nullptr, 1);
    }
  }

private:
  bool is_mocked_ = false;
};

// 1
TEST_F(Assertions, AnUnmockedCallIsRefusedWithoutReachingTheRealFunction) {
  tripwire::Sandbox sandbox;
  EXPECT_THROW(tripwire_may_throw_acme_plain(1, nullptr, 1), tripwire::UnmockedInteractionError);
  EXPECT_EQ(real_calls, 0);
  EXPECT_EQ(violations_seen(), 1u);
  verifier.verify_all();
}

// 1, 20: the message
TEST_F(Assertions, ARefusalNamesTheCallTheNearestMockAndTheLineToPaste) {
  auto &charge = tripwire::mock<&acme_charge>();
  charge.when("acct_1", 4000, anything).returns(ACME_OK).optional();
  const int registered = __LINE__ - 1;
  tripwire::Sandbox sandbox;
  const std::string text =
      text_of<tripwire::UnmockedInteractionError>([] { tripwire_may_throw_acme_charge("acct_1", 5000, nullptr); });
  const std::string line = std::to_string(__LINE__ - 1);
  EXPECT_EQ(text.substr(0, text.find("\n  at ")),
            "UnmockedInteractionError: acme_charge was called in a sandbox, and nothing in the test answers this call");
  EXPECT_TRUE(contains(text, __FILE__ ":" + line + " in ")) << text;
  EXPECT_TRUE(contains(text, "\n  acme_charge(account: \"acct_1\", cents: 5000, receipt: nullptr)"
                             "\n  the nearest mock, from " __FILE__ ":" +
                                 std::to_string(registered) +
                                 ", does not match"
                                 "\n    account: \"acct_1\" matches"
                                 "\n    cents: expected 4000, got 5000"
                                 "\n    receipt: anything"
                                 "\n  to answer it, paste one of these in front of the sandbox:"
                                 "\n    tripwire::mocked<&acme_charge>().when(\"acct_1\", 5000, nullptr)"
                                 ".returns(ACME_OK);"))
      << text;
  violations_seen();
}

// 2
TEST_F(Assertions, WhatNobodyAssertedIsReported) {
  record({1});
  const std::string text = text_of<tripwire::UnassertedInteractionsError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "UnassertedInteractionsError: 1 interaction was never asserted\n"
                             "  [0] acme_plain(a: 1, b: nullptr, c: 1) returned 0\n"
                             "      at "))
      << text;
  EXPECT_TRUE(contains(text, "\n      tripwire::assert_call<&acme_plain>(1, nullptr, 1u);")) << text;
}

// 4
TEST_F(Assertions, UnassertedAndUnusedTogetherAreOneVerificationErrorWithTwoSections) {
  record({1});
  tripwire::mock<&acme_close>().returns();
  const std::string text = text_of<tripwire::VerificationError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "VerificationError: the test leaves interactions and mocks behind\n"
                             "1 interaction was never asserted\n"))
      << text;
  EXPECT_TRUE(contains(text, "\n1 answer was never used; remove what is not needed, or mark it .optional()\n"
                             "  acme_close.returns(...)"))
      << text;
}

// 5
TEST_F(Assertions, AViolationThatTheCodeSwallowsIsReportedAgainWithWhoSwallowedIt) {
  {
    tripwire::Sandbox sandbox;
    try {
      tripwire_may_throw_acme_plain(1, nullptr, 1);
    } catch (...) {
    }
  }
  const std::string text = text_of<tripwire::VerificationError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "VerificationError: violations did not reach the test\n"
                             "  UnmockedInteractionError: acme_plain was called in a sandbox"))
      << text;
  EXPECT_TRUE(contains(text, "\n    swallowed by " __FILE__ ":")) << text;
  EXPECT_TRUE(contains(text, "AViolationThatTheCodeSwallowsIsReportedAgainWithWhoSwallowedIt_Test::TestBody")) << text;
}

TEST_F(Assertions, AViolationIsNoStandardException) {
  tripwire::Sandbox sandbox;
  try {
    tripwire_may_throw_acme_plain(1, nullptr, 1);
    FAIL();
  } catch (const std::exception &) {
    FAIL() << "production code would have taken it for its own";
  } catch (const tripwire::Violation &violation) {
    EXPECT_EQ(violation.kind(), tripwire::ViolationKind::unmocked_interaction);
    EXPECT_EQ(violation.facts().source, "acme_plain");
    EXPECT_EQ(violation.facts().site.line, __LINE__ - 7);
  }
  violations_seen();
}

// "How a refused call leaves the call site"
TEST_F(Assertions, WhileAnExceptionLeavesTheCodeARefusedCallThrowsNoSecondOne) {
  static acme_status closed = ACME_OK;
  struct Connection {
    ~Connection() { close(); }
    static void close() { closed = tripwire_may_throw_acme_charge("x", 1, nullptr); }
  };
  EXPECT_THROW(
      {
        tripwire::Sandbox sandbox;
        const Connection connection;
        tripwire_may_throw_acme_plain(1, nullptr, 1);
      },
      tripwire::UnmockedInteractionError);
  EXPECT_EQ(closed, ACME_BUSY);
  const std::string text = text_of<tripwire::VerificationError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "UnmockedInteractionError: acme_charge was called in a sandbox")) << text;
  EXPECT_TRUE(contains(
      text,
      "not thrown, since another exception was on its way: it was answered instead (returns ACME_BUSY, errno EPERM)"))
      << text;
}

// "How a refused call leaves the call site"
TEST_F(Assertions, WhereNothingMayBeThrownTheFailureValueIsReturnedAndTheViolationKept) {
  {
    tripwire::Sandbox sandbox;
    errno = 0;
    EXPECT_EQ(tripwire_seam_acme_charge("x", 1, nullptr), ACME_BUSY);
    EXPECT_EQ(errno, EPERM);
    EXPECT_EQ(acme::tripwire_seam_quiet(1), -1);
  }
  EXPECT_EQ(real_calls, 0);
  const std::string text = text_of<tripwire::VerificationError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "not thrown, since this call site lets nothing be thrown: it was answered instead "
                             "(returns ACME_BUSY, errno EPERM)"))
      << text;
}

using AssertionsDeathTest = Assertions;

TEST_F(AssertionsDeathTest, WhereNothingMayBeThrownAndNothingIsDeclaredTheProgramEndsWithTheWholeViolation) {
  EXPECT_DEATH(
      {
        tripwire::Sandbox sandbox;
        tripwire_seam_acme_send("x", 1, 0);
      },
      "UnmockedInteractionError: acme_send was called in a sandbox(.|\n)*no failure value is declared: say what "
      "acme_send returns when it is refused, at tripwire.yaml:8(.|\n)*failure: .returns: -1, errno: EPERM.");
}

TEST_F(AssertionsDeathTest, AViolationThatNobodyCatchesPrintsItsWholeText) {
  EXPECT_DEATH(
      []() noexcept {
        tripwire::Sandbox sandbox;
        tripwire_may_throw_acme_send("x", 1, 0);
      }(),
      "UnmockedInteractionError: acme_send was called in a sandbox(.|\n)*paste one of these");
}

TEST_F(AssertionsDeathTest, ARefusedFunctionThatDoesNotReturnThrows) {
  tripwire::Sandbox sandbox;
  EXPECT_THROW(acme::tripwire_may_throw_give_up(3), tripwire::UnmockedInteractionError);
  tripwire::mock<&acme::give_up>().raises(std::runtime_error("exit 3")).returns();
  EXPECT_THROW(acme::tripwire_may_throw_give_up(3), std::runtime_error);
  EXPECT_DEATH(acme::tripwire_may_throw_give_up(3), "acme::give_up does not return, and was answered as if it did");
  violations_seen();
}

// 8
TEST_F(Assertions, AnAssertionInsideTheSandboxIsRefused) {
  record({1});
  {
    tripwire::Sandbox sandbox;
    EXPECT_THROW(tripwire::assert_call<&acme_plain>(1, nullptr, 1u), tripwire::AssertionInsideSandboxError);
  }
  tripwire::assert_call<&acme_plain>(1, nullptr, 1u);
  violations_seen();
  verifier.verify_all();
}

// 8
TEST_F(Assertions, TheNextInteractionMustBeOfTheAssertedSource) {
  tripwire::mock<&acme_close>().returns();
  record({1});
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_close(7);
  }
  const std::string text = text_of<tripwire::InteractionMismatchError>([] { tripwire::assert_call<&acme_close>(7); });
  EXPECT_TRUE(contains(text, "InteractionMismatchError: the next interaction is one of acme_plain, not of acme_close\n"
                             "  asserted at " __FILE__ ":" +
                                 std::to_string(__LINE__ - 3)))
      << text;
  EXPECT_TRUE(contains(text, "\n  not asserted yet:\n    [0] acme_plain(a: 1, b: nullptr, c: 1) returned 0\n    [1] "
                             "acme_close(handle: 7)\n  to assert the next one first:\n    "
                             "tripwire::assert_call<&acme_plain>(1, nullptr, 1u);"))
      << text;
  tripwire::assert_call<&acme_plain>(1, nullptr, 1u);
  tripwire::assert_call<&acme_close>(7);
  violations_seen();
  verifier.verify_all();
}

// 8
TEST_F(Assertions, AnAssertionOfWildcardsOnlyIsRefusedWithTheRealValues) {
  record({1});
  const std::string text = text_of<tripwire::AllWildcardAssertionError>(
      [] { tripwire::assert_call<&acme_plain>(anything, anything, anything); });
  EXPECT_TRUE(contains(text, "\n  say at least one of the real values:\n    "
                             "tripwire::assert_call<&acme_plain>(1, nullptr, 1u);"))
      << text;
  tripwire::assert_call<&acme_plain>(1, nullptr, 1u);
  violations_seen();
  verifier.verify_all();
}

// 8, 9
TEST_F(Assertions, AFailedAssertionShowsTheFieldsAndConsumesNothing) {
  record({1});
  const std::string text =
      text_of<tripwire::InteractionMismatchError>([] { tripwire::assert_call<&acme_plain>(2, anything, 1u); });
  EXPECT_TRUE(contains(text, "\n    a: expected 2, got 1\n    b: nullptr\n    c: 1 matches\n  as it was:\n    "
                             "tripwire::assert_call<&acme_plain>(1, nullptr, 1u);"))
      << text;
  EXPECT_THROW(tripwire::assert_call<&acme_plain>(1, nullptr, 1u).returned(5), tripwire::InteractionMismatchError);
  EXPECT_THROW(verifier.verify_all(), tripwire::VerificationError);
  tripwire::assert_call<&acme_plain>(1, nullptr, 1u).returned(0);
  verifier.verify_all();
}

// 8: missing before compared
TEST_F(Assertions, AMissingFieldIsReportedBeforeAnyValueIsCompared) {
  tripwire::spy<&acme::quiet>();
  {
    tripwire::Sandbox sandbox;
    acme::tripwire_may_throw_quiet(1);
  }
  { tripwire::assert_call<&acme::quiet>(999); }
  const auto violations = tripwire::take_violations();
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].kind, tripwire::ViolationKind::missing_assertion_fields);
  EXPECT_EQ(violations[0].fields, std::vector<std::string>{"returned"});
  tripwire::assert_call<&acme::quiet>(1).returned(2);
  verifier.verify_all();
}

// 10
TEST_F(Assertions, AssertionsFollowTheOrderOfTheTimeline) {
  record({1, 2});
  EXPECT_THROW(tripwire::assert_call<&acme_plain>(2, nullptr, 1u), tripwire::InteractionMismatchError);
  tripwire::assert_call<&acme_plain>(1, nullptr, 1u);
  tripwire::assert_call<&acme_plain>(2, nullptr, 1u);
  violations_seen();
  verifier.verify_all();
}

// 10
TEST_F(Assertions, InAnyOrderNestsAndEndsOnExceptionsToo) {
  record({1, 2, 3, 4});
  tripwire::in_any_order([] {
    tripwire::assert_call<&acme_plain>(3, nullptr, 1u);
    tripwire::in_any_order([] { tripwire::assert_call<&acme_plain>(2, nullptr, 1u); });
  });
  try {
    tripwire::in_any_order([] { throw 5; });
  } catch (int) {
  }
  EXPECT_THROW(tripwire::assert_call<&acme_plain>(4, nullptr, 1u), tripwire::InteractionMismatchError);
  tripwire::assert_call<&acme_plain>(1, nullptr, 1u);
  tripwire::assert_call<&acme_plain>(4, nullptr, 1u);
  violations_seen();
  verifier.verify_all();
}

// 10
TEST_F(Assertions, InAnyOrderEitherTheCallThatRaisedOrTheOneThatReturnedMayComeFirst) {
  auto &send = tripwire::spy<tripwire::overload<int(std::string_view)>(&acme::send)>();
  {
    tripwire::Sandbox sandbox;
    acme::tripwire_may_throw_send("good");
    EXPECT_THROW(acme::tripwire_may_throw_send("bad"), std::runtime_error);
  }
  tripwire::in_any_order([&] {
    send.assert_call("bad").raised("bad text");
    send.assert_call("good").returned(4);
  });
  verifier.verify_all();
}

// 10
TEST_F(Assertions, TheOrderCanBeRelaxedForOneSourceOnly) {
  tripwire::mock<&acme_close>().returns().times(2);
  record({1});
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_close(7);
    tripwire_may_throw_acme_close(8);
  }
  record({2});
  tripwire::in_any_order({"acme_close"}, [] {
    tripwire::assert_call<&acme_close>(8);
    EXPECT_THROW(tripwire::assert_call<&acme_plain>(2, nullptr, 1u), tripwire::InteractionMismatchError);
    tripwire::assert_call<&acme_plain>(1, nullptr, 1u);
    tripwire::assert_call<&acme_close>(7);
    tripwire::assert_call<&acme_plain>(2, nullptr, 1u);
  });
  violations_seen();
  verifier.verify_all();
}

// 11
TEST_F(Assertions, AComparisonThatThrowsIsNoMatch) {
  record({1});
  EXPECT_THROW(tripwire::assert_call<&acme_plain>([](int) -> bool { throw 5; }, anything, anything),
               tripwire::InteractionMismatchError);
  tripwire::assert_call<&acme_plain>(1, nullptr, 1u);
  violations_seen();
}

// 13
TEST_F(Assertions, SandboxesInARowShareOneTimeline) {
  record({1});
  record({2});
  tripwire::assert_call<&acme_plain>(1, nullptr, 1u);
  tripwire::assert_call<&acme_plain>(2, nullptr, 1u);
  verifier.verify_all();
}

// 13
TEST_F(Assertions, ACallWithoutParametersNeedsNoFieldsAndIsNotAllWildcard) {
  static int number = 1;
  tripwire::mock<&acme::counter>().returns(number);
  {
    tripwire::Sandbox sandbox;
    acme::tripwire_may_throw_counter();
  }
  tripwire::assert_call<&acme::counter>();
  verifier.verify_all();
}

// 14
TEST_F(Assertions, WhatIsNotEnforcedDoesNotStandInTheWay) {
  auto &close = tripwire::mock<&acme_close>();
  close.returns().times(2);
  {
    const auto active = close.activate();
    tripwire_may_throw_acme_close(1);
    tripwire_may_throw_acme_close(2);
  }
  record({5});
  tripwire::assert_call<&acme_plain>(5, nullptr, 1u);
  close.assert_call(2);
  verifier.verify_all();
}

// 16
TEST_F(Assertions, EveryInteractionCarriesItsCallSiteAndTheNamesOfTheParameters) {
  record({1});
  try {
    verifier.verify_all();
    FAIL();
  } catch (const tripwire::UnassertedInteractionsError &violation) {
    EXPECT_TRUE(contains(violation.facts().site.file, "assertion_test.cpp")) << violation.facts().site.file;
    EXPECT_EQ(violation.facts().site.function, "(anonymous namespace)::Assertions::record");
    EXPECT_GT(violation.facts().site.line, 0);
  }
}

TEST_F(Assertions, AMillionInteractionsOfOneTestAreRecordedAndAssertedInOrder) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(0).always();
  constexpr int count = 1000000;
  {
    tripwire::Sandbox sandbox;
    for (int i = 0; i < count; ++i) {
      tripwire_may_throw_acme_plain(i, nullptr, 1);
    }
  }
  for (int i = 0; i < 1000; ++i) {
    plain.assert_call(i, nullptr, 1u);
  }
  EXPECT_THROW(plain.assert_call(5, nullptr, 1u), tripwire::InteractionMismatchError);
  violations_seen();
}

} // namespace
