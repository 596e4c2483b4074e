// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/clock.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using namespace std::chrono_literals;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

std::string first_of(const std::string &text, const char *word) { return text.substr(0, text.find(word, 1)); }

// 1
TEST(ClockRefusals, AReadOfATimeThatTheTestDoesNotSayIsRefused) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::date();
  });
  EXPECT_EQ(
      without_folders(first_of(text, "UnmockedInteractionError")),
      R"(UnmockedInteractionError: clock read the time was attempted in a sandbox, and nothing in the test answers it
  at client.cpp:11 in client::date
  through std::chrono::_V2::system_clock::now
    clock: "date"
  to answer it, paste this in front of the sandbox:
    tripwire::clock.mock_now("2026-01-01T00:00:00Z");
)");
}

// 1
TEST(ClockRefusals, ASleepThatNothingAnswersIsRefused) {
  const std::string text = findings([] {
    tripwire::clock.mock_sleep(3s).interrupted_after(1s).optional();
    const tripwire::Sandbox sandbox;
    client::standard(1500ms);
  });
  EXPECT_EQ(
      without_folders(first_of(text, "UnmockedInteractionError"))
          .find("UnmockedInteractionError: clock sleep 1500ms was attempted in a sandbox, and nothing in the test "
                "answers it\n  at client.cpp:71 in client::standard\n"),
      0U)
      << text;
  EXPECT_NE(without_folders(text).find("  the nearest mock, mock_sleep(3s).interrupted_after(1s) from "
                                       "clock_refusals_test.cpp:38, does not match\n"
                                       "    duration: expected 3s, got 1500ms\n"
                                       "  to answer it, paste this in front of the sandbox:\n"
                                       "    tripwire::clock.mock_sleep(std::chrono::milliseconds(1500));\n"),
            std::string::npos)
      << text;
}

// 5
TEST(ClockRefusals, InCodeThatCannotThrowARefusedCallFails) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(c_seconds(), -1);
    EXPECT_EQ(c_sleep(5), -1);
  });
  EXPECT_NE(text.find("clock read the time was attempted"), std::string::npos) << text;
  EXPECT_NE(text.find("clock sleep 5ns was attempted"), std::string::npos) << text;
}

// 2
TEST(ClockRefusals, ASleepThatNobodyAssertedFailsTheTestAndReadsDoNot) {
  const std::string text = findings([] {
    tripwire::clock.mock_sleep(2s).interrupted_after(1s);
    tripwire::clock.mock_now("2026-03-01T12:00:00Z");
    const tripwire::Sandbox sandbox;
    client::date();
    client::date();
    client::nano(2s);
    client::nano(2s);
  });
  EXPECT_EQ(without_folders(text), R"(UnassertedInteractionsError: 2 interactions were never asserted
  [1] clock sleep 2s
      at client.cpp:38 in client::nano
      tripwire::clock.assert_sleep_interrupted(std::chrono::seconds(2));
  [2] clock sleep 2s
      at client.cpp:38 in client::nano
      tripwire::clock.assert_sleep(std::chrono::seconds(2));
)");
}

TEST(ClockRefusals, AWrongAssertionIsShown) {
  const std::string text = findings([] {
    tripwire::clock.mock_now("2026-03-01T12:00:00Z");
    {
      const tripwire::Sandbox sandbox;
      client::standard(2s);
    }
    tripwire::clock.assert_sleep(3s);
  });
  EXPECT_NE(text.find("\n    duration: expected 3s, got 2s\n  as it was:\n    "
                      "tripwire::clock.assert_sleep(std::chrono::seconds(2));\n"),
            std::string::npos)
      << text;
}

// 3
TEST(ClockRefusals, ATimeThatNothingReadsAndASleepThatNobodySleepsAreUnused) {
  const std::string text = findings([] {
    tripwire::clock.mock_now("2026-03-01T12:00:00Z");
    tripwire::clock.mock_sleep(3s);
    tripwire::clock.pass_through();
    const tripwire::Sandbox sandbox;
  });
  EXPECT_EQ(without_folders(text),
            R"(UnusedMocksError: 2 answers were never used; remove what is not needed, or mark it .optional()
  clock mock_now("2026-03-01T12:00:00Z")
      registered at clock_refusals_test.cpp:107
  clock mock_sleep(3s)
      registered at clock_refusals_test.cpp:108
)");
}

