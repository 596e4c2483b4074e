// mock<>, spy<> and their answers (semantics 18 to 28)
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <stdexcept>

namespace {

using tripwire::anything;

class Mocks : public ::testing::Test {
protected:
  Mocks() { real_calls = 0; }
  tripwire::Verifier verifier;
};

// 18
TEST_F(Mocks, AnswersAreGivenInTheOrderInWhichTheyWereRegistered) {
  tripwire::mock<&acme_plain>()
      .returns(1)
      .raises(std::runtime_error("down"))
      .fails(-1, EAGAIN)
      .calls([](int a, const void *, size_t c) { return a + static_cast<int>(c); });
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 1);
    EXPECT_THROW(tripwire_may_throw_acme_plain(1, nullptr, 2), std::runtime_error);
    errno = 0;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), -1);
    EXPECT_EQ(errno, EAGAIN);
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  }
  EXPECT_EQ(real_calls, 0);
  tripwire::assert_call<&acme_plain>(1, nullptr, 2).returned(1);
  tripwire::assert_call<&acme_plain>(1, nullptr, 2).raised("down");
  tripwire::assert_call<&acme_plain>(1, nullptr, 2).returned(-1).failed_with(EAGAIN);
  tripwire::assert_call<&acme_plain>(1, nullptr, 2);
  verifier.verify_all();
}

// 18
TEST_F(Mocks, WritesFillsAnOutParameter) {
  acme_receipt receipt{"ch_1", 5000};
  tripwire::mock<&acme_charge>().returns(ACME_OK).writes<2>(receipt);
  acme_receipt written{};
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_charge("acct", 5000, &written);
  }
  EXPECT_STREQ(written.id, "ch_1");
  EXPECT_EQ(written.cents, 5000);
  tripwire::assert_call<&acme_charge>(
      "acct", 5000,
      tripwire::fields(tripwire::field(&acme_receipt::id, "ch_1"), tripwire::field(&acme_receipt::cents, 5000)))
      .returned(ACME_OK);
  verifier.verify_all();
}

// 18
TEST_F(Mocks, WritesFillsABufferAndItsContentIsRecorded) {
  tripwire::mock<&acme_receive>().returns(5).writes<0>("hello").returns(0);
  char buffer[16] = {};
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_receive(buffer, sizeof buffer), 5);
    EXPECT_EQ(tripwire_may_throw_acme_receive(buffer, sizeof buffer), 0);
  }
  EXPECT_STREQ(buffer, "hello");
  tripwire::assert_call<&acme_receive>("hello", sizeof buffer).returned(5);
  tripwire::assert_call<&acme_receive>("", sizeof buffer).returned(0);
  verifier.verify_all();
}

TEST_F(Mocks, WritesMoreThanTheBufferHoldsIsAConfigurationError) {
  tripwire::mock<&acme_receive>().returns(2).writes<0>("hello");
  char buffer[2];
  {
    tripwire::Sandbox sandbox;
    const std::string text = text_of<tripwire::ConfigurationError>([&] { tripwire_may_throw_acme_receive(buffer, 2); });
    EXPECT_TRUE(contains(text, "holds 5 bytes, but buffer of acme_receive has room for 2")) << text;
  }
  violations_seen();
}

// 18
TEST_F(Mocks, AnAnswerThatOnlyWritesServesAFunctionThatReturnsNothing) {
  tripwire::mock<&acme_close>().returns().returns();
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_close(1);
    tripwire_may_throw_acme_close(2);
  }
  tripwire::assert_call<&acme_close>(1);
  tripwire::assert_call<&acme_close>(2).returned();
  verifier.verify_all();
}

// 19
TEST_F(Mocks, TimesAlwaysAndOptionalSayHowOftenAnAnswerServes) {
  tripwire::mock<&acme::tripwire_seam_quiet>().returns(1).times(2).returns(2).optional();
  auto &greet = tripwire::mock<&acme::greet>();
  greet.returns("hi").always();
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(acme::tripwire_seam_quiet(0), 1);
    EXPECT_EQ(acme::tripwire_seam_quiet(0), 1);
    for (int i = 0; i < 10; ++i) {
      EXPECT_EQ(acme::tripwire_may_throw_greet("you"), "hi");
    }
  }
  tripwire::assert_call<&acme::quiet>(0);
  tripwire::assert_call<&acme::quiet>(0);
  for (int i = 0; i < 10; ++i) {
    greet.assert_call("you").returned("hi");
  }
  verifier.verify_all();
}

