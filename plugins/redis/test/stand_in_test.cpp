// Stand-ins are contexts of hiredis, and end as such.
#include "stand_in.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/time.h>

#include <string>

namespace {

using namespace tripwire::plugins::stand_in;

TEST(RedisStandIns, SayWhereTheyAreConnectedTo) {
  Ends ends = connected_ends();
  redisContext *context = open(ends, {"cache.example", 6380, {}}, Mode::blocking);
  ASSERT_NE(context, nullptr);
  EXPECT_EQ(context->err, 0);
  EXPECT_STREQ(context->errstr, "");
  EXPECT_STREQ(context->tcp.host, "cache.example");
  EXPECT_EQ(context->tcp.port, 6380);
  EXPECT_EQ(context->connection_type, REDIS_CONN_TCP);
  EXPECT_NE(context->flags & REDIS_BLOCK, 0);
  EXPECT_NE(context->flags & REDIS_CONNECTED, 0);
  EXPECT_EQ(redisSetTimeout(context, timeval{1, 0}), REDIS_OK);
  open_again(*context, std::move(connected_ends().program), Mode::blocking);
  EXPECT_STREQ(context->tcp.host, "cache.example");
  EXPECT_GE(context->fd, 0);
  redisFree(context);
}

TEST(RedisStandIns, OfUnixHaveAPath) {
  Ends ends = connected_ends();
  redisContext *context = open(ends, {"", 0, "/run/redis.sock"}, Mode::non_blocking);
  ASSERT_NE(context, nullptr);
  EXPECT_EQ(context->connection_type, REDIS_CONN_UNIX);
  EXPECT_STREQ(context->unix_sock.path, "/run/redis.sock");
  EXPECT_EQ(context->flags & REDIS_BLOCK, 0);
  char byte = 0;
  EXPECT_EQ(recv(context->fd, &byte, 1, 0), -1) << "it does not wait";
  redisFree(context);
}

TEST(RedisStandIns, OfEventsHaveNoErrorLeft) {
  Ends ends = connected_ends();
  redisAsyncContext *context = open_async(ends, {"cache.example", 6379, {}});
  ASSERT_NE(context, nullptr);
  EXPECT_EQ(context->err, 0);
  EXPECT_STREQ(context->errstr, "");
  EXPECT_STREQ(context->c.tcp.host, "cache.example");
  fail(*context, REDIS_ERR_OTHER, std::string(500, 'x'));
  EXPECT_EQ(context->err, REDIS_ERR_OTHER);
  EXPECT_EQ(std::string(context->errstr).size(), sizeof context->c.errstr - 1);
  redisAsyncFree(context);
}

TEST(RedisStandIns, RepliesAreMadeByTheFunctionsOfTheContext) {
  const Paper context = paper();
  ASSERT_NE(context, nullptr);
  auto *usual = static_cast<redisReply *>(reply(*context, "*2\r\n$1\r\na\r\n:5\r\n"));
  ASSERT_NE(usual, nullptr);
  EXPECT_EQ(usual->elements, 2U);
  EXPECT_EQ(usual->element[1]->integer, 5);
  EXPECT_EQ(error_in(*context, usual), "");
  freeReplyObject(usual);
  auto *error = static_cast<redisReply *>(reply(*context, "-ERR no\r\n"));
  EXPECT_EQ(error_in(*context, error), "ERR no");
  freeReplyObject(error);

  static redisReplyObjectFunctions own = *context->reader->fn;
  own.createInteger = [](const redisReadTask *, long long value) -> void * { return new long long(value); };
  own.freeObject = [](void *object) { delete static_cast<long long *>(object); };
  redisReplyObjectFunctions *const before = context->reader->fn;
  context->reader->fn = &own;
  void *made = reply(*context, ":42\r\n");
  ASSERT_NE(made, nullptr);
  EXPECT_EQ(*static_cast<long long *>(made), 42);
  EXPECT_EQ(error_in(*context, made), "") << "nobody knows what it is";
  own.freeObject(made);
  context->reader->fn = before;
}

TEST(RedisStandIns, WhatHiredisCannotReadIsAnErrorOfTheContext) {
  const Paper context = paper();
  ASSERT_NE(context, nullptr);
  EXPECT_EQ(reply(*context, "?\r\n"), nullptr);
  EXPECT_EQ(context->err, REDIS_ERR_PROTOCOL);
  EXPECT_STREQ(context->errstr, "Protocol error, got \"?\" as reply type byte");
}

} // namespace
