// A rule of the project's file that cannot be honoured fails every test, and nothing of the firewall holds
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/adapter.hpp>

#include <gtest/gtest.h>

#include <cstdlib>

namespace {

[[maybe_unused]] const int named = setenv("TRIPWIRE_CONFIG", BROKEN_RULES, 1);

// 48
TEST(BrokenRules, FailEveryTestAndLetNothingThrough) {
  namespace adapter = tripwire::adapter;
  for (int time = 0; time < 2; ++time) {
    adapter::begin_test("inner");
    adapter::body_begins();
    EXPECT_THROW(acme::tripwire_may_throw_send(5), tripwire::GuardedCallError);
    const std::vector<adapter::Report> reports = adapter::end_test(adapter::Outcome::passed);
    ASSERT_EQ(reports.size(), 2u);
    const std::string &text = reports[0].text;
    EXPECT_TRUE(contains(text, "ConfigurationError: a rule of the firewall cannot be honoured\n  " BROKEN_RULES
                               ":5:7: error: bad regular expression \"(\": "))
        << text;
    EXPECT_TRUE(contains(text, "\n  " BROKEN_RULES ":6:7: error: field 'function': cidr(\"10.0.0.0/8\") is for a host"
                               "\n  " BROKEN_RULES ":7:7: error: 'mock:' says nothing behind the colon; write 'mock:*' "
                               "for all of its calls"))
        << text;
  }
  EXPECT_EQ(real_calls, 0);
}

} // namespace