// 19
TEST_F(Mocks, AQueueWithAConditionIsChosenBeforeOneWithout) {
  auto &charge = tripwire::mock<&acme_charge>();
  charge.returns(ACME_BUSY);
  charge.when(anything, 5000, anything).returns(ACME_OK);
  charge.when("acct_2", anything, anything).returns(ACME_DECLINED);
  charge
      .when(
          anything, [](long cents) { return cents > 9000; }, anything)
      .returns(ACME_DECLINED);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_charge("acct_2", 1, nullptr), ACME_DECLINED);
    EXPECT_EQ(tripwire_may_throw_acme_charge("acct_1", 9999, nullptr), ACME_DECLINED);
    EXPECT_EQ(tripwire_may_throw_acme_charge("acct_1", 5000, nullptr), ACME_OK);
    EXPECT_EQ(tripwire_may_throw_acme_charge("acct_1", 5000, nullptr), ACME_BUSY);
  }
  charge.assert_call("acct_2", 1, nullptr);
  charge.assert_call("acct_1", 9999, nullptr);
  charge.assert_call("acct_1", 5000, nullptr);
  charge.assert_call("acct_1", 5000, nullptr).returned(ACME_BUSY);
  verifier.verify_all();
}

TEST_F(Mocks, AQueueThatWasSpentServesAgainWhenItGetsAnotherAnswer) {
  auto &plain = tripwire::mock<&acme_plain>();
  auto &queue = plain.when(1, anything, anything);
  queue.returns(10);
  tripwire::Sandbox sandbox;
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 0), 10);
  EXPECT_THROW(tripwire_may_throw_acme_plain(1, nullptr, 0), tripwire::UnmockedInteractionError);
  queue.returns(11);
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 0), 11);
  violations_seen();
}

// 22
TEST_F(Mocks, ASpyAnswersFromItsQueueFirstAndThenCallsTheRealFunction) {
  auto &send = tripwire::spy<tripwire::overload<int(std::string_view)>(&acme::send)>();
  send.returns(100);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(acme::tripwire_may_throw_send("abc"), 100);
    EXPECT_EQ(real_calls, 0);
    EXPECT_EQ(acme::tripwire_may_throw_send("abc"), 3);
    EXPECT_EQ(real_calls, 1);
    EXPECT_THROW(acme::tripwire_may_throw_send("bad"), std::runtime_error);
  }
  send.assert_call("abc");
  send.assert_call("abc").returned(3);
  send.assert_call("bad").raised<std::runtime_error>("bad text");
  verifier.verify_all();
}

// 21
TEST_F(Mocks, WhatACallRaisedIsAFieldThatTheAssertionMustName) {
  tripwire::mock<&acme::greet>().raises(std::out_of_range("nobody"));
  {
    tripwire::Sandbox sandbox;
    EXPECT_THROW(acme::tripwire_may_throw_greet("x"), std::out_of_range);
  }
  { tripwire::assert_call<&acme::greet>("x"); }
  const auto violations = tripwire::take_violations();
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].kind, tripwire::ViolationKind::missing_assertion_fields);
  EXPECT_EQ(violations[0].fields, std::vector<std::string>{"raised"});
  EXPECT_TRUE(
      contains(violations[0].text,
               "tripwire::overload<std::string(const std::string&)>(&acme::greet)>(\"x\").raised(\"nobody\");") ||
      contains(violations[0].text, ".raised(\"nobody\");"))
      << violations[0].text;
  tripwire::assert_call<&acme::greet>("x").raised<std::out_of_range>();
  verifier.verify_all();
}

// 23
TEST_F(Mocks, WhatCallsRunsReachesTheRealFunctionWhenItCallsTheSeam) {
  tripwire::mock<&acme_plain>().calls(
      [](int a, const void *b, size_t c) { return 1000 + tripwire_may_throw_acme_plain(a, b, c); });
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 1003);
  }
  EXPECT_EQ(real_calls, 1);
  tripwire::assert_call<&acme_plain>(1, nullptr, 2);
  verifier.verify_all();
}

// 24
TEST_F(Mocks, AnUnusedOptionalAnswerIsSilentAndARequiredOneNamesItsPlace) {
  tripwire::mock<&acme_plain>().optional().returns(1).returns(2);
  tripwire::mock<&acme_send>().required(false).returns(1);
  verifier.verify_all();
  tripwire::mock<&acme_close>().returns();
  const int line = __LINE__ - 1;
  const std::string text = text_of<tripwire::UnusedMocksError>([&] { verifier.verify_all(); });
  EXPECT_EQ(text, "UnusedMocksError: 1 answer was never used; remove what is not needed, or mark it .optional()\n"
                  "  acme_close.returns(...)\n"
                  "      registered at " __FILE__ ":" +
                      std::to_string(line));
}

