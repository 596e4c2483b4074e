// What a test can say of a server, and assert of commands, over rewritten code in C++ and C; and over a real server.
#include "client.hpp"
#include "served.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/redis.hpp>
#include <tripwire/tripwire.hpp>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <thread>

namespace {

using client::Reply;
using tripwire::anything;
using tripwire::redis;
using Strings = std::vector<std::string>;

constexpr const char *host = "cache.example";
constexpr const char *here = served::host;

struct Served : ::testing::Environment {
  void SetUp() override { served::start(); }
};
[[maybe_unused]] const auto *served_to_all = ::testing::AddGlobalTestEnvironment(new Served);

/// A mocked connection.
client::Connection connected() {
  redis.mock_connect(host, 6379);
  return client::connect(host, 6379);
}

TEST(Redis, ACommandIsAnsweredAsTheTestSays) {
  redis.mock_command("get", "user:1").returns("Ada");
  redis.mock_command("SET", "user:1", std::string("B\0b", 3)).status("OK");
  redis.mock_command("INCRBY", "visits", 5).returns(12);
  redis.mock_command("GET", "nobody").returns(nullptr);
  redis.mock_command("GET", "list").error("WRONGTYPE Operation against a key holding the wrong kind of value");
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    ASSERT_NE(connection, nullptr);
    EXPECT_EQ(connection->err, 0);
    EXPECT_STREQ(connection->errstr, "");
    EXPECT_STREQ(connection->tcp.host, host);
    const Reply text = client::get(connection.get(), "user:1");
    EXPECT_EQ(text.type, REDIS_REPLY_STRING);
    EXPECT_EQ(text.text, "Ada");
    const Reply status = client::set(connection.get(), "user:1", std::string("B\0b", 3));
    EXPECT_EQ(status.type, REDIS_REPLY_STATUS);
    EXPECT_EQ(status.text, "OK");
    const Reply number = client::add(connection.get(), "visits", 5);
    EXPECT_EQ(number.type, REDIS_REPLY_INTEGER);
    EXPECT_EQ(number.integer, 12);
    EXPECT_EQ(client::get(connection.get(), "nobody").type, REDIS_REPLY_NIL);
    const Reply error = client::get(connection.get(), "list");
    EXPECT_EQ(error.type, REDIS_REPLY_ERROR);
    EXPECT_EQ(error.text, "WRONGTYPE Operation against a key holding the wrong kind of value");
    EXPECT_EQ(connection->err, 0) << "an error of the server is none of the connection";
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("GET", "user:1");
  redis.assert_command("SET", "user:1", std::string("B\0b", 3));
  redis.assert_command("INCRBY", "visits", 5);
  redis.assert_command("GET", tripwire::starts_with("no"));
  redis.assert_command_failed(tripwire::starts_with("WRONGTYPE "), "GET", "list");
}

TEST(Redis, RepliesAreNestedAsTheTestSays) {
  redis.mock_command("EXEC").returns({"a", 1, nullptr, redis.status("OK"), {redis.error("ERR no"), "b"}});
  redis.mock_command("KEYS").returns(std::vector<tripwire::plugins::RedisReply>());
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    const Reply reply = client::of_words(connection.get(), {"EXEC"});
    ASSERT_EQ(reply.elements.size(), 5U);
    EXPECT_EQ(reply.elements[0].text, "a");
    EXPECT_EQ(reply.elements[1].integer, 1);
    EXPECT_EQ(reply.elements[2].type, REDIS_REPLY_NIL);
    EXPECT_EQ(reply.elements[3].type, REDIS_REPLY_STATUS);
    ASSERT_EQ(reply.elements[4].elements.size(), 2U);
    EXPECT_EQ(reply.elements[4].elements[0].type, REDIS_REPLY_ERROR);
    const Reply none = client::of_words(connection.get(), {"KEYS", "*"});
    EXPECT_EQ(none.type, REDIS_REPLY_ARRAY);
    EXPECT_TRUE(none.elements.empty());
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("EXEC");
  redis.assert_command("KEYS", "*");
}

TEST(Redis, ArgumentsGoBeforeTheNameAlone) {
  redis.mock_command("GET").returns("any").always();
  redis.mock_command("GET", "k").returns("first");
  redis.mock_command("GET", "k").returns("second").times(2);
  redis.mock_command("GET", [](const std::string &key) { return key.size() == 2; }).returns("two letters");
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    for (const char *text : {"first", "second", "second", "any"})
      EXPECT_EQ(client::get(connection.get(), "k").text, text);
    EXPECT_EQ(client::get(connection.get(), "kk").text, "two letters");
    EXPECT_EQ(client::get(connection.get(), "kk").text, "any");
  }
  redis.assert_connect(host, 6379);
  for (const char *key : {"k", "k", "k", "k", "kk", "kk"})
    redis.assert_command("GET", key);
}

TEST(Redis, CommandsAreExpandedAsHiredisDoes) {
  redis.mock_command("SET").always();
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    client::formatted(connection.get(), "SET key:%s:%d %b%%", "a b", 7, "\0x", std::size_t(2));
    client::formatted(connection.get(), "SET %s %.2f", "", 0.5);
    EXPECT_EQ(client::wrong_format(connection.get()).type, 0);
    EXPECT_EQ(connection->err, REDIS_ERR_OTHER);
    EXPECT_STREQ(connection->errstr, "Invalid format string");
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("SET", "key:a b:7", std::string("\0x%", 3));
  redis.assert_command("SET", "", "0.50");
}

