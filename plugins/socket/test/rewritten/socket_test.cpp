// What a test says of connections is what the program meets, by whichever function.
#include "client.hpp"
#include "echo_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/socket.hpp>
#include <tripwire/tripwire.hpp>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>

#include <cerrno>
#include <thread>
#include <utility>

namespace {

using tripwire::anything;
using tripwire::socket;

std::string error(int number) { return "error " + std::to_string(number); }

TEST(Socket, ASessionIsAConnection) {
  socket.new_session().expect_connect("192.0.2.7", 6379).expect_send("PING").expect_recv("PONG").expect_close();
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::exchange("192.0.2.7", 6379, "PING"), "PONG");
  }
  socket.assert_connect("192.0.2.7", 6379);
  socket.assert_send("PING", anything, MSG_NOSIGNAL);
  socket.assert_recv(4096, "PONG");
  socket.assert_close();
}

TEST(Socket, ReadAndWriteAreRecvAndSend) {
  socket.new_session()
      .expect_connect("2001:db8::7", 80)
      .expect_send("one")
      .expect_send("twothree")
      .expect_recv("abcdef");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("2001:db8::7", 80);
    EXPECT_EQ(client::peer_of(descriptor), "2001:db8::7:80");
    EXPECT_EQ(client::own_of(descriptor), "::1:49152");
    EXPECT_EQ(client::write_text(descriptor, "one"), 3);
    EXPECT_EQ(client::send_pieces(descriptor, "two", "three"), 8);
    EXPECT_EQ(client::read_text(descriptor, 2), "ab") << "the rest waits";
    EXPECT_EQ(client::recv_text(descriptor, 9, MSG_PEEK), "cdef") << "and stays";
    EXPECT_EQ(client::recv_pieces(descriptor, 1, 7), "cdef");
  }
  socket.assert_connect("2001:db8::7", 80);
  socket.assert_send("one");
  socket.assert_send("twothree", anything, MSG_NOSIGNAL);
  socket.assert_recv(2, "ab");
  socket.assert_recv(9, "cdef", MSG_PEEK);
  socket.assert_recv(8, "cdef");
}

TEST(Socket, ErrorsShortWritesAndTheEndOfAStream) {
  socket.new_session()
      .expect_connect("192.0.2.7", 80)
      .fails(ECONNREFUSED)
      .expect_connect("192.0.2.7", 80)
      .expect_send("hello")
      .takes(2)
      .expect_send("llo")
      .fails(EINTR)
      .expect_send("llo")
      .expect_recv()
      .fails(ECONNRESET)
      .expect_recv("")
      .expect_shutdown()
      .fails(ENOTCONN)
      .expect_close();
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::dial("192.0.2.7", 80), -1);
    const int descriptor = client::dial("192.0.2.7", 80);
    EXPECT_EQ(client::send_text(descriptor, "hello"), 2);
    EXPECT_EQ(client::send_text(descriptor, "llo"), -1);
    EXPECT_EQ(errno, EINTR);
    errno = ENOENT;
    EXPECT_EQ(client::send_text(descriptor, "llo"), 3);
    EXPECT_EQ(errno, ENOENT);
    EXPECT_EQ(client::recv_text(descriptor, 8), error(ECONNRESET));
    EXPECT_EQ(client::recv_text(descriptor, 8), "");
    EXPECT_EQ(shutdown(descriptor, SHUT_WR), -1);
    EXPECT_EQ(errno, ENOTCONN);
    client::close_socket(descriptor);
  }
  socket.assert_connect_raised("192.0.2.7", 80, ECONNREFUSED);
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_send("hello", 2);
  socket.assert_send_raised("llo", EINTR);
  socket.assert_send("llo");
  socket.assert_recv_raised(8, ECONNRESET);
  socket.assert_recv(8, "");
  socket.assert_shutdown_raised(SHUT_WR, ENOTCONN);
  socket.assert_close();
}

