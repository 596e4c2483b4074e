// A project that wants each record to be waited for.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/logging.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

// 66, 1
TEST(StrictLogging, ARecordThatNoMockWaitsForIsRefused) {
  const std::string text = findings([] {
    tripwire::logging.mock_log(LOG_WARNING, "disk 90% full").optional();
    const tripwire::Sandbox sandbox;
    client::warn_of(91);
  });
  const std::string once = text.substr(0, text.find("UnmockedInteractionError", 1));
  EXPECT_EQ(
      without_folders(once),
      R"(UnmockedInteractionError: logging LOG_WARNING "disk 91% full" was attempted in a sandbox, and nothing in the test answers it
  at client.cpp:12 in client::warn_of
  through syslog
    level: LOG_WARNING
    message: "disk 91% full"
    logger: ""
    facility: LOG_USER
  the nearest mock, mock_log(LOG_WARNING, "disk 90% full") from strict_logging_test.cpp:18, does not match
    level: LOG_WARNING matches
    message: expected "disk 90% full", got "disk 91% full"
  to answer it, paste this in front of the sandbox:
    tripwire::logging.mock_log(LOG_WARNING, "disk 91% full");
)");
}

TEST(StrictLogging, ARecordThatAMockWaitsForIsAnswered) {
  const std::string text = findings([] {
    tripwire::logging.mock_log(LOG_WARNING, "disk 91% full");
    {
      const tripwire::Sandbox sandbox;
      client::warn_of(91);
    }
    tripwire::logging.assert_warning("disk 91% full", "");
  });
  EXPECT_EQ(text, "");
}

} // namespace