TEST(Redis, APipelineIsReadInItsOrder) {
  redis.mock_command("GET", "a").returns("1");
  redis.mock_command("GET", "b").error("ERR no");
  redis.mock_command("GET", "c").returns("3");
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    const auto replies = client::pipeline(connection.get(), {{"GET", "a"}, {"GET", "b"}, {"GET", "c"}});
    ASSERT_EQ(replies.size(), 3U);
    EXPECT_EQ(replies[0].text, "1");
    EXPECT_EQ(replies[1].type, REDIS_REPLY_ERROR);
    EXPECT_EQ(replies[2].text, "3");
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("GET", "a");
  redis.assert_command_failed("ERR no", "GET", "b");
  redis.assert_command("GET", "c");
}

TEST(Redis, ACommandBehindAPipelineGetsTheOldestReply) {
  redis.mock_command("GET", "a").returns("1").times(2);
  redis.mock_command("GET", "b").returns("2");
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    EXPECT_EQ(client::append(connection.get(), "a"), REDIS_OK);
    EXPECT_EQ(client::append_formatted(connection.get(), "*2\r\n$3\r\nGET\r\n$1\r\na\r\n"), REDIS_OK);
    EXPECT_EQ(client::get(connection.get(), "b").text, "1");
    EXPECT_EQ(client::skip(connection.get()), REDIS_OK);
    Reply reply;
    EXPECT_EQ(client::next(connection.get(), reply), REDIS_OK);
    EXPECT_EQ(reply.text, "2");
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("GET", "a");
  redis.assert_command("GET", "a");
  redis.assert_command("GET", "b");
}

TEST(Redis, MessagesOfASubscriptionAreReadOneByOne) {
  redis.mock_command("SUBSCRIBE", "news")
      .returns({"subscribe", "news", 1})
      .then({"message", "news", "hello"})
      .then({"message", "news", "again"});
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    EXPECT_EQ(client::of_words(connection.get(), {"SUBSCRIBE", "news"}).elements[0].text, "subscribe");
    Reply message;
    for (const char *text : {"hello", "again"}) {
      EXPECT_EQ(client::next(connection.get(), message), REDIS_OK);
      EXPECT_EQ(message.elements[2].text, text);
    }
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("SUBSCRIBE", "news");
}

TEST(Redis, AConnectionThatBreaksSaysSoUntilItIsMadeAgain) {
  redis.mock_command("GET").fails(REDIS_ERR_EOF);
  redis.mock_command("GET").fails(REDIS_ERR_IO);
  redis.mock_command("GET").fails(REDIS_ERR_OTHER, "out of luck");
  redis.mock_connect(host, 6379).times(3);
  redis.mock_connect(host, 6379).fails(REDIS_ERR_IO, "No route to host");
  {
    const tripwire::Sandbox sandbox;
    const auto connection = client::connect(host, 6379);
    EXPECT_EQ(client::get(connection.get(), "k").type, 0);
    EXPECT_EQ(connection->err, REDIS_ERR_EOF);
    EXPECT_STREQ(connection->errstr, "Server closed the connection");
    EXPECT_EQ(client::get(connection.get(), "k").type, 0) << "nothing is sent any more";
    EXPECT_TRUE(client::pipeline(connection.get(), {{"GET", "k"}}).empty());
    EXPECT_EQ(client::reconnect(connection.get()), REDIS_OK);
    EXPECT_EQ(connection->err, 0);
    errno = 0;
    EXPECT_EQ(client::get(connection.get(), "k").type, 0);
    EXPECT_EQ(errno, EAGAIN);
    EXPECT_EQ(connection->err, REDIS_ERR_IO);
    EXPECT_STREQ(connection->errstr, std::strerror(EAGAIN));
    EXPECT_EQ(client::reconnect(connection.get()), REDIS_OK);
    EXPECT_EQ(client::get(connection.get(), "k").type, 0);
    EXPECT_STREQ(connection->errstr, "out of luck");
    EXPECT_EQ(client::reconnect(connection.get()), REDIS_ERR);
    EXPECT_STREQ(connection->errstr, "No route to host");
  }
  redis.assert_connect(host, 6379);
  redis.assert_command_failed(REDIS_ERR_EOF, "GET", "k");
  redis.assert_connect(host, 6379);
  redis.assert_command_failed(REDIS_ERR_IO, "GET", "k");
  redis.assert_connect(host, 6379);
  redis.assert_command_failed(REDIS_ERR_OTHER, "GET", "k");
  redis.assert_connect_failed(REDIS_ERR_IO, host, 6379);
}