TEST(Socket, AConnectionInProgressIsReadyToWriteAndSaysHowItEnded) {
  socket.mock_connect("192.0.2.7", 80).in_progress();
  socket.mock_connect("192.0.2.8", 80).in_progress(ECONNREFUSED);
  {
    const tripwire::Sandbox sandbox;
    for (const char *host : {"192.0.2.7", "192.0.2.8"}) {
      const int descriptor = client::open_socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
      EXPECT_EQ(client::connect_to(descriptor, host, 80), EINPROGRESS);
      pollfd ready{descriptor, POLLOUT, 0};
      EXPECT_EQ(poll(&ready, 1, -1), 1);
      EXPECT_EQ(ready.revents, POLLOUT);
      int ended = -1;
      socklen_t size = sizeof ended;
      EXPECT_EQ(getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &ended, &size), 0);
      EXPECT_EQ(ended, std::string(host) == "192.0.2.7" ? 0 : ECONNREFUSED);
    }
  }
  socket.assert_connect_raised("192.0.2.7", 80, EINPROGRESS);
  socket.assert_connect_raised("192.0.2.8", 80, EINPROGRESS);
}

TEST(Socket, OptionsAreThoseOfTheSocketThatWasMade) {
  socket.mock_connect("192.0.2.7", 80);
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC);
    const int on = 1;
    EXPECT_EQ(setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on), 0);
    EXPECT_EQ(client::connect_to(descriptor, "192.0.2.7", 80), 0);
    EXPECT_EQ(setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), 0);
    for (const auto &[level, option] :
         {std::pair(SOL_SOCKET, SO_KEEPALIVE), std::pair(int(IPPROTO_TCP), TCP_NODELAY)}) {
      int value = 0;
      socklen_t size = sizeof value;
      EXPECT_EQ(getsockopt(descriptor, level, option, &value, &size), 0);
      EXPECT_NE(value, 0);
    }
    EXPECT_EQ(fcntl(descriptor, F_GETFD), FD_CLOEXEC);
    EXPECT_EQ(fcntl(descriptor, F_GETFL) & O_NONBLOCK, 0);
    int nonblocking = 1;
    EXPECT_EQ(ioctl(descriptor, FIONBIO, &nonblocking), 0);
    EXPECT_EQ(client::recv_text(descriptor, 8), error(EAGAIN)) << "nothing has arrived, and nothing has happened";
  }
  socket.assert_connect("192.0.2.7", 80);
}

TEST(Socket, WhatIsReadyInTheScriptIsReadyForPollAndSelect) {
  int real[2];
  ASSERT_EQ(pipe(real), 0);
  socket.mock_connect("192.0.2.7", 80).expect_send("GET").expect_recv("body").expect_recv("");
  socket.mock_connect("192.0.2.8", 80);
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    pollfd ready[] = {{descriptor, POLLIN | POLLOUT, 0}, {real[0], POLLIN, 0}};
    EXPECT_EQ(poll(ready, 2, 0), 1);
    EXPECT_EQ(ready[0].revents, POLLOUT) << "nothing arrives before it was asked for";
    ready[0].events = POLLIN;
    EXPECT_EQ(write(real[1], "x", 1), 1);
    EXPECT_EQ(poll(ready, 2, -1), 1) << "beside real descriptors";
    EXPECT_EQ(ready[1].revents, POLLIN);
    EXPECT_EQ(client::send_text(descriptor, "GET"), 3);
    EXPECT_EQ(poll(ready, 1, -1), 1);
    EXPECT_EQ(ready[0].revents, POLLIN);
    EXPECT_EQ(client::recv_text(descriptor, 2), "bo");
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(descriptor, &readable);
    EXPECT_EQ(select(descriptor + 1, &readable, nullptr, nullptr, nullptr), 1);
    EXPECT_TRUE(FD_ISSET(descriptor, &readable));
    EXPECT_EQ(client::recv_text(descriptor, 8), "dy");
    EXPECT_EQ(poll(ready, 1, -1), 1) << "the end, too";
    EXPECT_EQ(client::recv_text(descriptor, 8), "");
    EXPECT_EQ(poll(ready, 1, -1), 1) << "and it stays the end";
    ready[0].fd = client::dial("192.0.2.8", 80);
    EXPECT_EQ(poll(ready, 1, 60000), 0) << "nothing can come, so the time is over at once";
  }
  close(real[0]);
  close(real[1]);
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_send("GET");
  socket.assert_recv(2, "bo");
  socket.assert_recv(8, "dy");
  socket.assert_recv(8, "");
  socket.assert_connect("192.0.2.8", 80);
}

