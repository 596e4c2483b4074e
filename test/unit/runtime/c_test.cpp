// tripwire.h: what C++ tests can say, said in C, and every wrong use of it
#include "c_scenarios.h"

#include <tripwire/adapter.hpp>

#include <gtest/gtest.h>

#include <csetjmp>
#include <string>
#include <thread>
#include <vector>

namespace {

using tripwire::adapter::Outcome;
using tripwire::adapter::Report;

/// What a test in C leaves to report when nothing ends it early.
std::vector<Report> findings_of(void (*scenario)()) {
  tripwire::adapter::begin_test("scenario");
  tripwire::adapter::test_is_in_c(nullptr);
  tripwire::adapter::body_begins();
  scenario();
  tripwire::adapter::body_ends();
  return tripwire::adapter::end_test(Outcome::passed);
}

std::string text_of(const std::vector<Report> &reports) {
  std::string text;
  for (const Report &report : reports) {
    text += (text.empty() ? "" : "\n") + report.text;
  }
  return text;
}

void passes(void (*scenario)()) { EXPECT_EQ(text_of(findings_of(scenario)), ""); }

/// The first finding starts as said, and stands in the file of the test.
void fails(void (*scenario)(), const std::string &start) {
  const std::vector<Report> reports = findings_of(scenario);
  ASSERT_FALSE(reports.empty());
  EXPECT_EQ(reports.front().text.substr(0, start.size()), start) << reports.front().text;
  EXPECT_NE(reports.front().file.find("c_scenarios.c"), std::string::npos) << reports.front().file;
  EXPECT_GT(reports.front().line, 0);
}

void says(void (*scenario)(), const std::string &part) {
  const std::string text = text_of(findings_of(scenario));
  EXPECT_NE(text.find(part), std::string::npos) << text;
}

// 18
TEST(InC, AnswersAreValuesOfTheResultsType) {
  passes(&answers_each_kind_of_value);
  passes(&answers_failures_and_writes);
  passes(&answers_by_a_function);
}
// 19
TEST(InC, AnswersServeAsManyCallsAsSaid) {
  passes(&answers_several_times);
  passes(&serves_the_queue_whose_arguments_match);
}
TEST(InC, MatchersSayWhatValuesCannot) {
  passes(&matches_by_relation);
  passes(&matches_text_and_bytes);
}
// 10
TEST(InC, ABlockRelaxesTheOrderOfAssertions) { passes(&asserts_in_any_order); }
// 22, 25
TEST(InC, RealCallsAreAssertedWithTheirEnding) { passes(&asserts_how_a_real_call_ended); }
// 29
TEST(InC, ASandboxClosesHoweverItsBlockIsLeft) {
  passes(&leaves_a_block_in_every_way);
  passes(&leaves_a_block_by_a_jump);
}
// 45
TEST(InC, RulesHoldUntilTheTestEnds) {
  passes(&lets_allowed_calls_through);
  passes(&lets_allowed_calls_through);
}
// 55
TEST(InC, SessionsHaveSteps) { passes(&scripts_a_session); }

TEST(InC, AnAnswerOfTheWrongKindIsAnErrorAtOnce) {
  fails(&returns_text_for_a_number, "ConfigurationError: the result of acme_plain is 'int', and text is none");
  fails(&returns_a_number_that_does_not_fit,
        "ConfigurationError: the result of acme_plain is 'int', and 1099511627776 is none");
  fails(&returns_what_nothing_returns, "ConfigurationError: the result of acme_close is nothing, and 1 is none");
  fails(&returns_a_matcher, "ConfigurationError: an answer is a value, not what matches one");
  fails(&writes_through_a_number, "ConfigurationError: cents of acme_charge is nothing that can be written through");
}

TEST(InC, AConditionOfTheWrongKindIsAnErrorAtOnce) {
  fails(&compares_a_number_with_text, "ConfigurationError: cents of acme_charge is 'long");
  fails(&compares_an_address_with_text,
        "ConfigurationError: b of acme_plain is recorded as an address only, and cannot be compared with text");
  fails(&compares_a_matcher, "ConfigurationError: a comparison is with a value, not with what matches one");
  fails(&names_too_few_arguments, "ConfigurationError: acme_charge has 3 parameters, and 2 values are given");
  fails(&names_too_many_arguments, "ConfigurationError: acme_close has 1 parameter, and 2 values are given");
  fails(&says_something_of_a_secret, "ConfigurationError: password of acme_login is a secret: pass tripwire_anything");
}

TEST(InC, WrongUseIsAViolationWithItsPlace) {
  fails(&names_what_nobody_calls, "UnknownSeamError: nothing in this program calls nobody_calls through tripwire");
  fails(&mocks_twice, "ConflictError: acme_charge has a mock already");
  fails(&asks_for_a_mock_that_is_not_there, "UnknownSeamError: acme_charge has no mock in this test");
  fails(&says_times_without_an_answer, "ConfigurationError: tripwire_times and tripwire_always belong to an answer");
  fails(&expects_what_a_machine_does_not_have, "ConfigurationError: no transition of link names acme_plain");
  fails(&allows_what_nobody_knows, "ConfigurationError: allow(...) cannot be honoured: ");
}

// 8
TEST(InC, AssertionsAreCheckedInOrder) {
  fails(&asserts_inside_of_a_sandbox, "AssertionInsideSandboxError: ");
  fails(&asserts_too_little, "MissingAssertionFieldsError: the assertion of acme_plain does not say c");
  fails(&asserts_no_ending, "MissingAssertionFieldsError: the assertion of acme_plain does not say returned");
  fails(&asserts_nothing, "AllWildcardAssertionError: ");
}

// 62
TEST(InC, LinesToPasteAreC) {
  says(&mocks_twice, "\n    struct tripwire_mock *again = tripwire_mocked(acme_charge);");
  says(&asks_for_a_mock_that_is_not_there, "\n    struct tripwire_mock *made = tripwire_mock(acme_charge);");
  says(&asserts_nothing, "\n    tripwire_assert_call(acme_plain, 1, NULL, 2u);");
  says(&asserts_no_ending, "\n    tripwire_assert_call(acme_plain, 1, NULL, 2u, tripwire_returned(");
  says(&leaves_a_mock_with_conditions, "\n  acme_plain(1, nullptr, at most 2): tripwire_returns(...)");
  says(&leaves_a_session, "put this behind it:\n        tripwire_optional_session(session);");
  says(&calls_beyond_a_session, "\n    tripwire_returns(tripwire_expect(session, link_send, 3, \"hello\"), 0);");
  says(&calls_what_is_mocked_for_other_arguments,
       "\n    tripwire_returns(tripwire_when(tripwire_mocked(acme_charge), \"acct_1\", 5000, NULL), ACME_OK);");
}

std::jmp_buf end_of_test;
std::string left_with;
void jump(const char *, int, const char *text) {
  left_with = text;
  std::longjmp(end_of_test, 1);
}

TEST(InC, AViolationLeavesTheTestByItsFrameworksWay) {
  tripwire::adapter::begin_test("left");
  tripwire::adapter::test_is_in_c(&jump);
  if (setjmp(end_of_test) == 0) {
    compares_a_number_with_text();
    ADD_FAILURE() << "it goes on";
  }
  EXPECT_NE(left_with.find("cents of acme_charge"), std::string::npos) << left_with;
  EXPECT_EQ(text_of(tripwire::adapter::end_test(Outcome::failed)), "") << "it is reported already";
}

TEST(InC, AnotherThreadOnlyWritesItDown) {
  tripwire::adapter::begin_test("in a thread");
  tripwire::adapter::test_is_in_c(&jump);
  std::thread(&compares_a_number_with_text).join();
  EXPECT_NE(text_of(tripwire::adapter::end_test(Outcome::passed)).find("cents of acme_charge"), std::string::npos);
}

} // namespace
