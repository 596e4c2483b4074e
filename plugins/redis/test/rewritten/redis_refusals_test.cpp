// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"
#include "served.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/redis.hpp>
#include <tripwire/tripwire.hpp>

namespace {

using tripwire::anything;
using tripwire::redis;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

constexpr const char *host = "cache.example";

std::string first_of(const std::string &text, const char *word) { return text.substr(0, text.find(word, 1)); }

/// The text without the places, which are not what this is about.
bool says(const std::string &text, const std::string &part) {
  return without_folders(text).find(part) != std::string::npos;
}

// 1
TEST(RedisRefusals, AConnectionThatNothingAnswersIsRefused) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    client::visits(host, 6379, "home");
  });
  EXPECT_EQ(first_of(text, "\n  at "),
            "UnmockedInteractionError: redis connect to cache.example:6379 was attempted in a "
            "sandbox, and nothing in the test answers it");
  EXPECT_TRUE(says(text, "  through redisConnect\n    host: \"cache.example\"\n    port: 6379\n"
                         "  to answer it, paste this in front of the sandbox:\n"
                         "    tripwire::redis.mock_connect(\"cache.example\", 6379);\n"))
      << text;
}

// 1, 20
TEST(RedisRefusals, ACommandThatNothingAnswersShowsTheNearestAnswer) {
  const std::string text = findings([] {
    redis.mock_connect(host, 6379);
    redis.mock_command("GET", "user:2", anything).optional();
    const tripwire::Sandbox sandbox;
    client::get(client::connect(host, 6379).get(), "user:1");
  });
  EXPECT_EQ(first_of(text, "\n  at "), "UnmockedInteractionError: redis GET \"user:1\" was attempted in a sandbox, and "
                                       "nothing in the test answers it");
  EXPECT_TRUE(says(text, "the nearest mock, mock_command(\"GET\", \"user:2\", anything) from redis_refusals_test.cpp:"))
      << text;
  EXPECT_TRUE(says(text, "does not match\n    command: \"GET\" matches\n"
                         "    args: expected \"user:2\", anything, got \"user:1\"\n"
                         "  to answer it, paste this in front of the sandbox:\n"
                         "    tripwire::redis.mock_command(\"GET\", \"user:1\").status(\"OK\");\n"))
      << text;
}

// 5
TEST(RedisRefusals, InCodeThatCannotThrowARefusedCallFails) {
  EXPECT_TRUE(says(findings([] {
                     const tripwire::Sandbox sandbox;
                     EXPECT_EQ(c_visits(host, 6379, "home"), -1);
                   }),
                   "redis connect to cache.example:6379 was attempted"));
  EXPECT_TRUE(says(findings([] {
                     redis.mock_connect(host, 6379);
                     const tripwire::Sandbox sandbox;
                     EXPECT_EQ(c_visits(host, 6379, "home"), -1);
                   }),
                   "redis INCR \"visits:home\" was attempted"));
}