TEST(Socket, EpollSeesASocketThatItWatchedBeforeItWasConnected) {
  socket.mock_connect("192.0.2.7", 80).expect_recv("hello").expect_close();
  {
    const tripwire::Sandbox sandbox;
    const int waiting = epoll_create1(EPOLL_CLOEXEC);
    const int descriptor = client::open_socket();
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = descriptor;
    EXPECT_EQ(epoll_ctl(waiting, EPOLL_CTL_ADD, descriptor, &event), 0);
    EXPECT_EQ(client::connect_to(descriptor, "192.0.2.7", 80), 0);
    epoll_event ready[4];
    ASSERT_EQ(epoll_wait(waiting, ready, 4, 1000), 1);
    EXPECT_EQ(ready[0].data.fd, descriptor);
    EXPECT_EQ(client::recv_text(descriptor, 8), "hello");
    EXPECT_EQ(epoll_wait(waiting, ready, 4, 0), 0);
    client::close_socket(descriptor);
    EXPECT_EQ(epoll_wait(waiting, ready, 4, 0), 0);
    close(waiting);
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_recv(8, "hello");
  socket.assert_close();
}

TEST(Socket, AServerListensAndEachClientIsASession) {
  socket.new_session().expect_bind("0.0.0.0", 8080).expect_listen().expect_close();
  socket.mock_accept("198.51.100.4", 40000).expect_recv("GET /\r\n").expect_send("OK").expect_close();
  socket.mock_accept().fails(EMFILE);
  socket.mock_accept("2001:db8::4", 40001);
  {
    const tripwire::Sandbox sandbox;
    const int listener = client::open_socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
    EXPECT_EQ(client::bind_to(listener, "0.0.0.0", 8080), 0);
    EXPECT_EQ(listen(listener, 16), 0);
    EXPECT_EQ(client::own_of(listener), "0.0.0.0:8080");
    pollfd ready{listener, POLLIN, 0};
    EXPECT_EQ(poll(&ready, 1, -1), 1);
    sockaddr_in from{};
    socklen_t size = sizeof from;
    const int one = accept(listener, reinterpret_cast<sockaddr *>(&from), &size);
    ASSERT_GE(one, 0);
    EXPECT_EQ(ntohs(from.sin_port), 40000);
    EXPECT_EQ(client::peer_of(one), "198.51.100.4:40000");
    EXPECT_EQ(client::recv_text(one, 64), "GET /\r\n");
    EXPECT_EQ(client::send_text(one, "OK"), 2);
    client::close_socket(one);
    EXPECT_EQ(accept4(listener, nullptr, nullptr, SOCK_NONBLOCK), -1);
    EXPECT_EQ(errno, EMFILE);
    const int other = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
    EXPECT_EQ(client::peer_of(other), "2001:db8::4:40001");
    EXPECT_NE(fcntl(other, F_GETFL) & O_NONBLOCK, 0);
    EXPECT_EQ(accept(listener, nullptr, nullptr), -1);
    EXPECT_EQ(errno, EAGAIN) << "nobody else has come";
    EXPECT_EQ(poll(&ready, 1, 60000), 0);
    client::close_socket(listener);
  }
  socket.assert_bind("0.0.0.0", 8080);
  socket.assert_listen(16);
  socket.assert_accept("198.51.100.4", 40000);
  socket.assert_recv(64, "GET /\r\n");
  socket.assert_send("OK");
  socket.assert_close();
  socket.assert_accept_raised(EMFILE);
  socket.assert_accept("2001:db8::4", 40001);
  socket.assert_close();
}

TEST(Socket, DatagramsHaveAddresses) {
  socket.new_session()
      .expect_send("query")
      .to("192.0.2.53", 53)
      .expect_recv("a long answer")
      .from("192.0.2.53", 53)
      .expect_recv("next")
      .from("192.0.2.54", 53);
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_INET, SOCK_DGRAM);
    EXPECT_EQ(client::send_text_to(descriptor, "query", "192.0.2.53", 53), 5);
    EXPECT_EQ(client::recv_text_from(descriptor, 6), "a long from 192.0.2.53:53") << "what does not fit is lost";
    EXPECT_EQ(client::recv_text_from(descriptor, 64), "next from 192.0.2.54:53");
  }
  socket.assert_send_to("query", "192.0.2.53", 53);
  socket.assert_recv_from(6, "a long", "192.0.2.53", 53);
  socket.assert_recv_from(64, "next", "192.0.2.54", 53);
}

