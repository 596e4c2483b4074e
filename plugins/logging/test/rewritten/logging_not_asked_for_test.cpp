// A project that links the plugin and does not ask for it.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/logging.hpp>
#include <tripwire/tripwire.hpp>

#include <syslog.h>

namespace {

using tripwire::conformance::findings;

// 66: off unless asked for
TEST(LoggingThatNobodyAskedFor, LeavesRecordsAsTheyAre) {
  openlog("real", LOG_PERROR, LOG_USER);
  ::testing::internal::CaptureStderr();
  const std::string text = findings([] {
    client::warn_of(90);
    const tripwire::Sandbox sandbox;
    client::warn_of(91);
  });
  closelog();
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "real: disk 90% full\nreal: disk 91% full\n");
  EXPECT_EQ(text, "");
}

} // namespace
