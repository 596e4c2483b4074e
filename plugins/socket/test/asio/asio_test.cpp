// Programs of Boost.Asio meet what the test says: their calls of the kernel stand in its headers.
#include <gtest/gtest.h>

#include <tripwire/plugins/socket.hpp>
#include <tripwire/tripwire.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <string>

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;
using tripwire::anything;
using tripwire::socket;

tcp::endpoint cache() { return {asio::ip::make_address("192.0.2.7"), 6379}; }

/// Sends a line, and says what line came back; or the error.
std::string ask(const std::string &line) {
  asio::io_context context;
  tcp::socket connection(context);
  error_code error;
  connection.connect(cache(), error);
  if (error)
    return error.message();
  asio::write(connection, asio::buffer(line));
  std::string answer;
  asio::read_until(connection, asio::dynamic_buffer(answer), '\n', error);
  return error ? error.message() : answer;
}

/// The same, by callbacks.
std::string ask_later(const std::string &line) {
  asio::io_context context;
  tcp::socket connection(context);
  std::string answer;
  connection.async_connect(cache(), [&](const error_code &refused) {
    if (refused) {
      answer = refused.message();
      return;
    }
    asio::async_write(connection, asio::buffer(line), [&](const error_code &unsent, std::size_t) {
      if (unsent)
        answer = unsent.message();
      else
        asio::async_read_until(connection, asio::dynamic_buffer(answer), '\n', [](const error_code &, std::size_t) {});
    });
  });
  context.run();
  return answer;
}

TEST(Asio, AClientThatWaitsForEachStep) {
  socket.mock_connect("192.0.2.7", 6379).expect_send("PING\n").expect_recv("PO").expect_recv("NG\n").expect_close();
  socket.mock_connect("192.0.2.7", 6379).fails(ECONNREFUSED);
  std::string answer;
  std::string refused;
  {
    const tripwire::Sandbox sandbox;
    answer = ask("PING\n");
    refused = ask("PING\n");
  }
  EXPECT_EQ(answer, "PONG\n");
  EXPECT_EQ(refused, "Connection refused");
  socket.assert_connect("192.0.2.7", 6379);
  socket.assert_send("PING\n", anything, MSG_NOSIGNAL);
  socket.assert_recv(anything, "PO");
  socket.assert_recv(anything, "NG\n");
  socket.assert_close();
  socket.assert_connect_raised("192.0.2.7", 6379, ECONNREFUSED);
}

TEST(Asio, AClientOfCallbacks) {
  socket.mock_connect("192.0.2.7", 6379)
      .in_progress()
      .expect_send("PING\n")
      .takes(2)
      .expect_send("NG\n")
      .fails(EAGAIN)
      .expect_send("NG\n")
      .expect_recv("PO")
      .expect_recv("NG\n")
      .expect_close();
  socket.mock_connect("192.0.2.7", 6379).in_progress(ETIMEDOUT).expect_close();
  std::string answer;
  std::string late;
  {
    const tripwire::Sandbox sandbox;
    answer = ask_later("PING\n");
    late = ask_later("PING\n");
  }
  EXPECT_EQ(answer, "PONG\n");
  EXPECT_EQ(late, "Connection timed out");
  socket.assert_connect_raised("192.0.2.7", 6379, EINPROGRESS);
  socket.assert_send("PING\n", 2, MSG_NOSIGNAL);
  socket.assert_send_raised("NG\n", EAGAIN, MSG_NOSIGNAL);
  socket.assert_send("NG\n", anything, MSG_NOSIGNAL);
  socket.assert_recv(anything, "PO");
  socket.assert_recv(anything, "NG\n");
  socket.assert_close();
  socket.assert_connect_raised("192.0.2.7", 6379, EINPROGRESS);
  socket.assert_close();
}

TEST(Asio, AServerBesideATimer) {
  socket.new_session().expect_bind("0.0.0.0", 8080).expect_listen().expect_close();
  socket.mock_accept("198.51.100.4", 40000).expect_recv("GET /\n").expect_send("OK").expect_close();
  std::string heard;
  {
    const tripwire::Sandbox sandbox;
    asio::io_context context;
    tcp::acceptor acceptor(context, tcp::endpoint(tcp::v4(), 8080), false);
    tcp::socket client(context);
    acceptor.async_accept(client, [&](const error_code &) {
      asio::async_read_until(client, asio::dynamic_buffer(heard), '\n', [&](const error_code &, std::size_t) {
        asio::async_write(client, asio::buffer("OK", 2), [&](const error_code &, std::size_t) { client.close(); });
      });
    });
    asio::steady_timer timer(context, std::chrono::milliseconds(1));
    timer.async_wait([](const error_code &) {});
    context.run();
  }
  EXPECT_EQ(heard, "GET /\n");
  socket.assert_bind("0.0.0.0", 8080);
  socket.assert_listen(anything);
  socket.assert_accept("198.51.100.4", 40000);
  socket.assert_recv(anything, "GET /\n");
  socket.assert_send("OK", anything, MSG_NOSIGNAL);
  socket.assert_close();
  socket.assert_close();
}

TEST(Asio, Datagrams) {
  socket.new_session()
      .expect_send("query")
      .to("192.0.2.53", 53)
      .expect_recv("answer")
      .from("192.0.2.53", 53)
      .expect_close();
  std::string answer(64, '\0');
  {
    const tripwire::Sandbox sandbox;
    asio::io_context context;
    udp::socket resolver(context, udp::v4());
    resolver.send_to(asio::buffer("query", 5), {asio::ip::make_address("192.0.2.53"), 53});
    udp::endpoint from;
    resolver.async_receive_from(asio::buffer(answer), from,
                                [&](const error_code &, std::size_t size) { answer.resize(size); });
    context.run();
    EXPECT_EQ(from.address().to_string(), "192.0.2.53");
  }
  EXPECT_EQ(answer, "answer");
  socket.assert_send_to("query", "192.0.2.53", 53, MSG_NOSIGNAL);
  socket.assert_recv_from(anything, "answer", "192.0.2.53", 53);
  socket.assert_close();
}

// 1
TEST(Asio, WhatTheTestDoesNotSpeakOfIsRefused) {
  {
    const tripwire::Sandbox sandbox;
    EXPECT_THROW(ask("PING\n"), tripwire::UnmockedInteractionError);
  }
  tripwire::take_violations();
}

} // namespace