TEST(Socket, AUnixSocketIsAPath) {
  socket.new_session().expect_connect("/run/app.sock").expect_send(std::string("a\0b", 3)).expect_close();
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_UNIX);
    EXPECT_EQ(client::connect_to_path(descriptor, "/run/app.sock"), 0);
    EXPECT_EQ(client::write_text(descriptor, std::string("a\0b", 3)), 3);
    client::close_socket(descriptor);
  }
  socket.assert_connect("/run/app.sock");
  socket.assert_send(std::string("a\0b", 3));
  socket.assert_close();
}

TEST(Socket, AServerOfAUnixSocketHasClientsWithoutAnAddress) {
  socket.new_session().expect_bind("/run/app.sock").expect_listen();
  socket.mock_accept().expect_recv("hello");
  {
    const tripwire::Sandbox sandbox;
    const int listener = client::open_socket(AF_UNIX);
    EXPECT_EQ(client::bind_to_path(listener, "/run/app.sock"), 0);
    EXPECT_EQ(listen(listener, 4), 0);
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const int connection = accept(listener, reinterpret_cast<sockaddr *>(&from), &size);
    EXPECT_EQ(from.ss_family, AF_UNIX);
    EXPECT_EQ(size, sizeof(sa_family_t));
    EXPECT_EQ(client::read_text(connection, 8), "hello");
  }
  socket.assert_bind("/run/app.sock");
  socket.assert_listen(4);
  socket.assert_accept("");
  socket.assert_recv(8, "hello");
}

// 55, 59
TEST(Socket, ConnectionsHaveScriptsOfTheirOwnHoweverTheyInterleave) {
  socket.mock_connect("192.0.2.7", 80).expect_send("a").expect_recv("A");
  socket.mock_connect(anything, 81).expect_send("b").expect_recv("B");
  {
    const tripwire::Sandbox sandbox;
    const int other = client::dial("192.0.2.9", 81);
    const int one = client::dial("192.0.2.7", 80);
    EXPECT_EQ(client::send_text(one, "a"), 1);
    std::thread([=] {
      EXPECT_EQ(client::send_text(other, "b"), 1);
      EXPECT_EQ(client::recv_text(other, 8), "B");
    }).join();
    EXPECT_EQ(client::recv_text(one, 8), "A");
  }
  socket.assert_connect("192.0.2.9", 81);
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_send("a");
  socket.assert_send("b");
  socket.assert_recv(8, "B");
  socket.assert_recv(8, "A");
}

TEST(Socket, DescriptorsOfOthersAreLeftAlone) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  int pair[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::write_text(ends[1], "abc"), 3);
    EXPECT_EQ(client::read_text(ends[0], 8), "abc");
    EXPECT_EQ(client::send_text(pair[0], "abc"), 3);
    EXPECT_EQ(client::recv_text(pair[1], 8), "abc");
    EXPECT_EQ(client::read_text(-1, 8), error(EBADF));
    pollfd ready{ends[0], POLLIN, 0};
    EXPECT_EQ(poll(&ready, 1, 0), 0);
    for (const int end : {ends[0], ends[1], pair[0], pair[1]})
      client::close_socket(end);
  }
  EXPECT_EQ(fcntl(ends[0], F_GETFD), -1);
  const int unused = client::open_socket();
  EXPECT_EQ(client::send_text(unused, "abc", MSG_NOSIGNAL), -1);
  EXPECT_EQ(errno, EPIPE) << "as the kernel says it, outside of a sandbox";
  client::close_socket(unused);
}

// What code that is not rewritten has connected is none of the plugin's.
TEST(Socket, ASocketThatOtherCodeHasConnectedIsAsTheKernelSays) {
  const EchoServer server;
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket();
    ASSERT_EQ(connect_elsewhere(descriptor, server.port()), 0);
    EXPECT_EQ(client::send_text(descriptor, "abc"), 3);
    EXPECT_EQ(client::recv_text(descriptor, 8), "abc");
    client::close_socket(descriptor);
  }
}