// 3
TEST(ClockRefusals, ATimeThatOnlySleepsMoveIsUsed) {
  EXPECT_EQ(findings([] {
              tripwire::clock.mock_now("2026-03-01T12:00:00Z");
              {
                const tripwire::Sandbox sandbox;
                client::standard(1s);
              }
              tripwire::clock.assert_sleep(1s);
            }),
            "");
}

// 40, 43
TEST(ClockRefusals, OutsideOfASandboxTheGuardRefusesARead) {
  const std::string text = findings([] {
    tripwire::clock.mock_now(0).optional();
    client::seconds(nullptr);
  });
  EXPECT_EQ(without_folders(first_of(text, "GuardedCallError")),
            R"(GuardedCallError: time (plugin clock) was called outside of a sandbox
  at client.cpp:14 in client::seconds
  read the time
  to let it through, in the test:
    auto permit = tripwire::allow(tripwire::M("clock").function("time"));
  or for the whole project, in tripwire.yaml:
    firewall:
      allow:
        - clock: {function: time}
  or answer it inside a sandbox:
    tripwire::clock.mock_now("2026-01-01T00:00:00Z");
)");
}

TEST(ClockRefusals, AClockOfTheProjectsOwnCannotBeAnswered) {
  const std::string text = findings([] {
    tripwire::clock.mock_now(0).optional();
    const tripwire::Sandbox sandbox;
    client::until_own(client::OwnClock::time_point(1s));
  });
  EXPECT_EQ(text.find("ConfigurationError: std::this_thread::sleep_until with std::chrono::time_point<"), 0U) << text;
  EXPECT_NE(text.find("cannot be answered: only system_clock and steady_clock are mocked\n  at "), std::string::npos)
      << text;
}

TEST(ClockRefusals, WordsThatNoClockKnowsAreRefused) {
  const auto refused = [](auto words) {
    const std::string text = without_folders(first_of(findings(words), "ConfigurationError"));
    return text.substr(0, text.find("\n  at clock_refusals_test.cpp:"));
  };
  EXPECT_EQ(
      refused([] { tripwire::clock.mock_now("noon"); }),
      "ConfigurationError: \"noon\" is no time; write it as 2026-03-01T12:00:00Z, between the years 1678 and 2262");
  EXPECT_EQ(
      refused([] { tripwire::clock.advance(1s); }),
      "ConfigurationError: advance(1s): this test does not say which time it is; say tripwire::clock.mock_now(...) "
      "first");
  EXPECT_EQ(
      refused([] { static_cast<void>(tripwire::clock.now()); }),
      "ConfigurationError: now(): this test does not say which time it is; say tripwire::clock.mock_now(...) first");
  EXPECT_EQ(refused([] {
              tripwire::clock.mock_now(0).optional();
              tripwire::clock.advance(-1s);
            }),
            "ConfigurationError: time does not go backwards, by -1s; mock_now sets a clock back");
  EXPECT_EQ(refused([] { tripwire::clock.mock_now(0).optional().tick(-1ms); }),
            "ConfigurationError: time does not tick backwards, by -1ms");
  EXPECT_EQ(refused([] { tripwire::clock.mock_sleep(1s).optional().interrupted_after(-1ms); }),
            "ConfigurationError: a sleep is not interrupted after -1ms");
}

// 1: it would be the time of everybody on the machine
TEST(ClockRefusals, TheClockOfTheMachineIsNotSet) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::set_clock({0, 0});
  });
  EXPECT_NE(text.find("tripwire::mock<&clock_settime>()"), std::string::npos) << text;
}

// What one test says is nothing to the next.
TEST(ClockRefusals, ATestLeavesNoTimeBehind) {
  EXPECT_EQ(findings([] {
              tripwire::clock.mock_now(0);
              const tripwire::Sandbox sandbox;
              client::seconds(nullptr);
            }),
            "");
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::seconds(nullptr);
  });
  EXPECT_NE(text.find("clock read the time was attempted"), std::string::npos) << text;
}

} // namespace
