#include "cache.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/socket.hpp>
#include <tripwire/tripwire.hpp>

TEST(Cache, IsAliveWhenItAnswersAlsoToHalfAWrite) {
  tripwire::socket.new_session()
      .expect_connect("192.0.2.7", 6379)
      .expect_send("PING\r\n")
      .takes(4)
      .expect_send("\r\n")
      .expect_recv("+PONG\r\n")
      .expect_close();

  bool alive = false;
  {
    tripwire::Sandbox sandbox;
    alive = cache::is_alive("192.0.2.7", 6379);
  }
  tripwire::socket.assert_connect("192.0.2.7", 6379);
  tripwire::socket.assert_send("PING\r\n", 4, MSG_NOSIGNAL);
  tripwire::socket.assert_send("\r\n", tripwire::anything, MSG_NOSIGNAL);
  tripwire::socket.assert_recv(64, "+PONG\r\n");
  tripwire::socket.assert_close();
  EXPECT_TRUE(alive);
}

TEST(Cache, IsDeadWhenNobodyListens) {
  tripwire::socket.mock_connect("192.0.2.7", 6379).fails(ECONNREFUSED);

  bool alive = true;
  {
    tripwire::Sandbox sandbox;
    alive = cache::is_alive("192.0.2.7", 6379);
  }
  tripwire::socket.assert_connect_raised("192.0.2.7", 6379, ECONNREFUSED);
  EXPECT_FALSE(alive);
}
