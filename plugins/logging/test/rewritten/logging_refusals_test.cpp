// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/logging.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

// 2, 66: each record has to be asserted
TEST(LoggingRefusals, ARecordThatNobodyAssertedFailsTheTest) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::warn_of(91);
    client::log(LOG_MAIL | LOG_INFO, "a \"quoted\"\nword");
  });
  EXPECT_EQ(without_folders(text),
            R"(UnassertedInteractionsError: 2 interactions were never asserted
  [0] logging LOG_WARNING "disk 91% full"
      at client.cpp:12 in client::warn_of
      tripwire::logging.assert_warning("disk 91% full", "");
  [1] logging LOG_MAIL | LOG_INFO "a \"quoted\"\nword"
      at client.cpp:10 in client::log
      tripwire::logging.assert_info("a \"quoted\"\nword", "", LOG_MAIL);
)");
}

// 66: a record that the code under test hides is recorded all the same
TEST(LoggingRefusals, ARecordOfCodeThatSwallowsExceptionsIsDemandedToo) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::log_swallowing("hidden");
  });
  EXPECT_EQ(without_folders(text),
            R"(UnassertedInteractionsError: 1 interaction was never asserted
  [0] logging LOG_INFO "hidden"
      at client.cpp:39 in client::log_swallowing
      tripwire::logging.assert_info("hidden", "");
)");
}

TEST(LoggingRefusals, AWrongAssertionIsShownFieldByField) {
  const std::string text = findings([] {
    {
      const tripwire::Sandbox sandbox;
      client::warn_of(91);
    }
    tripwire::logging.assert_log(tripwire::at_most(LOG_ERR), "disk 90% full", "");
  });
  const std::string once = text.substr(0, text.find("InteractionMismatchError", 1));
  EXPECT_EQ(without_folders(once),
            R"(InteractionMismatchError: the interaction of logging is not as asserted
  asserted at logging_refusals_test.cpp:53
  tripwire::logging.assert_log(...)
  [0] logging LOG_WARNING "disk 91% full"
      at client.cpp:12 in client::warn_of
    level: expected at most 3, got LOG_WARNING
    message: expected "disk 90% full", got "disk 91% full"
    logger: "" matches
  as it was:
    tripwire::logging.assert_warning("disk 91% full", "");
)");
}

// 3
TEST(LoggingRefusals, ARecordThatIsNeverWrittenLeavesItsMockUnused) {
  const std::string text = findings([] {
    tripwire::logging.mock_log(LOG_WARNING, tripwire::starts_with("disk")).logger("diskd").facility(LOG_DAEMON);
    tripwire::logging.pass_through(tripwire::anything, "never");
    const tripwire::Sandbox sandbox;
  });
  EXPECT_EQ(without_folders(text),
            R"(UnusedMocksError: 1 answer was never used; remove what is not needed, or mark it .optional()
  logging mock_log(LOG_WARNING, text that starts with "disk").logger("diskd").facility(LOG_DAEMON)
      registered at logging_refusals_test.cpp:73
)");
}

// 40, 43: the guard speaks of records as of every call
TEST(LoggingRefusals, OutsideOfASandboxTheGuardRefusesARecord) {
  const std::string text = findings([] { client::warn_of(91); });
  const std::string once = text.substr(0, text.find("GuardedCallError", 1));
  EXPECT_EQ(without_folders(once), R"(GuardedCallError: syslog (plugin logging) was called outside of a sandbox
  at client.cpp:12 in client::warn_of
  LOG_WARNING "disk 91% full"
  to let it through, in the test:
    auto permit = tripwire::allow(tripwire::M("logging").function("syslog"));
  or for the whole project, in tripwire.yaml:
    firewall:
      allow:
        - logging: {function: syslog}
  or answer it inside a sandbox:
    tripwire::logging.mock_log(LOG_WARNING, "disk 91% full");
)");
}

} // namespace
