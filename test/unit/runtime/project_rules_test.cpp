// Rules and levels of the project's file, in one program that reads it
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/adapter.hpp>

#include <gtest/gtest.h>

#include <cstdlib>

namespace {

[[maybe_unused]] const int named = setenv("TRIPWIRE_CONFIG", PROJECT_RULES, 1);

bool reaches(void (*call)()) {
  const int before = real_calls;
  try {
    call();
  } catch (const tripwire::GuardedCallError &) {
    tripwire::take_violations();
  }
  return real_calls > before;
}

bool greets() {
  return reaches([] { acme::tripwire_may_throw_greet("you"); });
}
bool greets_nobody() {
  return reaches([] { acme::tripwire_may_throw_greet("nobody"); });
}

class ProjectRules : public ::testing::Test {
protected:
  ProjectRules() { verifier.body_begins(); }
  tripwire::Verifier verifier{"", tripwire::Place{PROJECT_FOLDER "/project_rules_test.cpp", 1}};
};

// 44, 46
TEST_F(ProjectRules, TextMapsExpressionsAndArgumentsLetCallsThrough) {
  EXPECT_TRUE(greets());
  EXPECT_TRUE(reaches([] { acme::tripwire_may_throw_send(std::string_view("a*")); }));
  EXPECT_FALSE(reaches([] { acme::tripwire_may_throw_send(std::string_view("ab")); }));
}

// 44
TEST_F(ProjectRules, AtOneLevelDenyBeatsAllow) {
  const auto call = [] { acme::tripwire_may_throw_level_of(acme::Level::low); };
  EXPECT_FALSE(reaches(call));
  const std::string text = text_of<tripwire::GuardedCallError>(call);
  EXPECT_TRUE(contains(text, "\n  refused by deny at " PROJECT_RULES ":11:7")) << text;
  EXPECT_TRUE(contains(text, "take that rule out of tripwire.yaml")) << text;
  violations_seen();
}

// 44
TEST_F(ProjectRules, RulesForTheTestsFileGoBeforeThoseOfTheProject) {
  EXPECT_FALSE(greets_nobody());
  EXPECT_TRUE(reaches([] { tripwire_may_throw_acme_plain(1, nullptr, 2); }));
  tripwire::Verifier other("", tripwire::Place{"src/other_test.cpp", 1});
  other.body_begins();
  EXPECT_TRUE(greets_nobody());
  EXPECT_FALSE(reaches([] { tripwire_may_throw_acme_plain(1, nullptr, 2); }));
}

// 44
TEST_F(ProjectRules, RulesOfTheTestGoBeforeThoseOfItsFile) {
  const auto permit = tripwire::allow(tripwire::M("mock").argument("name", "nobody"));
  EXPECT_TRUE(greets_nobody());
  const auto ban = tripwire::deny("mock");
  EXPECT_FALSE(greets());
  const auto ceiling = tripwire::restrict("mock:acme::give");
  const auto all = tripwire::allow("mock");
  EXPECT_FALSE(greets());
}

// 40
TEST_F(ProjectRules, TheLevelOfAPluginIsItsOwnOrTheDefault) {
  EXPECT_FALSE(reaches([] { acme::tripwire_may_throw_quiet(5); }));
}

// 42
TEST(ProjectRulesOfAnAdapter, TheFileOfTheTestIsWhatTheAdapterSays) {
  namespace adapter = tripwire::adapter;
  adapter::begin_test("inner", "../project_x.cpp");
  adapter::body_begins();
  EXPECT_FALSE(greets_nobody());
  adapter::end_test(adapter::Outcome::passed);
  adapter::begin_test("inner", "elsewhere/a.cpp");
  adapter::body_begins();
  EXPECT_FALSE(greets());
  adapter::end_test(adapter::Outcome::passed);
}

} // namespace