// 2, 64
TEST(RedisRefusals, WhatNobodyAssertedFailsTheTest) {
  const std::string text = findings([] {
    redis.mock_connect(host, 6379);
    redis.mock_connect_unix("/run/redis.sock").fails(REDIS_ERR_IO);
    redis.mock_command("AUTH", anything);
    redis.mock_command("PING").error("NOAUTH no \"password\"");
    redis.mock_command("GET", "k").fails(REDIS_ERR_EOF);
    const tripwire::Sandbox sandbox;
    const auto connection = client::connect(host, 6379);
    client::of_words(connection.get(), {"auth", "s3cr3t"});
    client::of_words(connection.get(), {"ping"});
    client::get(connection.get(), "k");
    client::connect_unix("/run/redis.sock");
  });
  for (const char *line : {"tripwire::redis.assert_connect(\"cache.example\", 6379);\n",
                           "tripwire::redis.assert_command(\"AUTH\", tripwire::anything);\n",
                           "tripwire::redis.assert_command_failed(\"NOAUTH no \\\"password\\\"\", \"PING\");\n",
                           "tripwire::redis.assert_command_failed(REDIS_ERR_EOF, \"GET\", \"k\");\n",
                           "tripwire::redis.assert_connect_unix_failed(REDIS_ERR_IO, \"/run/redis.sock\");\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  EXPECT_EQ(text.find("s3cr3t"), std::string::npos) << text;
}

TEST(RedisRefusals, AWrongAssertionIsShown) {
  const std::string text = findings([] {
    redis.mock_connect(host, 6379);
    redis.mock_command("GET").returns("v");
    {
      const tripwire::Sandbox sandbox;
      client::get(client::connect(host, 6379).get(), "k");
    }
    redis.assert_connect(host, 6379);
    redis.assert_command("GET");
  });
  EXPECT_TRUE(says(text, "args: expected no arguments, got \"k\"\n")) << text;
}

// 3
TEST(RedisRefusals, AnswersThatNothingUsedAreReported) {
  const std::string text = findings([] {
    redis.mock_connect(host, 6379);
    redis.mock_command("GET", "k").returns("v");
    redis.mock_command("PING").optional();
    redis.pass_through();
    const tripwire::Sandbox sandbox;
  });
  EXPECT_TRUE(says(text, "UnusedMocksError: 2 answers were never used")) << text;
  EXPECT_TRUE(says(text, "redis mock_connect(\"cache.example\", 6379)\n")) << text;
  EXPECT_TRUE(says(text, "redis mock_command(\"GET\", \"k\")\n")) << text;
}

// 40, 43
TEST(RedisRefusals, OutsideOfASandboxTheGuardRefuses) {
  const std::string text = findings([] { client::connect("127.0.0.1", served::port); });
  EXPECT_TRUE(says(text, "GuardedCallError: redisConnect (plugin redis) was called outside of a sandbox\n")) << text;
  EXPECT_TRUE(says(text, "        - redis: {host: localhost, port: 6379}\n")) << text;
}

TEST(RedisRefusals, AReplyThatNoCommandAskedForIsNotWaitedFor) {
  const std::string text = findings([] {
    redis.mock_connect(host, 6379);
    const tripwire::Sandbox sandbox;
    client::skip(client::connect(host, 6379).get());
  });
  EXPECT_TRUE(says(text, "ConfigurationError: redis: redisGetReply waits for a reply that no command of the mocked "
                         "connection asked for\n"))
      << text;
  EXPECT_TRUE(says(findings([] {
                     redis.mock_connect(host, 6379);
                     const tripwire::Sandbox sandbox;
                     client::wait(client::connect(host, 6379).get());
                   }),
                   "ConfigurationError: redis: redisBufferRead waits for a reply that no command of the mocked "
                   "connection asked for\n"));
}

TEST(RedisRefusals, AMockedConnectionHasNoRealCommands) {
  const std::string text = findings([] {
    redis.mock_connect(host, 6379);
    redis.pass_through();
    const tripwire::Sandbox sandbox;
    client::get(client::connect(host, 6379).get(), "k");
  });
  EXPECT_TRUE(says(text, "ConfigurationError: redis: GET \"k\" on a mocked connection cannot be real; answer it by "
                         "mock_command\n"))
      << text;
}

TEST(RedisRefusals, ARealConnectionOfEventsHasNoMockedCommands) {
  served::start();
  const std::string text = findings([] {
    redis.pass_through();
    redis.mock_command("GET").returns("v");
    const tripwire::Sandbox sandbox;
    client::by_events(served::host, served::port, {{"GET", "k"}});
  });
  EXPECT_TRUE(says(text,
                   "ConfigurationError: redis: GET \"k\" on a real asynchronous connection cannot be mocked; mock "
                   "the connection\n"))
      << text;
}

TEST(RedisRefusals, AConnectionOfEventsBreaksInNoOtherWay) {
  const std::string text = findings([] {
    redis.mock_connect(host, 6379);
    redis.mock_command("GET").fails(REDIS_ERR_IO);
    const tripwire::Sandbox sandbox;
    client::by_events(host, 6379, {{"GET", "k"}});
  });
  EXPECT_TRUE(says(text, "ConfigurationError: redis: a mocked asynchronous connection breaks by REDIS_ERR_EOF or "
                         "REDIS_ERR_PROTOCOL, not by REDIS_ERR_IO\n"))
      << text;
}

TEST(RedisRefusals, AConnectionOfATestThatHasEndedIsNoConnection) {
  client::Connection left;
  findings([&] {
    redis.mock_connect(host, 6379);
    {
      const tripwire::Sandbox sandbox;
      left = client::connect(host, 6379);
    }
    redis.assert_connect(host, 6379);
  });
  const std::string text = findings([&] {
    redis.mock_command("GET").optional();
    const tripwire::Sandbox sandbox;
    client::get(left.get(), "k");
  });
  EXPECT_TRUE(says(text,
                   "ConfigurationError: redis: GET \"k\" on a connection to cache.example:6379 that was mocked in "
                   "a test which has ended\n"))
      << text;
}

TEST(RedisRefusals, WordsThatNoServerKnowsAreRefused) {
  const auto refused = [](auto words) {
    const std::string text = without_folders(first_of(findings(words), "ConfigurationError"));
    return text.substr(0, text.find("\n  at redis_refusals_test.cpp:"));
  };
  EXPECT_EQ(refused([] { redis.mock_command("GET user:1"); }),
            "ConfigurationError: \"GET user:1\" is not the name of a command; its arguments are arguments of the word: "
            "(\"GET\", \"key\")");
  EXPECT_EQ(refused([] { redis.assert_command(""); }).substr(0, 45), "ConfigurationError: \"\" is not the name of a c");
  EXPECT_EQ(refused([] { redis.mock_command("GET").optional().fails(0); }),
            "ConfigurationError: .fails(0): that is none of REDIS_ERR_...");
}

} // namespace
