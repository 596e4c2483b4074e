// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/env.hpp>
#include <tripwire/tripwire.hpp>

#include <cerrno>

namespace {

using tripwire::env;
using tripwire::unset;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

std::string first_of(const std::string &text, const char *word) { return text.substr(0, text.find(word, 1)); }

// 1
TEST(EnvRefusals, AVariableThatTheTestDoesNotSpeakOfIsRefused) {
  const std::string text = findings([] {
    env.mock_get("HOMES", "home").optional();
    const tripwire::Sandbox sandbox;
    client::read("HOME");
  });
  EXPECT_EQ(without_folders(first_of(text, "UnmockedInteractionError")),
            R"(UnmockedInteractionError: env get "HOME" was attempted in a sandbox, and nothing in the test answers it
  at client.cpp:13 in client::read
  through getenv
    operation: "get"
    name: "HOME"
  the nearest mock, mock_get("HOMES", "home") from env_refusals_test.cpp:24, does not match
    operation: "get" matches
    name: expected "HOMES", got "HOME"
  to answer it, paste this in front of the sandbox:
    tripwire::env.mock_get("HOME", tripwire::unset);
)");
}

// 1, 5
TEST(EnvRefusals, AChangeThatTheTestDoesNotWaitForIsRefusedAndChangesNothing) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(c_set("TW_SET", "a \"word\""), -1);
    EXPECT_EQ(errno, EPERM);
    EXPECT_EQ(client::get_quietly("TW_SET"), nullptr);
  });
  EXPECT_NE(text.find("UnmockedInteractionError: env set \"TW_SET\" to \"a \\\"word\\\"\" was attempted"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("\n    tripwire::env.mock_set(\"TW_SET\", \"a \\\"word\\\"\");\n"), std::string::npos) << text;
  EXPECT_NE(text.find("UnmockedInteractionError: env get \"TW_SET\" was attempted"), std::string::npos) << text;
}

// 2
TEST(EnvRefusals, WhatNobodyAssertedFailsTheTest) {
  const std::string text = findings([] {
    env.mock_get("HOME", "home");
    env.mock_get("API_TOKEN", "abc");
    env.mock_set("LANG", "C").fails(ENOMEM);
    env.mock_set("TW_SET", tripwire::anything);
    env.mock_unset("LANG");
    const tripwire::Sandbox sandbox;
    client::read("HOME");
    client::read("API_TOKEN");
    client::set("LANG", "C", 0);
    client::set("TW_SET", "a", 0);
    client::unset("LANG");
    client::read("LANG");
  });
  EXPECT_EQ(without_folders(text), R"(UnassertedInteractionsError: 6 interactions were never asserted
  [0] env get "HOME"
      at client.cpp:13 in client::read
      tripwire::env.assert_get("HOME", "home");
  [1] env get "API_TOKEN"
      at client.cpp:13 in client::read
      tripwire::env.assert_get("API_TOKEN", tripwire::anything);
  [2] env set "LANG" to "C"
      at client.cpp:18 in client::set
      tripwire::env.assert_set_failed("LANG", "C", false, ENOMEM);
  [3] env set "TW_SET" to "a"
      at client.cpp:18 in client::set
      tripwire::env.assert_set("TW_SET", "a", false);
  [4] env unset "LANG"
      at client.cpp:21 in client::unset
      tripwire::env.assert_unset("LANG");
  [5] env get "LANG"
      at client.cpp:13 in client::read
      tripwire::env.assert_get("LANG", tripwire::unset);
)");
}

TEST(EnvRefusals, AWrongAssertionIsShownFieldByField) {
  const std::string text = findings([] {
    env.mock_get("HOME", "home");
    {
      const tripwire::Sandbox sandbox;
      client::read("HOME");
    }
    env.assert_get("HOME", unset);
  });
  EXPECT_EQ(without_folders(first_of(text, "InteractionMismatchError")),
            R"(InteractionMismatchError: the interaction of env is not as asserted
  asserted at env_refusals_test.cpp:102
  tripwire::env.assert_get(...)
  [0] env get "HOME"
      at client.cpp:13 in client::read
    operation: "get" matches
    name: "HOME" matches
    value: expected unset, got "home"
  as it was:
    tripwire::env.assert_get("HOME", "home");
)");
}

