#include "counter.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/redis.hpp>
#include <tripwire/tripwire.hpp>

TEST(Counter, CountsVisitsOfAPage) {
  tripwire::redis.mock_connect("cache.example", 6379);
  tripwire::redis.mock_command("INCR", "visits:home").returns(7);

  long long count = 0;
  {
    tripwire::Sandbox sandbox;
    count = counter::visit("home");
  }
  tripwire::redis.assert_connect("cache.example", 6379);
  tripwire::redis.assert_command("INCR", "visits:home");
  EXPECT_EQ(count, 7);
}

TEST(Counter, KnowsNothingWhereTheServerIsAway) {
  tripwire::redis.mock_connect("cache.example", 6379);
  tripwire::redis.mock_command("INCR").fails(REDIS_ERR_EOF);

  long long count = 0;
  {
    tripwire::Sandbox sandbox;
    count = counter::visit("home");
  }
  tripwire::redis.assert_connect("cache.example", 6379);
  tripwire::redis.assert_command_failed(REDIS_ERR_EOF, "INCR", "visits:home");
  EXPECT_EQ(count, -1);
}