// 25
TEST_F(Mocks, ACallThatPassesThroughIsRecordedAndMustBeAsserted) {
  tripwire::mock<&acme_plain>().passes_through().always();
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  }
  EXPECT_EQ(real_calls, 1);
  EXPECT_THROW(verifier.verify_all(), tripwire::UnassertedInteractionsError);
  tripwire::assert_call<&acme_plain>(1, nullptr, 2).returned(3);
  tripwire::mock<&acme_send>().passes_through();
  verifier.verify_all();
}

// 26
TEST_F(Mocks, AMockRegisteredWhileItsSandboxIsOpenIsActiveAtOnce) {
  {
    tripwire::Sandbox sandbox;
    tripwire::mock<&acme_plain>().returns(7);
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 7);
  }
  tripwire::assert_call<&acme_plain>(1, nullptr, 2);
  verifier.verify_all();
}

// 27
TEST_F(Mocks, TwoMocksOfOneSeamInOneTestAreAConflict) {
  tripwire::mock<&acme_plain>();
  const int first = __LINE__ - 1;
  const std::string text = text_of<tripwire::ConflictError>([] { tripwire::spy<&acme_plain>(); });
  EXPECT_EQ(text, "ConflictError: acme_plain has a mock already\n"
                  "  the first at " __FILE__ ":" +
                      std::to_string(first) + "\n  the second at " __FILE__ ":" + std::to_string(first + 2) +
                      "\n  use the first again:\n    auto &again = tripwire::mocked<&acme_plain>();");
  auto &again = tripwire::mocked<&acme_plain>();
  again.optional().returns(1);
  violations_seen();
}

// 28
TEST_F(Mocks, AStaticFunctionIsMockedByFileAndName) {
  auto &parse = tripwire::mock<int(const char *)>("config.cpp:parse_line");
  parse.returns(3).optional();
  EXPECT_EQ(&tripwire::mocked<int(const char *)>("config.cpp:parse_line"), &parse);
  const std::string text =
      text_of<tripwire::UnknownSeamError>([] { tripwire::mock<long(const char *)>("config.cpp:parse_line"); });
  EXPECT_TRUE(contains(text, "config.cpp:parse_line is not of type long")) << text;
  violations_seen();
}

// 28
TEST_F(Mocks, OneMemberOfAnOverloadSetIsMockedAndTheOtherIsNot) {
  auto &text = tripwire::mock<tripwire::overload<int(std::string_view) const>(&acme::Client::charge)>();
  text.returns(42);
  acme::Client client(10);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(client.tripwire_may_throw_charge("abc"), 42);
    EXPECT_THROW(client.tripwire_may_throw_charge(5), tripwire::UnmockedInteractionError);
  }
  text.assert_call("abc");
  violations_seen();
  verifier.verify_all();
}

// 28
TEST_F(Mocks, MembersStaticMembersAndMoveOnlyValuesAreMocked) {
  tripwire::mock<tripwire::overload<int(int)>(&acme::Client::charge)>().returns(1);
  tripwire::mock<&acme::Client::count>().returns(2);
  tripwire::mock<&acme::give>().returns(std::make_unique<int>(3));
  static int referred = 4;
  tripwire::mock<&acme::counter>().returns(referred);
  acme::Client client(10);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(client.tripwire_may_throw_charge(5), 1);
    EXPECT_EQ(acme::Client::tripwire_may_throw_count(5), 2);
    EXPECT_EQ(*acme::tripwire_may_throw_give(std::make_unique<int>(9)), 3);
    EXPECT_EQ(&acme::tripwire_may_throw_counter(), &referred);
  }
  tripwire::assert_call<tripwire::overload<int(int)>(&acme::Client::charge)>(5);
  tripwire::assert_call<&acme::Client::count>(5);
  tripwire::assert_call<&acme::give>(anything);
  tripwire::assert_call<&acme::counter>();
  verifier.verify_all();
}