TEST(Redis, EachWayToConnectIsAnswered) {
  redis.mock_connect(anything, tripwire::greater_than(6000)).times(2);
  redis.mock_connect_unix("/run/redis.sock").times(2);
  redis.mock_connect("away", 1).fails(REDIS_ERR_IO);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::connect("one", 6379)->err, 0);
    const auto within = client::connect_within("two", 6380, 5);
    EXPECT_EQ(within->err, 0);
    EXPECT_EQ(client::keep_alive(within.get()), REDIS_OK);
    const auto by_unix = client::connect_unix("/run/redis.sock");
    EXPECT_EQ(by_unix->connection_type, REDIS_CONN_UNIX);
    EXPECT_GE(fcntl(by_unix->fd, F_GETFD), 0) << "a descriptor that is open";
    EXPECT_EQ(client::connect_unix_within("/run/redis.sock", 1)->err, 0);
    errno = 0;
    const auto away = client::connect("away", 1);
    EXPECT_EQ(errno, ECONNREFUSED);
    EXPECT_EQ(away->err, REDIS_ERR_IO);
    EXPECT_STREQ(away->errstr, "Connection refused");
  }
  redis.assert_connect("one", 6379);
  redis.assert_connect(tripwire::contains("w"), 6380);
  redis.assert_connect_unix("/run/redis.sock");
  redis.assert_connect_unix(tripwire::ends_with(".sock"));
  redis.assert_connect_failed(REDIS_ERR_IO, "away", 1);
}

