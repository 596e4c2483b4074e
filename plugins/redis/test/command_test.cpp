// What a program sends, and which of it is a secret; replies as a server sends them.
#include "command.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/redis.hpp>

#include <cmath>
#include <string>

namespace {

using tripwire::plugins::commands_in;
using tripwire::plugins::RedisReply;
using tripwire::plugins::text_of;

std::string sent(const std::vector<std::string> &words) {
  std::string wire = "*" + std::to_string(words.size()) + "\r\n";
  for (const std::string &word : words)
    wire += "$" + std::to_string(word.size()) + "\r\n" + word + "\r\n";
  return wire;
}

std::string read(const std::vector<std::string> &words) {
  std::string text;
  for (const auto &request : commands_in(sent(words)))
    text += text_of(request) + "\n";
  return text;
}

TEST(RedisCommands, AreReadFromTheProtocol) {
  EXPECT_EQ(read({"get", "a \"key\""}), "GET \"a \\\"key\\\"\"\n");
  EXPECT_EQ(read({"PING"}), "PING\n");
  const auto binary = commands_in(sent({"SET", "k", std::string("\0\r\n$3", 5)}));
  ASSERT_EQ(binary.size(), 1U);
  EXPECT_EQ(binary[0].arguments.list.at(1).text, std::string("\0\r\n$3", 5));
}

TEST(RedisCommands, SeveralAreReadOneByOne) {
  const std::string one = sent({"MULTI"});
  const std::string other = sent({"EXEC"});
  const auto all = commands_in(one + "ping  hello\r\n" + other);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].wire, one);
  EXPECT_EQ(text_of(all[1]), "PING \"hello\"");
  EXPECT_EQ(all[1].wire, "ping  hello\r\n");
  EXPECT_EQ(all[2].wire, other);
}

TEST(RedisCommands, WhatIsNoneIsOneCommandAndComesToAnEnd) {
  for (const char *wire : {"*", "*1\r\n", "*1\r\n$5\r\nab\r\n", "*x\r\n", "*1\r\n+OK\r\n"}) {
    const auto all = commands_in(wire);
    ASSERT_EQ(all.size(), 1U) << wire;
    EXPECT_EQ(all[0].wire, wire);
  }
  EXPECT_TRUE(commands_in("").empty());
  EXPECT_TRUE(commands_in("\r\n").empty());
}

// 64
TEST(RedisCommands, PasswordsAreHidden) {
  EXPECT_EQ(read({"AUTH", "p4ss"}), "AUTH (secret)\n");
  EXPECT_EQ(read({"auth", "ada", "p4ss"}), "AUTH \"ada\", (secret)\n");
  EXPECT_EQ(read({"HELLO", "3", "auth", "ada", "p4ss", "SETNAME", "c"}),
            "HELLO \"3\", \"auth\", \"ada\", (secret), \"SETNAME\", \"c\"\n");
  EXPECT_EQ(read({"CONFIG", "SET", "maxmemory", "1mb", "requirepass", "p4ss", "masterauth", "p4ss"}),
            "CONFIG \"SET\", \"maxmemory\", \"1mb\", \"requirepass\", (secret), \"masterauth\", (secret)\n");
  EXPECT_EQ(read({"ACL", "SETUSER", "ada", "on", ">p4ss", "~*"}),
            "ACL \"SETUSER\", \"ada\", \"on\", (secret), \"~*\"\n");
  EXPECT_EQ(read({"MIGRATE", "h", "6379", "k", "0", "5", "AUTH2", "ada", "p4ss"}),
            "MIGRATE \"h\", \"6379\", \"k\", \"0\", \"5\", \"AUTH2\", \"ada\", (secret)\n");
  EXPECT_EQ(read({"AUTH"}), "AUTH\n");
  EXPECT_EQ(read({"HELLO", "3", "AUTH"}), "HELLO \"3\", \"AUTH\"\n");
}

TEST(RedisReplies, AreWhatAServerSends) {
  EXPECT_EQ(RedisReply("a\0b").wire(), "$1\r\na\r\n");
  EXPECT_EQ(RedisReply(std::string("a\0b", 3)).wire(), std::string("$3\r\na\0b\r\n", 9));
  EXPECT_EQ(RedisReply("").wire(), "$0\r\n\r\n");
  EXPECT_EQ(RedisReply(-7).wire(), ":-7\r\n");
  EXPECT_EQ(RedisReply(9223372036854775807LL).wire(), ":9223372036854775807\r\n");
  EXPECT_EQ(RedisReply(nullptr).wire(), "$-1\r\n");
  EXPECT_EQ(RedisReply::status("PONG").wire(), "+PONG\r\n");
  EXPECT_EQ(RedisReply::error("ERR two\r\nlines").wire(), "-ERR two  lines\r\n");
  EXPECT_EQ((RedisReply{"a", 1, nullptr, RedisReply{"b"}}).wire(), "*4\r\n$1\r\na\r\n:1\r\n$-1\r\n*1\r\n$1\r\nb\r\n");
  EXPECT_EQ(RedisReply(std::vector<RedisReply>()).wire(), "*0\r\n");
  const RedisReply one{RedisReply::status("OK")};
  EXPECT_EQ(one.wire(), "*1\r\n+OK\r\n") << "a list of one";
}

TEST(RedisReplies, AreThoseOfTheThirdProtocolToo) {
  EXPECT_EQ(RedisReply::real(2.5).wire(), ",2.5\r\n");
  EXPECT_EQ(RedisReply::real(0.1).wire(), ",0.1\r\n");
  EXPECT_EQ(RedisReply::real(1.0 / 3).wire(), ",0.3333333333333333\r\n");
  EXPECT_EQ(RedisReply::real(-HUGE_VAL).wire(), ",-inf\r\n");
  EXPECT_EQ(RedisReply::real(std::nan("")).wire(), ",nan\r\n");
  EXPECT_EQ(RedisReply::boolean(true).wire(), "#t\r\n");
  EXPECT_EQ(RedisReply::boolean(false).wire(), "#f\r\n");
  EXPECT_EQ(RedisReply::big_number("123456789012345678901").wire(), "(123456789012345678901\r\n");
  EXPECT_EQ(RedisReply::verbatim("txt", "two\nlines").wire(), "=13\r\ntxt:two\nlines\r\n");
  EXPECT_EQ(RedisReply::map({{"a", 1}, {2, {"b", nullptr}}}).wire(),
            "%2\r\n$1\r\na\r\n:1\r\n:2\r\n*2\r\n$1\r\nb\r\n$-1\r\n");
  EXPECT_EQ(RedisReply::attribute({{"ttl", 5}}).wire(), "|1\r\n$3\r\nttl\r\n:5\r\n");
  EXPECT_EQ(RedisReply::set({1, "a"}).wire(), "~2\r\n:1\r\n$1\r\na\r\n");
  EXPECT_EQ(RedisReply::set({}).wire(), "~0\r\n");
  EXPECT_EQ(RedisReply::push({"invalidate", {"k"}}).wire(), ">2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\nk\r\n");
}

} // namespace