// 3
TEST(EnvRefusals, WhatIsNeverReadOrChangedIsUnused) {
  const std::string text = findings([] {
    env.mock_get("HOME", "home");
    env.mock_get("EDITOR", unset);
    env.mock_get("API_TOKEN", "abc");
    env.mock_set("LANG", tripwire::starts_with("C")).fails(ENOMEM);
    env.mock_clear();
    env.pass_through("PATH");
    const tripwire::Sandbox sandbox;
  });
  EXPECT_EQ(without_folders(text),
            R"(UnusedMocksError: 5 answers were never used; remove what is not needed, or mark it .optional()
  env mock_get("HOME", "home")
      registered at env_refusals_test.cpp:121
  env mock_get("EDITOR", tripwire::unset)
      registered at env_refusals_test.cpp:122
  env mock_get("API_TOKEN", (secret))
      registered at env_refusals_test.cpp:123
  env mock_set("LANG", text that starts with "C").fails(ENOMEM)
      registered at env_refusals_test.cpp:124
  env mock_clear()
      registered at env_refusals_test.cpp:125
)");
}

// 3
TEST(EnvRefusals, AStatementThatWasReplacedBeforeItWasReadIsUnused) {
  const std::string text = findings([] {
    env.mock_get("HOME", "home-ada");
    env.mock_get("HOME", "home-bob");
    {
      const tripwire::Sandbox sandbox;
      EXPECT_EQ(client::read("HOME"), "home-bob");
    }
    env.assert_get("HOME", "home-bob");
  });
  EXPECT_NE(text.find("1 answer was never used"), std::string::npos) << text;
  EXPECT_NE(text.find("mock_get(\"HOME\", \"home-ada\")"), std::string::npos) << text;
}

// 40, 43
TEST(EnvRefusals, OutsideOfASandboxTheGuardRefusesARead) {
  const std::string text = findings([] {
    env.mock_get("HOME", "home").optional();
    client::read("HOME");
  });
  EXPECT_EQ(without_folders(first_of(text, "GuardedCallError")),
            R"(GuardedCallError: getenv (plugin env) was called outside of a sandbox
  at client.cpp:13 in client::read
  get "HOME"
  to let it through, in the test:
    auto permit = tripwire::allow(tripwire::M("env").field("name", "HOME"));
  or for the whole project, in tripwire.yaml:
    firewall:
      allow:
        - env: {name: HOME}
  or answer it inside a sandbox:
    tripwire::env.mock_get("HOME", tripwire::unset);
)");
}

TEST(EnvRefusals, WordsThatNoEnvironmentKnowsAreRefused) {
  const auto refused = [](auto words) { return without_folders(first_of(findings(words), "ConfigurationError")); };
  EXPECT_EQ(refused([] { env.mock_get("A=B", "x"); }),
            "ConfigurationError: no variable is named \"A=B\": a name has letters, and no '='\n"
            "  at env_refusals_test.cpp:182\n");
  EXPECT_EQ(refused([] { env.mock_get("", "x"); }),
            "ConfigurationError: no variable is named \"\": a name has letters, and no '='\n"
            "  at env_refusals_test.cpp:185\n");
  EXPECT_EQ(
      refused([] { env.mock_get("A", std::string("a\0b", 3)); }),
      "ConfigurationError: a variable cannot hold std::string_view(\"a\\0b\", 3u): its text ends at the first zero\n"
      "  at env_refusals_test.cpp:188\n");
  EXPECT_EQ(refused([] { env.mock_set("A", "x").fails(0); }),
            "ConfigurationError: a call fails with an errno, such as ENOMEM, not with 0\n"
            "  at env_refusals_test.cpp:192\n");
}

// What a program keeps of one test is still there in the next one.
TEST(EnvRefusals, WhatWasHandedOutOutlivesTheTest) {
  const char *kept = nullptr;
  const auto read = [&kept](const std::string &value) {
    return findings([&] {
      env.mock_get("HOME", value);
      {
        const tripwire::Sandbox sandbox;
        kept = client::get("HOME");
      }
      env.assert_get("HOME", value);
    });
  };
  EXPECT_EQ(read("home-of-somebody-with-a-long-name"), "");
  const char *first = kept;
  EXPECT_EQ(read("home-of-somebody-else"), "");
  EXPECT_STREQ(first, "home-of-somebody-with-a-long-name");
  EXPECT_EQ(read("home-of-somebody-with-a-long-name"), "");
  EXPECT_EQ(kept, first);
}

// 33, 39: what one test says is nothing to the next, nor to what runs without a sandbox
TEST(EnvRefusals, ATestLeavesNothingBehind) {
  EXPECT_EQ(findings([] {
              env.mock_set("TW_SET", "x");
              {
                const tripwire::Sandbox sandbox;
                client::set("TW_SET", "x", 1);
              }
              env.assert_set("TW_SET", "x");
              const auto permit = tripwire::allow("env");
              EXPECT_EQ(client::read("TW_SET"), "(unset)");
            }),
            "");
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::read("TW_SET");
  });
  EXPECT_NE(text.find("UnmockedInteractionError: env get \"TW_SET\""), std::string::npos) << text;
}

} // namespace
