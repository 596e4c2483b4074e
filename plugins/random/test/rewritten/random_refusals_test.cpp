// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/random.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

std::string first_of(const std::string &text, const char *word) { return text.substr(0, text.find(word, 1)); }

// 1
TEST(RandomRefusals, ADrawThatNothingAnswersIsRefused) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::rand();
  });
  EXPECT_EQ(
      without_folders(first_of(text, "    tripwire::random.")),
      R"(UnmockedInteractionError: random draw by rand was attempted in a sandbox, and nothing in the test answers it
  at client.cpp:12 in client::rand
  through rand
    function: "rand"
  to answer it, paste this in front of the sandbox:
)");
  EXPECT_NE(text.find("    tripwire::random.mock_rand(0); // or for all that is drawn: tripwire::random.seed(42);\n"),
            std::string::npos)
      << text;
}

// 20
TEST(RandomRefusals, BytesThatACallDoesNotAskForAreTheNearestAnswer) {
  const std::string text = findings([] {
    tripwire::random.mock_getrandom("12345").optional();
    const tripwire::Sandbox sandbox;
    client::getrandom(4);
  });
  EXPECT_NE(without_folders(text).find("  the nearest mock, mock_getrandom(\"12345\") from "
                                       "random_refusals_test.cpp:39, does not match\n"
                                       "    size: expected at least 5, got 4\n"),
            std::string::npos)
      << text;
}

// 20
TEST(RandomRefusals, AnAnswerOfAnotherFunctionIsTheNearest) {
  const std::string text = findings([] {
    tripwire::random.mock_rand(3).optional();
    const tripwire::Sandbox sandbox;
    client::random();
  });
  EXPECT_NE(without_folders(text).find("  the nearest mock, mock_rand(3) from random_refusals_test.cpp:53, does not "
                                       "match\n    function: expected rand, got random\n"),
            std::string::npos)
      << text;
}

// 5
TEST(RandomRefusals, InCodeThatCannotThrowARefusedCallFails) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    char bytes[4];
    EXPECT_EQ(c_getrandom(bytes, sizeof bytes), -1);
    EXPECT_EQ(c_rand(), 0);
    c_srand(7);
    EXPECT_EQ(client::device_that_cannot_throw(), 0U);
  });
  for (const char *what : {"random draw of 4 bytes by getrandom was", "random draw by rand was",
                           "random seeding with 7 by srand was", "random draw by std::random_device was"})
    EXPECT_NE(text.find(what), std::string::npos) << what << " in " << text;
}

// 2
TEST(RandomRefusals, AnAnswerThatNobodyAssertedFailsTheTestAndTheSeedDoesNot) {
  const std::string text = findings([] {
    tripwire::random.seed(42);
    tripwire::random.mock_rand(3);
    tripwire::random.mock_getrandom("ab");
    const tripwire::Sandbox sandbox;
    client::random();
    client::srand(9);
    client::rand();
    client::getrandom(4);
  });
  EXPECT_EQ(without_folders(text), R"(UnassertedInteractionsError: 2 interactions were never asserted
  [1] random draw by rand
      at client.cpp:12 in client::rand
      tripwire::random.assert_rand(3);
  [2] random draw of 4 bytes by getrandom
      at client.cpp:69 in client::getrandom
      tripwire::random.assert_short_getrandom(4, 2);
)");
}

TEST(RandomRefusals, AWrongAssertionIsShown) {
  const std::string text = findings([] {
    tripwire::random.mock_rand(3);
    {
      const tripwire::Sandbox sandbox;
      client::rand();
    }
    tripwire::random.assert_rand(4);
  });
  EXPECT_NE(text.find("value: expected 4, got 3\n  as it was:\n    tripwire::random.assert_rand(3);\n"),
            std::string::npos)
      << text;
}

// 3
TEST(RandomRefusals, ASeedThatNothingDrawsFromAndAnAnswerThatNobodyDrawsAreUnused) {
  const std::string text = findings([] {
    tripwire::random.seed(42);
    tripwire::random.mock_drand48(0.5);
    tripwire::random.mock_random_device_failed(EIO);
    tripwire::random.pass_through();
    tripwire::random.seed(43).optional();
    const tripwire::Sandbox sandbox;
  });
  EXPECT_EQ(without_folders(text),
            R"(UnusedMocksError: 3 answers were never used; remove what is not needed, or mark it .optional()
  random seed(42)
      registered at random_refusals_test.cpp:117
  random mock_drand48(0.500000)
      registered at random_refusals_test.cpp:118
  random mock_random_device_failed(EIO)
      registered at random_refusals_test.cpp:119
)");
}

// 40, 43
TEST(RandomRefusals, OutsideOfASandboxTheGuardRefusesADraw) {
  const std::string text = findings([] {
    tripwire::random.seed(42).optional();
    client::device();
  });
  EXPECT_EQ(without_folders(first_of(text, "    tripwire::random.")),
            R"text(GuardedCallError: std::random_device::operator() (plugin random) was called outside of a sandbox
  at client.cpp:22 in client::device
  draw by std::random_device
  to let it through, in the test:
    auto permit = tripwire::allow(tripwire::M("random").function("std::random_device::operator()"));
  or for the whole project, in tripwire.yaml:
    firewall:
      allow:
        - random: {function: "std::random_device::operator()"}
  or answer it inside a sandbox:
)text");
}

TEST(RandomRefusals, WhatNoFunctionHandsOutIsRefused) {
  const auto refused = [](auto words) {
    const std::string text = without_folders(first_of(findings(words), "ConfigurationError"));
    return text.substr(0, text.find("\n  at random_refusals_test.cpp:"));
  };
  EXPECT_EQ(refused([] { tripwire::random.mock_rand(-1); }),
            "ConfigurationError: mock_rand(-1): rand hands out numbers from 0 to 2147483647");
  EXPECT_EQ(refused([] { tripwire::random.mock_random_device(4294967296); }),
            "ConfigurationError: mock_random_device(4294967296): std::random_device hands out numbers from 0 to "
            "4294967295");
  EXPECT_EQ(refused([] { tripwire::random.mock_drand48(1); }),
            "ConfigurationError: mock_drand48(1.000000): drand48 hands out fractions from 0 on that are less than 1");
  EXPECT_EQ(refused([] { tripwire::random.mock_getrandom_failed(0); }),
            "ConfigurationError: mock_getrandom_failed(0) is no error; say the errno, as EINTR");
  EXPECT_EQ(refused([] { tripwire::random.mock_getentropy(std::string(257, 'x')); }),
            "ConfigurationError: getentropy hands out at most 256 bytes, and 257 are said");
}

// What one test says is nothing to the next.
TEST(RandomRefusals, ATestLeavesNoSeedBehind) {
  EXPECT_EQ(findings([] {
              tripwire::random.seed(42);
              const tripwire::Sandbox sandbox;
              client::rand();
            }),
            "");
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::rand();
  });
  EXPECT_NE(text.find("random draw by rand was attempted"), std::string::npos) << text;
}

} // namespace