TEST(Socket, ANumberThatOtherCodeHasClosedIsNoSocketAnyMore) {
  const EchoServer server;
  socket.pass_through("127.0.0.1", server.port());
  socket.mock_connect("192.0.2.7", 80);
  {
    const tripwire::Sandbox sandbox;
    for (const auto &[host, port] : {std::pair("127.0.0.1", server.port()), std::pair("192.0.2.7", 80)}) {
      const int descriptor = client::dial(host, port);
      ASSERT_GE(descriptor, 0);
      // In one go: the server's threads take every number that is free.
      int ends[2];
      ASSERT_EQ(pipe(ends), 0);
      replace_elsewhere(ends[0], descriptor);
      EXPECT_EQ(client::write_text(ends[1], "abc"), 3);
      EXPECT_EQ(client::read_text(descriptor, 8), "abc");
      client::close_socket(ends[1]);
    }
  }
  socket.assert_connect("127.0.0.1", server.port());
  socket.assert_connect("192.0.2.7", 80);
}

// 25
TEST(Socket, WhatPassesThroughIsRealAndMustBeAsserted) {
  const EchoServer server;
  socket.pass_through("127.0.0.1", server.port());
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::exchange("127.0.0.1", server.port(), "hello"), "hello");
  }
  socket.assert_connect("127.0.0.1", server.port());
  socket.assert_send("hello", anything, MSG_NOSIGNAL);
  socket.assert_recv(4096, "hello");
  socket.assert_close();
}

// 45, 49
TEST(Socket, WhatARuleAllowsIsRealUntilItIsClosed) {
  const EchoServer server;
  int descriptor = -1;
  {
    const auto permit = tripwire::allow(tripwire::M("socket").host("localhost").field("family", "inet"));
    descriptor = client::dial("127.0.0.1", server.port());
    ASSERT_GE(descriptor, 0);
  }
  EXPECT_EQ(client::send_text(descriptor, "one"), 3) << "also behind the rule";
  EXPECT_EQ(client::recv_text(descriptor, 8), "one");
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::write_text(descriptor, "two"), 3);
    EXPECT_EQ(client::read_text(descriptor, 8), "two");
    client::close_socket(descriptor);
    EXPECT_EQ(client::write_text(descriptor, "two"), -1);
    EXPECT_EQ(errno, EBADF);
  }
}

// 45, 46
TEST(Socket, ARuleMayNameThePathOfAUnixSocket) {
  const auto permit = tripwire::allow(tripwire::M("socket").path("/nowhere/app.sock").field("family", "unix"));
  EXPECT_EQ(client::connect_to_path(client::open_socket(AF_UNIX), "/nowhere/app.sock"), ENOENT) << "under the guard";
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::connect_to_path(client::open_socket(AF_UNIX), "/nowhere/app.sock"), ENOENT);
    EXPECT_THROW(client::connect_to_path(client::open_socket(AF_UNIX), "/nowhere/other.sock"),
                 tripwire::UnmockedInteractionError);
  }
  tripwire::take_violations();
}

// 42
TEST(Socket, AServerOfTheTestItselfIsPassedThroughByItsAddress) {
  socket.pass_through("127.0.0.1", anything);
  {
    const tripwire::Sandbox sandbox;
    const int listener = client::open_socket();
    EXPECT_EQ(client::bind_to(listener, "127.0.0.1", 0), 0);
    EXPECT_EQ(listen(listener, 4), 0);
    const std::string own = client::own_of(listener);
    const int port = std::stoi(own.substr(own.find(':') + 1));
    const int one = client::dial("127.0.0.1", port);
    const int other = accept(listener, nullptr, nullptr);
    EXPECT_EQ(client::send_text(one, "hello"), 5);
    EXPECT_EQ(client::recv_text(other, 8), "hello");
    for (const int descriptor : {one, other, listener})
      client::close_socket(descriptor);
  }
  socket.assert_bind("127.0.0.1", 0);
  socket.assert_listen(4);
  socket.assert_connect("127.0.0.1", anything);
  socket.assert_accept("127.0.0.1", anything);
  socket.assert_send("hello");
  socket.assert_recv(8, "hello");
  for (int count = 0; count < 3; ++count)
    socket.assert_close();
}

} // namespace
