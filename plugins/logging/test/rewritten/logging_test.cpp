// What a test can say and assert of records, over rewritten code in C++ and C.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/logging.hpp>
#include <tripwire/tripwire.hpp>

#include <cerrno>
#include <cstring>
#include <thread>

namespace {

using tripwire::anything;

class Logging : public ::testing::Test {
protected:
  ~Logging() override {
    openlog(nullptr, 0, LOG_USER);
    closelog();
    setlogmask(LOG_UPTO(LOG_DEBUG));
  }

  /// What libc writes of a record with LOG_PERROR goes to this process's standard error.
  template <class Run> static std::string written_by(Run run) {
    openlog("written", LOG_PERROR, LOG_USER);
    ::testing::internal::CaptureStderr();
    run();
    return ::testing::internal::GetCapturedStderr();
  }
};

// 66
TEST_F(Logging, ARecordThatNobodyMockedIsSwallowedAndRecorded) {
  const std::string written = written_by([] {
    client::open("diskd", LOG_PERROR, LOG_USER);
    const tripwire::Sandbox sandbox;
    client::warn_of(91);
  });
  EXPECT_EQ(written, "");
  tripwire::logging.assert_warning("disk 91% full", "diskd");
}

TEST_F(Logging, EachLevelHasItsWord) {
  {
    const tripwire::Sandbox sandbox;
    for (int level = LOG_EMERG; level <= LOG_DEBUG; ++level)
      client::log(level, std::to_string(level));
    client::log(LOG_INFO, "any");
  }
  tripwire::logging.assert_emergency("0", "");
  tripwire::logging.assert_alert("1", "");
  tripwire::logging.assert_critical("2", "");
  tripwire::logging.assert_error("3", "");
  tripwire::logging.assert_warning("4", "");
  tripwire::logging.assert_notice("5", "");
  tripwire::logging.assert_info("6", "");
  tripwire::logging.assert_debug("7", "");
  tripwire::logging.assert_log(LOG_INFO, "any", "");
}

TEST_F(Logging, AMessageIsTheFormattedText) {
  {
    const tripwire::Sandbox sandbox;
    client::log_mixture();
    client::log_list(LOG_INFO, "%s: %d of %ld (%.2f)", "list", 1, 2L, 0.25);
    c_log(7);
  }
  tripwire::logging.assert_debug("3 x text 0.5 1099511627776 4 (nil)  2.25", "");
  tripwire::logging.assert_info("list: 1 of 2 (0.25)", "");
  tripwire::logging.assert_notice("from C: 7", "");
  tripwire::logging.assert_notice("from C: eight", "");
}

// 17
TEST_F(Logging, TheWordsOfErrnoAreThoseOfTheCallAndErrnoStays) {
  int left = 0;
  {
    const tripwire::Sandbox sandbox;
    left = client::log_error(ENOENT);
  }
  EXPECT_EQ(left, ENOENT);
  tripwire::logging.assert_error("cannot open /etc/nothing: No such file or directory", "");
}

TEST_F(Logging, TheLoggerIsWhatOpenlogNamedAndTheFacilityHasToBeSaid) {
  {
    const tripwire::Sandbox sandbox;
    client::open("maild", LOG_NDELAY, LOG_MAIL);
    client::log(LOG_INFO, "one");
    client::log(LOG_LOCAL3 | LOG_INFO, "two");
    client::close();
    client::log(LOG_USER | LOG_INFO, "three");
  }
  tripwire::logging.assert_info("one", "maild", LOG_MAIL);
  tripwire::logging.assert_log(LOG_INFO, "two", "maild", LOG_LOCAL3);
  tripwire::logging.assert_info("three", "");
}

TEST_F(Logging, WhatTheMaskLeavesOutIsNoRecord) {
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::mask(LOG_UPTO(LOG_WARNING)), LOG_UPTO(LOG_DEBUG));
    client::log(LOG_INFO, "not heard");
    client::log(LOG_WARNING, "heard");
  }
  tripwire::logging.assert_warning("heard", "");
}

TEST_F(Logging, AMockWaitsForItsRecord) {
  tripwire::logging.mock_log(LOG_WARNING, tripwire::starts_with("disk")).logger("").facility(LOG_USER).times(2);
  tripwire::logging.mock_log(anything, "never").optional();
  {
    const tripwire::Sandbox sandbox;
    client::warn_of(91);
    client::log(LOG_INFO, "another");
    client::warn_of(92);
  }
  tripwire::logging.assert_warning("disk 91% full", "");
  tripwire::logging.assert_info("another", "");
  tripwire::logging.assert_warning("disk 92% full", "");
}

// 25
TEST_F(Logging, WhatPassesThroughIsReallyWrittenAndMustBeAsserted) {
  tripwire::logging.pass_through(LOG_WARNING, anything).always();
  const std::string written = written_by([] {
    const tripwire::Sandbox sandbox;
    client::warn_of(91);
    client::log_list(LOG_WARNING, "%s %d", "list", 2);
    client::log(LOG_INFO, "swallowed");
  });
  EXPECT_EQ(written, "written: disk 91% full\nwritten: list 2\n");
  tripwire::logging.assert_warning("disk 91% full", "written");
  tripwire::logging.assert_warning("list 2", "written");
  tripwire::logging.assert_info("swallowed", "written");
}

// 45
TEST_F(Logging, WhatARuleAllowsIsReallyWritten) {
  const std::string written = written_by([] {
    const auto permit = tripwire::allow("logging");
    client::warn_of(90);
    const tripwire::Sandbox sandbox;
    client::warn_of(91);
  });
  EXPECT_EQ(written, "written: disk 90% full\nwritten: disk 91% full\n");
}

TEST_F(Logging, RecordsOfOtherThreadsAreRecorded) {
  {
    const tripwire::Sandbox sandbox;
    std::thread([] { client::log(LOG_INFO, "from a thread"); }).join();
  }
  tripwire::logging.assert_info("from a thread", "");
}

// 10
TEST_F(Logging, RecordsAreAssertedInTheirOrderOrInAny) {
  {
    const tripwire::Sandbox sandbox;
    client::log(LOG_INFO, "one");
    client::log(LOG_INFO, "two");
  }
  tripwire::in_any_order({"logging"}, [] {
    tripwire::logging.assert_info("two", "");
    tripwire::logging.assert_info("one", "");
  });
}

/// What the tests have set up is really written: the guard is not on there.
class LoggingFixture : public Logging {
protected:
  LoggingFixture() {
    written_ = written_by([] { client::log(LOG_INFO, "set up"); });
  }
  std::string written_;
};

// 42
TEST_F(LoggingFixture, SetUpIsReallyWritten) { EXPECT_EQ(written_, "written: set up\n"); }

} // namespace