TEST(Redis, AConnectionThatDoesNotBlockIsReadWhenItsReplyIsThere) {
  redis.mock_connect(host, 6379).times(2);
  redis.mock_command("GET", "k").returns("v");
  redis.mock_command("GET", "gone").fails(REDIS_ERR_EOF);
  {
    const tripwire::Sandbox sandbox;
    const auto connection = client::connect_non_block(host, 6379);
    EXPECT_EQ(client::append(connection.get(), "k"), REDIS_OK);
    EXPECT_EQ(client::wait(connection.get()).text, "v");
    EXPECT_EQ(client::get(connection.get(), "gone").type, 0) << "redisCommand does not wait";
    EXPECT_EQ(connection->err, 0);
    EXPECT_EQ(client::wait(connection.get()).type, 0);
    EXPECT_EQ(connection->err, REDIS_ERR_EOF);
    EXPECT_EQ(client::reconnect(connection.get()), REDIS_OK);
    EXPECT_EQ(connection->flags & REDIS_BLOCK, 0);
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("GET", "k");
  redis.assert_command_failed(REDIS_ERR_EOF, "GET", "gone");
  redis.assert_connect(host, 6379);
}

TEST(Redis, AnAnswerMayBeOfOneServerOnly) {
  redis.mock_connect(anything, anything).times(2);
  redis.mock_command("GET", "k").returns("of two").on("two", 6379);
  redis.mock_command("GET", "k").returns("of one").on("one", 6379);
  {
    const tripwire::Sandbox sandbox;
    const auto one = client::connect("one", 6379);
    const auto two = client::connect("two", 6379);
    EXPECT_EQ(client::get(one.get(), "k").text, "of one");
    EXPECT_EQ(client::get(two.get(), "k").text, "of two");
  }
  redis.assert_connect("one", 6379);
  redis.assert_connect("two", 6379);
  redis.assert_command("GET", "k");
  redis.assert_command("GET", "k");
}

TEST(Redis, CodeInCIsAnswered) {
  redis.mock_connect(host, 6379).times(2);
  redis.mock_command("INCR", "visits:home").returns(3);
  redis.mock_command("INCR", "visits:away").fails(REDIS_ERR_EOF);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(c_visits(host, 6379, "home"), 3);
    EXPECT_EQ(c_visits(host, 6379, "away"), -1);
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("INCR", "visits:home");
  redis.assert_connect(host, 6379);
  redis.assert_command_failed(REDIS_ERR_EOF, "INCR", "visits:away");
}

// 64
TEST(Redis, APasswordIsMatchedByAnythingOnly) {
  redis.mock_command("AUTH", "ada", anything);
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    EXPECT_EQ(client::of_words(connection.get(), {"AUTH", "ada", "p4ss"}).text, "OK");
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("AUTH", "ada", anything);
}

constexpr client::Loop loops[] = {client::Loop::libevent, client::Loop::libuv};

TEST(Redis, CallbacksGetTheRepliesByTheEventLoop) {
  for (const client::Loop loop : loops) {
    redis.mock_connect(host, 6379);
    redis.mock_command("SET", "k", "v");
    redis.mock_command("GET", "k").returns(std::string(100000, 'x'));
    redis.mock_command("GET", "list").error("WRONGTYPE no");
    client::Heard heard;
    {
      const tripwire::Sandbox sandbox;
      heard = client::by_events(host, 6379, {{"SET", "k", "v"}, {"GET", "k"}, {"GET", "list"}}, loop);
    }
    redis.assert_connect(host, 6379);
    redis.assert_command("SET", "k", "v");
    redis.assert_command("GET", "k");
    redis.assert_command_failed("WRONGTYPE no", "GET", "list");
    EXPECT_EQ(heard.connected, REDIS_OK);
    EXPECT_EQ(heard.disconnected, REDIS_OK);
    ASSERT_EQ(heard.replies.size(), 3U);
    EXPECT_EQ(heard.replies[0].text, "OK");
    EXPECT_EQ(heard.replies[1].text, std::string(100000, 'x'));
    EXPECT_EQ(heard.replies[2].type, REDIS_REPLY_ERROR);
  }
}

TEST(Redis, WhatIsUnderWayIsAnsweredBeforeAConnectionOfEventsEnds) {
  for (const client::Loop loop : loops) {
    redis.mock_connect(host, 6379);
    redis.mock_command("INCR", "a").returns(1);
    redis.mock_command("INCR", "b").returns(2);
    redis.pass_through();
    client::Heard mocked;
    client::Heard real;
    {
      const tripwire::Sandbox sandbox;
      mocked = client::leave_at_once(host, 6379, {{"INCR", "a"}, {"INCR", "b"}}, loop);
      real = client::leave_at_once(here, served::port, {{"SET", "a", "1"}, {"GET", "a"}}, loop);
    }
    redis.assert_connect(host, 6379);
    redis.assert_command("INCR", "a");
    redis.assert_command("INCR", "b");
    redis.assert_connect(here, served::port);
    redis.assert_command("SET", "a", 1);
    redis.assert_command("GET", "a");
    EXPECT_EQ(mocked.disconnected, REDIS_OK);
    ASSERT_EQ(mocked.replies.size(), 2U);
    EXPECT_EQ(mocked.replies[1].integer, 2);
    EXPECT_EQ(real.disconnected, REDIS_OK);
    ASSERT_EQ(real.replies.size(), 2U);
    EXPECT_EQ(real.replies[1].text, "1");
  }
}

/// A transaction, as the program sends it in one go.
const std::vector<Strings> transaction = {{"MULTI"}, {"INCR", "t"},     {"DISCARD"},
                                          {"MULTI"}, {"SET", "t", "1"}, {"EXEC"}};

void expect_transaction(const std::vector<Reply> &replies) {
  ASSERT_EQ(replies.size(), 6U);
  EXPECT_EQ(replies[0].text, "OK");
  EXPECT_EQ(replies[1].text, "QUEUED");
  EXPECT_EQ(replies[2].text, "OK");
  EXPECT_EQ(replies[4].type, REDIS_REPLY_STATUS);
  EXPECT_EQ(replies[4].text, "QUEUED");
  ASSERT_EQ(replies[5].elements.size(), 1U);
  EXPECT_EQ(replies[5].elements[0].text, "OK");
}

void assert_transaction() {
  redis.assert_command("MULTI");
  redis.assert_command("INCR", "t");
  redis.assert_command("DISCARD");
  redis.assert_command("MULTI");
  redis.assert_command("SET", "t", 1);
  redis.assert_command("EXEC");
}

TEST(Redis, ATransactionIsAnsweredCommandByCommand) {
  redis.mock_connect(host, 6379).times(2);
  redis.mock_command("MULTI").times(4);
  redis.mock_command("INCR", "t").status("QUEUED").times(2);
  redis.mock_command("DISCARD").times(2);
  redis.mock_command("SET", "t", 1).status("QUEUED").times(2);
  redis.mock_command("EXEC").returns({redis.status("OK")}).times(2);
  {
    const tripwire::Sandbox sandbox;
    expect_transaction(client::pipeline(client::connect(host, 6379).get(), transaction));
    expect_transaction(client::by_events(host, 6379, transaction).replies);
  }
  redis.assert_connect(host, 6379);
  assert_transaction();
  redis.assert_connect(host, 6379);
  assert_transaction();
}

TEST(Redis, ARealTransactionIsRecordedCommandByCommand) {
  redis.pass_through();
  {
    const tripwire::Sandbox sandbox;
    expect_transaction(client::pipeline(client::connect(here, served::port).get(), transaction));
    expect_transaction(client::by_events(here, served::port, transaction).replies);
  }
  redis.assert_connect(here, served::port);
  assert_transaction();
  redis.assert_connect(here, served::port);
  assert_transaction();
}

TEST(Redis, ACommandThatWaitsForTheServerIsAnsweredAtOnce) {
  redis.mock_connect(host, 6379);
  redis.mock_command("BLPOP", "jobs", 30).returns({"jobs", "one"});
  redis.mock_command("BLPOP", "jobs", 30).returns(nullptr);
  redis.pass_through();
  {
    const tripwire::Sandbox sandbox;
    const auto mocked = client::connect(host, 6379);
    EXPECT_EQ(client::set_timeout(mocked.get(), 1), REDIS_OK);
    EXPECT_EQ(client::of_words(mocked.get(), {"BLPOP", "jobs", "30"}).elements.at(1).text, "one");
    EXPECT_EQ(client::of_words(mocked.get(), {"BLPOP", "jobs", "30"}).type, REDIS_REPLY_NIL);
    const auto real = client::connect(here, served::port);
    EXPECT_EQ(client::set_timeout(real.get(), 5), REDIS_OK);
    client::of_words(real.get(), {"RPUSH", "jobs", "two"});
    EXPECT_EQ(client::of_words(real.get(), {"BLPOP", "jobs", "30"}).elements.at(1).text, "two");
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("BLPOP", "jobs", 30);
  redis.assert_command("BLPOP", "jobs", 30);
  redis.assert_connect(here, served::port);
  redis.assert_command("RPUSH", "jobs", "two");
  redis.assert_command("BLPOP", "jobs", 30);
}

TEST(Redis, AReplyMayBeWaitedForAtTheDescriptor) {
  redis.mock_connect(host, 6379).times(2);
  redis.mock_command("GET", "k").returns("v").times(3);
  redis.mock_command("GET", "k").returns("mocked").on(here, served::port);
  redis.mock_command("GET", "gone").fails(REDIS_ERR_EOF);
  redis.pass_through();
  {
    const tripwire::Sandbox sandbox;
    const auto connection = client::connect(host, 6379);
    EXPECT_EQ(client::append(connection.get(), "k"), REDIS_OK);
    EXPECT_EQ(client::append_of(connection.get(), "GET %s", "k"), REDIS_OK);
    EXPECT_EQ(client::wait_for_descriptor(connection.get()).text, "v");
    EXPECT_EQ(client::wait_for_descriptor(connection.get()).text, "v");
    EXPECT_EQ(client::append(connection.get(), "k"), REDIS_OK);
    EXPECT_EQ(client::wait(connection.get()).text, "v");
    EXPECT_EQ(client::append(connection.get(), "gone"), REDIS_OK);
    EXPECT_EQ(client::wait(connection.get()).type, 0);
    EXPECT_EQ(connection->err, REDIS_ERR_EOF);
    EXPECT_EQ(client::reconnect(connection.get()), REDIS_OK);
    EXPECT_EQ(client::set_timeout(connection.get(), 1), REDIS_OK);
    const auto real = client::connect(here, served::port);
    EXPECT_EQ(client::append_of(real.get(), "ECHO %s", "e"), REDIS_OK);
    EXPECT_EQ(client::append_of(real.get(), "ECHO"), REDIS_OK);
    EXPECT_EQ(client::append(real.get(), "k"), REDIS_OK);
    EXPECT_EQ(client::wait(real.get()).text, "e");
    EXPECT_EQ(client::wait(real.get()).type, REDIS_REPLY_ERROR);
    EXPECT_EQ(client::wait(real.get()).text, "mocked");
  }
  redis.assert_connect(host, 6379);
  for (int count = 0; count < 3; ++count)
    redis.assert_command("GET", "k");
  redis.assert_command_failed(REDIS_ERR_EOF, "GET", "gone");
  redis.assert_connect(host, 6379);
  redis.assert_connect(here, served::port);
  redis.assert_command("ECHO", "e");
  redis.assert_command_failed(tripwire::starts_with("ERR wrong number of arguments"), "ECHO");
  redis.assert_command("GET", "k");
}

TEST(Redis, ADescriptorOfTheProgramIsTakenAsItIs) {
  redis.mock_connect_unix("/run/redis.sock");
  redis.mock_command("TIME").returns({"1700000000", "0"});
  redis.pass_through();
  {
    const tripwire::Sandbox sandbox;
    const auto connection = client::connect_over(client::plain_socket(served::socket));
    EXPECT_EQ(client::of_words(connection.get(), {"ECHO", "a"}).text, "a");
    EXPECT_EQ(client::of_words(connection.get(), {"TIME"}).elements.at(0).text, "1700000000");
    const int left = client::free_but_descriptor(client::connect_unix("/run/redis.sock"));
    EXPECT_GE(fcntl(left, F_GETFD), 0) << "it is the program's now";
    close(left);
  }
  redis.assert_command("ECHO", "a");
  redis.assert_command("TIME");
  redis.assert_connect_unix("/run/redis.sock");
}

TEST(Redis, ASubscriptionHearsItsMessages) {
  redis.mock_connect(host, 6379);
  redis.mock_command("SUBSCRIBE", "news").returns({"subscribe", "news", 1}).then({"message", "news", "hello"});
  client::Heard heard;
  {
    const tripwire::Sandbox sandbox;
    heard = client::listen(host, 6379, "news", 2);
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("SUBSCRIBE", "news");
  ASSERT_GE(heard.replies.size(), 2U);
  EXPECT_EQ(heard.replies[1].elements.at(2).text, "hello");
}

TEST(Redis, ARealSubscriptionHearsWhatIsPublished) {
  redis.pass_through();
  client::Heard heard;
  {
    const tripwire::Sandbox sandbox;
    heard = client::listen(here, served::port, "news", 2, [] {
      client::of_words(client::connect(here, served::port).get(), {"PUBLISH", "news", "hello"});
    });
  }
  redis.assert_connect(here, served::port);
  redis.assert_command("SUBSCRIBE", "news");
  redis.assert_connect(here, served::port);
  redis.assert_command("PUBLISH", "news", "hello");
  ASSERT_GE(heard.replies.size(), 2U);
  EXPECT_EQ(heard.replies[1].elements.at(2).text, "hello");
}

TEST(Redis, AFormatOfAConnectionOfEventsIsExpanded) {
  redis.mock_connect(host, 6379);
  redis.mock_command("SET", "a b", std::string("\0x", 2), 7);
  redis.pass_through();
  client::Heard mocked;
  client::Heard real;
  {
    const tripwire::Sandbox sandbox;
    mocked = client::by_events_of(host, 6379, "SET %s %b %d", "a b", "\0x", std::size_t(2), 7);
    real = client::by_events_of(here, served::port, "ECHO %b", "\0x", std::size_t(2));
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("SET", "a b", std::string("\0x", 2), 7);
  redis.assert_connect(here, served::port);
  redis.assert_command("ECHO", std::string("\0x", 2));
  ASSERT_EQ(mocked.replies.size(), 1U);
  EXPECT_EQ(mocked.replies[0].text, "OK");
  ASSERT_EQ(real.replies.size(), 1U);
  EXPECT_EQ(real.replies[0].text, std::string("\0x", 2));
}

TEST(Redis, AConnectionOfEventsBreaksAsTheTestSays) {
  for (const auto &[code, text] : std::vector<std::pair<int, const char *>>{
           {REDIS_ERR_EOF, "Server closed the connection"},
           {REDIS_ERR_PROTOCOL, "Protocol error, got \"?\" as reply type byte"}}) {
    redis.mock_connect_unix("/run/redis.sock");
    redis.mock_command("GET", "k").fails(code);
    client::Heard heard;
    {
      const tripwire::Sandbox sandbox;
      heard = client::by_events_unix("/run/redis.sock", "k");
    }
    redis.assert_connect_unix("/run/redis.sock");
    redis.assert_command_failed(code, "GET", "k");
    EXPECT_EQ(heard.connected, REDIS_OK);
    EXPECT_EQ(heard.disconnected, REDIS_ERR);
    EXPECT_EQ(heard.error, code);
    EXPECT_EQ(heard.error_text, text);
    ASSERT_EQ(heard.replies.size(), 1U);
    EXPECT_EQ(heard.replies[0].type, 0);
  }
}

TEST(Redis, AConnectionOfEventsMayNotBeMade) {
  redis.mock_connect(host, 6379).fails(REDIS_ERR_IO);
  client::Heard heard;
  {
    const tripwire::Sandbox sandbox;
    heard = client::by_events(host, 6379, {{"PING"}});
  }
  redis.assert_connect_failed(REDIS_ERR_IO, host, 6379);
  EXPECT_EQ(heard.error, REDIS_ERR_IO);
  EXPECT_EQ(heard.error_text, "Connection refused");
}

// 25
TEST(Redis, WhatPassesThroughReachesTheServer) {
  redis.pass_through();
  {
    const tripwire::Sandbox sandbox;
    const auto connection = client::connect(here, served::port);
    ASSERT_EQ(connection->err, 0) << connection->errstr;
    EXPECT_EQ(client::set(connection.get(), "k", "v").text, "OK");
    EXPECT_EQ(client::get(connection.get(), "k").text, "v");
    EXPECT_EQ(client::add(connection.get(), "k", 1).type, REDIS_REPLY_ERROR);
    const auto replies = client::pipeline(connection.get(), {{"SET", "n", "5"}, {"INCR", "k"}, {"INCR", "n"}});
    ASSERT_EQ(replies.size(), 3U);
    EXPECT_EQ(replies[2].integer, 6);
    EXPECT_EQ(client::of_words(client::connect_unix(served::socket).get(), {"GET", "k"}).text, "v");
    EXPECT_EQ(client::reconnect(connection.get()), REDIS_OK);
    EXPECT_EQ(c_visits(here, served::port, "home"), 1);
  }
  constexpr const char *no_number = "ERR value is not an integer or out of range";
  redis.assert_connect(here, served::port);
  redis.assert_command("SET", "k", "v");
  redis.assert_command("GET", "k");
  redis.assert_command_failed(no_number, "INCRBY", "k", 1);
  redis.assert_command("SET", "n", 5);
  redis.assert_command_failed(no_number, "INCR", "k");
  redis.assert_command("INCR", "n");
  redis.assert_connect_unix(served::socket);
  redis.assert_command("GET", "k");
  redis.assert_connect(here, served::port);
  redis.assert_connect(here, served::port);
  redis.assert_command("INCR", "visits:home");
}

TEST(Redis, OneCommandOfARealConnectionMayBeAnswered) {
  redis.pass_through();
  redis.mock_command("TIME").returns({"1700000000", "0"});
  {
    const tripwire::Sandbox sandbox;
    const auto connection = client::connect(here, served::port);
    const auto replies = client::pipeline(connection.get(), {{"ECHO", "a"}, {"TIME"}, {"ECHO", "b"}});
    ASSERT_EQ(replies.size(), 3U);
    EXPECT_EQ(replies[0].text, "a");
    EXPECT_EQ(replies[1].elements.at(0).text, "1700000000");
    EXPECT_EQ(replies[2].text, "b");
  }
  redis.assert_connect(here, served::port);
  redis.assert_command("ECHO", "a");
  redis.assert_command("TIME");
  redis.assert_command("ECHO", "b");
}

TEST(Redis, CallbacksHearARealServer) {
  for (const client::Loop loop : loops) {
    redis.pass_through();
    client::Heard heard;
    client::Heard by_unix;
    {
      const tripwire::Sandbox sandbox;
      heard = client::by_events(here, served::port, {{"SET", "k", "w"}, {"GET", "k"}}, loop);
      by_unix = client::by_events_unix(served::socket, "k");
    }
    redis.assert_connect(here, served::port);
    redis.assert_command("SET", "k", "w");
    redis.assert_command("GET", "k");
    redis.assert_connect_unix(served::socket);
    redis.assert_command("GET", "k");
    ASSERT_EQ(heard.replies.size(), 2U);
    EXPECT_EQ(heard.replies[1].text, "w");
    EXPECT_EQ(heard.disconnected, REDIS_OK);
    ASSERT_EQ(by_unix.replies.size(), 1U);
    EXPECT_EQ(by_unix.replies[0].text, "w");
  }
}

TEST(Redis, ARealConnectionThatIsRefusedSaysSo) {
  redis.pass_through();
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::connect_unix("/nonexistent/redis.sock")->err, REDIS_ERR_IO);
  }
  redis.assert_connect_unix_failed(REDIS_ERR_IO, "/nonexistent/redis.sock");
}

// 45, 49
TEST(Redis, ARuleForTheServerCoversItsCommands) {
  const auto permit = tripwire::allow("redis://127.82.101.100:6379");
  const auto outside = client::connect(here, served::port);
  EXPECT_EQ(client::of_words(outside.get(), {"PING"}).text, "PONG");
  const tripwire::Sandbox sandbox;
  const auto connection = client::connect(here, served::port);
  EXPECT_EQ(client::of_words(connection.get(), {"PING"}).text, "PONG");
  EXPECT_EQ(client::get(outside.get(), "nothing").type, REDIS_REPLY_NIL);
}

/// What the tests have set up is real: the guard is not on there.
class RedisFixture : public ::testing::Test {
protected:
  RedisFixture() : connection_(client::connect(here, served::port)) {
    client::of_words(connection_.get(), {"SELECT", "3"});
    client::set(connection_.get(), "k", "of the fixture");
  }
  client::Connection connection_;
};

// 42, 44
TEST_F(RedisFixture, RulesSeeTheDatabaseThatWasSelected) {
  const auto permit = tripwire::allow(tripwire::M("redis").field("db", "3").field("command", "get"));
  EXPECT_EQ(client::get(connection_.get(), "k").text, "of the fixture");
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(client::get(connection_.get(), "k").text, "of the fixture");
}

#ifdef REDIS_OPT_NONBLOCK // since hiredis 1.0

TEST(Redis, OptionsOfAConnectionAreKept) {
  redis.mock_connect(host, 6379).times(2);
  redis.mock_connect_unix("/run/redis.sock").times(2);
  redis.mock_command("PING").status("PONG").times(3);
  redis.pass_through();
  {
    const tripwire::Sandbox sandbox;
    const auto blocking = client::connect_with(host, 6379, nullptr, 0, nullptr);
    EXPECT_EQ(blocking->command_timeout->tv_sec, 1);
    EXPECT_EQ(client::of_words(blocking.get(), {"PING"}).text, "PONG");
    EXPECT_EQ(client::keep_alive_each(blocking.get(), 5), REDIS_OK);
    EXPECT_EQ(client::user_timeout(blocking.get(), 5), REDIS_OK);
    const auto by_unix = client::connect_with(nullptr, 0, "/run/redis.sock", REDIS_OPT_NONBLOCK, nullptr);
    EXPECT_EQ(by_unix->flags & REDIS_BLOCK, 0);
    EXPECT_STREQ(by_unix->unix_sock.path, "/run/redis.sock");
    const auto real = client::connect_with(nullptr, 0, served::socket, 0, nullptr);
    EXPECT_EQ(client::of_words(real.get(), {"ECHO", "e"}).text, "e");
    const auto heard = client::by_events_with(host, 6379, nullptr, {{"PING"}}, nullptr);
    ASSERT_EQ(heard.replies.size(), 1U);
    EXPECT_EQ(heard.replies[0].text, "PONG");
    EXPECT_EQ(client::by_events_with(nullptr, 0, "/run/redis.sock", {{"PING"}}, nullptr).replies.at(0).text, "PONG");
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("PING");
  redis.assert_connect_unix("/run/redis.sock");
  redis.assert_connect_unix(served::socket);
  redis.assert_command("ECHO", "e");
  redis.assert_connect(host, 6379);
  redis.assert_command("PING");
  redis.assert_connect_unix("/run/redis.sock");
  redis.assert_command("PING");
}

TEST(Redis, RepliesAreOfEachTypeOfTheThirdProtocol) {
  redis.mock_command("HGETALL").returns(redis.map({{"a", 1}, {"b", {redis.boolean(true), nullptr}}}));
  redis.mock_command("SMEMBERS").returns(redis.set({"x", redis.real(2.5)}));
  redis.mock_command("LOLWUT").returns(redis.verbatim("txt", "Redis"));
  redis.mock_command("DEBUG").returns(redis.big_number("123456789012345678901234567890"));
  redis.mock_command("EXISTS").returns(redis.boolean(false));
  redis.mock_command("INCRBYFLOAT").returns(redis.real(0.1));
  redis.mock_command("OBJECT").returns(redis.attribute({{"ttl", 5}}));
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    const Reply map = client::of_words(connection.get(), {"HGETALL"});
    EXPECT_EQ(map.type, REDIS_REPLY_MAP);
    ASSERT_EQ(map.elements.size(), 4U);
    EXPECT_EQ(map.elements[2].text, "b");
    EXPECT_EQ(map.elements[3].elements.at(0).type, REDIS_REPLY_BOOL);
    EXPECT_EQ(map.elements[3].elements.at(0).integer, 1);
    EXPECT_EQ(map.elements[3].elements.at(1).type, REDIS_REPLY_NIL);
    const Reply set = client::of_words(connection.get(), {"SMEMBERS"});
    EXPECT_EQ(set.type, REDIS_REPLY_SET);
    EXPECT_EQ(set.elements.at(1).real, 2.5);
    const Reply verbatim = client::of_words(connection.get(), {"LOLWUT"});
    EXPECT_EQ(verbatim.type, REDIS_REPLY_VERB);
    EXPECT_EQ(verbatim.text, "txt:Redis");
    const Reply big = client::of_words(connection.get(), {"DEBUG"});
    EXPECT_EQ(big.type, REDIS_REPLY_BIGNUM);
    EXPECT_EQ(big.text, "123456789012345678901234567890");
    const Reply no = client::of_words(connection.get(), {"EXISTS"});
    EXPECT_EQ(no.type, REDIS_REPLY_BOOL);
    EXPECT_EQ(no.integer, 0);
    const Reply real = client::of_words(connection.get(), {"INCRBYFLOAT"});
    EXPECT_EQ(real.type, REDIS_REPLY_DOUBLE);
    EXPECT_EQ(real.real, 0.1);
    EXPECT_EQ(real.text, "0.1");
    EXPECT_EQ(client::of_words(connection.get(), {"OBJECT"}).type, REDIS_REPLY_ATTR);
  }
  redis.assert_connect(host, 6379);
  for (const char *name : {"HGETALL", "SMEMBERS", "LOLWUT", "DEBUG", "EXISTS", "INCRBYFLOAT", "OBJECT"})
    redis.assert_command(name);
}

TEST(Redis, WhatIsPushedReachesTheCallbackForIt) {
  redis.mock_connect(host, 6379).times(2);
  redis.mock_command("GET", "k").returns("v").then(redis.push({"invalidate", {"k"}}));
  redis.mock_command("GET", "l").returns("w");
  redis.mock_command("HELLO", 3).returns(redis.map({{"proto", 3}})).then(redis.push({"invalidate", {"m"}}));
  redis.mock_command("GET", "m").returns("x");
  client::Pushed pushed;
  client::Pushed by_events;
  client::Heard heard;
  {
    const tripwire::Sandbox sandbox;
    const auto connection = client::connect_with(host, 6379, nullptr, 0, &pushed);
    EXPECT_EQ(client::get(connection.get(), "k").text, "v");
    EXPECT_TRUE(pushed.messages.empty());
    EXPECT_EQ(client::get(connection.get(), "l").text, "w");
    heard = client::by_events_with(host, 6379, nullptr, {{"HELLO", "3"}, {"GET", "m"}}, &by_events);
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("GET", "k");
  redis.assert_command("GET", "l");
  redis.assert_connect(host, 6379);
  redis.assert_command("HELLO", 3);
  redis.assert_command("GET", "m");
  ASSERT_EQ(pushed.messages.size(), 1U);
  EXPECT_EQ(pushed.messages[0].type, REDIS_REPLY_PUSH);
  EXPECT_EQ(pushed.messages[0].elements.at(1).elements.at(0).text, "k");
  ASSERT_EQ(by_events.messages.size(), 1U);
  EXPECT_EQ(by_events.messages[0].elements.at(1).elements.at(0).text, "m");
  ASSERT_EQ(heard.replies.size(), 2U);
  EXPECT_EQ(heard.replies[0].type, REDIS_REPLY_MAP);
  EXPECT_EQ(heard.replies[1].text, "x");
}

#endif

// 17
TEST(Redis, ErrnoStays) {
  redis.mock_command("GET").returns("v");
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    errno = ENOENT;
    client::get(connection.get(), "k");
    EXPECT_EQ(errno, ENOENT);
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("GET", "k");
}

// 35
TEST(Redis, AThreadSpeaksToTheServerOfItsTest) {
  redis.mock_command("GET", "k").returns("v");
  {
    const tripwire::Sandbox sandbox;
    const auto connection = connected();
    std::thread([&] { EXPECT_EQ(client::get(connection.get(), "k").text, "v"); }).join();
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("GET", "k");
}

// 38
TEST(Redis, WhatAForkedChildAsksIsAsserted) {
  redis.mock_connect(host, 6379);
  redis.mock_command("INCR", "visits:home").returns(5);
  {
    const tripwire::Sandbox sandbox;
    const pid_t child = fork();
    if (child == 0)
      _exit(static_cast<int>(client::visits(host, 6379, "home")));
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 5);
  }
  redis.assert_connect(host, 6379);
  redis.assert_command("INCR", "visits:home");
}

// 34
TEST(Redis, TestsThatRunAtTheSameTimeHaveServersOfTheirOwn) {
  const auto run = [](const char *name) {
    tripwire::Verifier verifier;
    for (int count = 0; count < 50; ++count) {
      redis.mock_connect(name, 6379);
      redis.mock_command("GET", "name").returns(name);
      {
        const tripwire::Sandbox sandbox;
        const auto connection = client::connect(name, 6379);
        EXPECT_EQ(client::get(connection.get(), "name").text, name);
      }
      redis.assert_connect(name, 6379);
      redis.assert_command("GET", "name");
    }
    verifier.verify_all();
  };
  std::thread one([&] { run("one"); });
  std::thread other([&] { run("other"); });
  one.join();
  other.join();
}

} // namespace