// 28
TEST_F(Mocks, AVariadicFunctionIsMatchedByItsRealArguments) {
  auto &log = tripwire::mock<&acme_log>();
  log.when("%d", 5).returns(1);
  log.when("%s %f", "x", tripwire::greater_than(1.0)).returns(2);
  log.when(tripwire::starts_with("any")).returns(3);
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(tripwire_may_throw_acme_log_text_double("%s %f", "x", 1.5), 2);
    EXPECT_EQ(tripwire_may_throw_acme_log_int("%d", 5), 1);
    EXPECT_EQ(tripwire_may_throw_acme_log_int("anything", 6), 3);
  }
  log.assert_call("%s %f", "x", 1.5);
  log.assert_call("%d", 5);
  log.assert_call("anything", 6);
  verifier.verify_all();
}

// 28: an argument behind the fixed ones is a field like any other
TEST_F(Mocks, AnAssertionOfAVariadicCallMustNameEveryArgument) {
  auto &log = tripwire::mock<&acme_log>();
  log.returns(1);
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_log_int("%d", 5);
  }
  const std::string text = text_of<tripwire::MissingAssertionFieldsError>([&] { log.assert_call("%d"); });
  EXPECT_TRUE(contains(text, "does not say argument 2")) << text;
  EXPECT_TRUE(contains(text, "tripwire::assert_call<&acme_log>(\"%d\", 5);")) << text;
  log.assert_call("%d", 5);
  violations_seen();
  verifier.verify_all();
}

TEST_F(Mocks, AnImmovableResultIsSpiedAndRaisedButNotStored) {
  tripwire::spy<&acme::pin>();
  {
    tripwire::Sandbox sandbox;
    EXPECT_EQ(acme::tripwire_may_throw_pin(5).number, 5);
  }
  tripwire::assert_call<&acme::pin>(5);
  verifier.verify_all();
}

TEST_F(Mocks, ASeamThatNothingCallsIsAnErrorThatNamesTheNearest) {
  const std::string text = text_of<tripwire::UnknownSeamError>([] { tripwire::mock<int(int)>("acme_chrage"); });
  EXPECT_EQ(text, "UnknownSeamError: nothing in this program calls acme_chrage through tripwire\n"
                  "  did you mean acme_charge, acme_close, acme_log?\n"
                  "  a seam has to be named in tripwire.yaml, and some rewritten code has to call it");
  const std::string by_key = text_of<tripwire::UnknownSeamError>([] { tripwire::mock<&::rand>(); });
  EXPECT_TRUE(contains(by_key, "nothing in this program calls rand through tripwire")) << by_key;
  violations_seen();
}

// 17
TEST_F(Mocks, ErrnoIsWhatTheCallLeftItAt) {
  tripwire::spy<&acme_charge>();
  tripwire::mock<&acme_plain>().returns(1).always();
  {
    tripwire::Sandbox sandbox;
    errno = 0;
    tripwire_may_throw_acme_charge("x", 1, nullptr);
    EXPECT_EQ(errno, ENOENT);
    errno = E2BIG;
    tripwire_may_throw_acme_plain(1, nullptr, 2);
    EXPECT_EQ(errno, E2BIG);
  }
  tripwire::assert_call<&acme_charge>("x", 1, nullptr).returned(ACME_OK);
  tripwire::assert_call<&acme_plain>(1, nullptr, 2);
  verifier.verify_all();
}

// 15
TEST_F(Mocks, ArgumentsAreRecordedByValueWhenTheCallIsMade) {
  tripwire::mock<&acme_send>().returns(3);
  tripwire::mock<&acme_charge>().returns(ACME_OK);
  char data[] = "abc";
  char account[] = "acct";
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_send(data, 3, 0);
    tripwire_may_throw_acme_charge(account, 1, nullptr);
    data[0] = 'X';
    account[0] = 'X';
  }
  tripwire::assert_call<&acme_send>("abc", 3u, 0);
  tripwire::assert_call<&acme_charge>("acct", 1, nullptr);
  verifier.verify_all();
}

// 64
TEST_F(Mocks, ASecretIsNeitherRecordedNorPrintedNorMatched) {
  tripwire::mock<&acme_login>().returns(1);
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_login("me", "hunter2");
  }
  const std::string text = text_of<tripwire::UnassertedInteractionsError>([&] { verifier.verify_all(); });
  EXPECT_FALSE(contains(text, "hunter2")) << text;
  EXPECT_TRUE(contains(text, "acme_login(user: \"me\", password: (secret))")) << text;
  EXPECT_TRUE(contains(text, "tripwire::assert_call<&acme_login>(\"me\", tripwire::anything);")) << text;
  tripwire::assert_call<&acme_login>("me", anything);
  EXPECT_THROW(tripwire::mocked<&acme_login>().when("me", "hunter2"), tripwire::ConfigurationError);
  violations_seen();
}

} // namespace
