// Waiting for mocked sockets, copies of them, several messages at once, and threads that share one.
#include "client.hpp"
#include "echo_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/socket.hpp>
#include <tripwire/tripwire.hpp>

#include <fcntl.h>
#include <linux/vm_sockets.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <thread>
#include <utility>

namespace {

using tripwire::anything;
using tripwire::socket;

std::string error(int number) { return "error " + std::to_string(number); }

struct TakeAway { // a file, behind the test
  const char *path;
  ~TakeAway() { unlink(path); }
};

TEST(Socket, WaitsWithAMaskSeeTheScriptToo) {
  socket.mock_connect("192.0.2.7", 80).expect_recv("hello");
  socket.mock_connect("192.0.2.8", 80).optional().expect_send("never").optional();
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    const int quiet = client::dial("192.0.2.8", 80);
    sigset_t none;
    sigemptyset(&none);
    const timespec minute{60, 0};
    for (const int each : {descriptor, quiet}) {
      const int expected = each == descriptor ? 1 : 0; // the quiet one's time is over at once
      pollfd ready{each, POLLIN, 0};
      EXPECT_EQ(ppoll(&ready, 1, &minute, &none), expected);
      fd_set readable;
      FD_ZERO(&readable);
      FD_SET(each, &readable);
      EXPECT_EQ(pselect(each + 1, &readable, nullptr, nullptr, &minute, &none), expected);
      EXPECT_EQ(FD_ISSET(each, &readable), expected);
      timeval left{60, 0};
      FD_SET(each, &readable);
      EXPECT_EQ(select(each + 1, &readable, nullptr, nullptr, &left), expected);
      EXPECT_EQ(left.tv_sec > 0, expected == 1) << "what is left of the time";
      const int waiting = epoll_create(1);
      epoll_event event{};
      event.events = EPOLLIN;
      EXPECT_EQ(epoll_ctl(waiting, EPOLL_CTL_ADD, each, &event), 0);
      EXPECT_EQ(epoll_wait(waiting, &event, 1, 60000), expected);
      EXPECT_EQ(epoll_pwait(waiting, &event, 1, 60000, &none), expected);
      EXPECT_EQ(epoll_pwait2(waiting, &event, 1, &minute, &none), expected);
      close(waiting);
    }
    EXPECT_EQ(client::recv_text(descriptor, 8), "hello");
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_connect("192.0.2.8", 80);
  socket.assert_recv(8, "hello");
}

volatile std::sig_atomic_t signals = 0;

TEST(Socket, ASignalThatTheMaskLetsThroughEndsTheWait) {
  int real[2];
  ASSERT_EQ(pipe(real), 0);
  sigset_t one;
  sigset_t before;
  sigemptyset(&one);
  sigaddset(&one, SIGUSR1);
  ASSERT_EQ(pthread_sigmask(SIG_BLOCK, &one, &before), 0);
  struct sigaction counts {};
  counts.sa_handler = [](int) { signals = signals + 1; };
  struct sigaction old {};
  ASSERT_EQ(sigaction(SIGUSR1, &counts, &old), 0);
  socket.mock_connect("192.0.2.7", 80);
  {
    const tripwire::Sandbox sandbox;
    pollfd ready[] = {{client::dial("192.0.2.7", 80), POLLIN, 0}, {real[0], POLLIN, 0}};
    raise(SIGUSR1);
    EXPECT_EQ(poll(ready, 2, 0), 0);
    EXPECT_EQ(signals, 0) << "it is blocked";
    const timespec minute{60, 0};
    EXPECT_EQ(ppoll(ready, 2, &minute, &before), -1);
    EXPECT_EQ(errno, EINTR);
    EXPECT_EQ(signals, 1);
  }
  sigaction(SIGUSR1, &old, nullptr);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  close(real[0]);
  close(real[1]);
  socket.assert_connect("192.0.2.7", 80);
}

TEST(Socket, ACopyOfADescriptorIsTheSameConnection) {
  socket.mock_connect("192.0.2.7", 80).expect_send("a").expect_send("b").expect_recv("hello").expect_close();
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket();
    const int early = dup(descriptor); // copied before the session begins
    EXPECT_EQ(client::connect_to(descriptor, "192.0.2.7", 80), 0);
    const int other = fcntl(descriptor, F_DUPFD_CLOEXEC, 100);
    EXPECT_GE(other, 100);
    EXPECT_EQ(client::peer_of(early), "192.0.2.7:80");
    EXPECT_EQ(client::send_text(early, "a"), 1);
    client::close_socket(descriptor);
    EXPECT_EQ(client::send_text(other, "b"), 1) << "the connection goes on";
    client::close_socket(early);
    const int numbers[] = {open("/dev/null", O_RDONLY), -1};
    EXPECT_EQ(dup3(other, numbers[0], O_CLOEXEC), numbers[0]);
    client::close_socket(other);
    pollfd ready{numbers[0], POLLIN, 0};
    EXPECT_EQ(poll(&ready, 1, -1), 1);
    EXPECT_EQ(client::recv_text(numbers[0], 8), "hello");
    client::close_socket(numbers[0]);
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_send("a");
  socket.assert_send("b");
  socket.assert_recv(8, "hello");
  socket.assert_close();
}

TEST(Socket, ACopyThatTakesThePlaceOfAConnectionClosesIt) {
  const EchoServer server;
  socket.mock_connect("192.0.2.7", 80).expect_close();
  socket.mock_connect("192.0.2.8", 80).expect_send("x");
  socket.pass_through("127.0.0.1", server.port());
  {
    const tripwire::Sandbox sandbox;
    const int one = client::dial("192.0.2.7", 80);
    const int other = client::dial("192.0.2.8", 80);
    const int real = client::dial("127.0.0.1", server.port());
    const int copy = dup(real);
    client::close_socket(real);
    EXPECT_EQ(dup2(other, one), one);
    EXPECT_EQ(client::send_text(one, "x"), 1);
    EXPECT_EQ(client::send_text(copy, "hi"), 2);
    EXPECT_EQ(client::recv_text(copy, 8), "hi");
    EXPECT_EQ(dup2(-1, copy), -1) << "closes nothing";
    client::close_socket(copy);
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_connect("192.0.2.8", 80);
  socket.assert_connect("127.0.0.1", server.port());
  socket.assert_close();
  socket.assert_send("x");
  socket.assert_send("hi");
  socket.assert_recv(8, "hi");
  socket.assert_close();
}

TEST(Socket, ANumberThatWasClosedIsOpenToNobody) {
  socket.mock_connect("192.0.2.7", 80).expect_close();
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    client::close_socket(descriptor);
    const auto is_bad = [](int result) { return result == -1 && std::exchange(errno, 0) == EBADF; };
    int value = 0;
    socklen_t size = sizeof value;
    EXPECT_TRUE(is_bad(fcntl(descriptor, F_GETFD)));
    EXPECT_TRUE(is_bad(dup(descriptor)));
    EXPECT_TRUE(is_bad(dup2(descriptor, descriptor)));
    EXPECT_TRUE(is_bad(getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &value, &size)));
    EXPECT_TRUE(is_bad(ioctl(descriptor, FIONREAD, &value)));
    EXPECT_EQ(client::peer_of(descriptor), error(EBADF));
    pollfd ready[] = {{descriptor, POLLIN, 0}, {-1, POLLIN, 0}};
    EXPECT_EQ(poll(ready, 2, -1), 1);
    EXPECT_EQ(ready[0].revents, POLLNVAL);
    EXPECT_EQ(ready[1].revents, 0);
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(descriptor, &readable);
    EXPECT_TRUE(is_bad(select(descriptor + 1, &readable, nullptr, nullptr, nullptr)));
    const int waiting = epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{};
    EXPECT_TRUE(is_bad(epoll_ctl(waiting, EPOLL_CTL_ADD, descriptor, &event)));
    close(waiting);
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_close();
}

TEST(Socket, SeveralMessagesAtOnceAreAStepEach) {
  socket.new_session()
      .expect_send("one")
      .to("192.0.2.53", 53)
      .expect_send("two")
      .to("192.0.2.54", 53)
      .expect_send("three")
      .to("192.0.2.55", 53)
      .fails(EMSGSIZE)
      .expect_recv("a long answer")
      .from("192.0.2.53", 53)
      .expect_recv("b")
      .from("192.0.2.54", 53);
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_INET, SOCK_DGRAM);
    std::string texts[] = {"one", "two", "three"};
    sockaddr_in addresses[3] = {};
    iovec pieces[3];
    mmsghdr messages[3] = {};
    for (unsigned index = 0; index < 3; ++index) {
      addresses[index].sin_family = AF_INET;
      addresses[index].sin_port = htons(53);
      addresses[index].sin_addr.s_addr = htonl(0xc0000235 + index);
      pieces[index] = {texts[index].data(), texts[index].size()};
      messages[index].msg_hdr.msg_iov = &pieces[index];
      messages[index].msg_hdr.msg_iovlen = 1;
      messages[index].msg_hdr.msg_name = &addresses[index];
      messages[index].msg_hdr.msg_namelen = sizeof addresses[index];
    }
    EXPECT_EQ(sendmmsg(descriptor, messages, 3, 0), 2) << "the third fails";
    EXPECT_EQ(messages[1].msg_len, 3U);
    EXPECT_EQ(sendmmsg(descriptor, messages + 2, 1, 0), -1);
    EXPECT_EQ(errno, EMSGSIZE);
    char room[3][6];
    for (unsigned index = 0; index < 3; ++index)
      pieces[index] = {room[index], sizeof room[index]};
    EXPECT_EQ(recvmmsg(descriptor, messages, 3, MSG_WAITFORONE, nullptr), 2);
    EXPECT_EQ(std::string(room[0], messages[0].msg_len), "a long");
    EXPECT_EQ(messages[0].msg_hdr.msg_flags, MSG_TRUNC);
    EXPECT_EQ(std::string(room[1], messages[1].msg_len), "b");
    EXPECT_EQ(addresses[1].sin_addr.s_addr, htonl(0xc0000236));
    EXPECT_EQ(recvmmsg(descriptor, messages, 3, MSG_DONTWAIT, nullptr), -1);
    EXPECT_EQ(errno, EAGAIN);
  }
  socket.assert_send_to("one", "192.0.2.53", 53);
  socket.assert_send_to("two", "192.0.2.54", 53);
  socket.assert_send_to_raised("three", "192.0.2.55", 53, EMSGSIZE);
  socket.assert_recv_from(6, "a long", "192.0.2.53", 53);
  socket.assert_recv_from(6, "b", "192.0.2.54", 53);
}

TEST(Socket, SeveralMessagesOfARealSocketAreRecordedEach) {
  const EchoServer server;
  socket.pass_through("127.0.0.1", server.port());
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("127.0.0.1", server.port());
    char texts[] = "ab";
    char room[2];
    iovec pieces[] = {{texts, 1}, {texts + 1, 1}};
    iovec rooms[] = {{room, 1}, {room + 1, 1}};
    mmsghdr messages[2] = {};
    mmsghdr answers[2] = {};
    for (unsigned index = 0; index < 2; ++index) {
      messages[index].msg_hdr.msg_iov = &pieces[index];
      answers[index].msg_hdr.msg_iov = &rooms[index];
      messages[index].msg_hdr.msg_iovlen = answers[index].msg_hdr.msg_iovlen = 1;
    }
    EXPECT_EQ(sendmmsg(descriptor, messages, 2, MSG_NOSIGNAL), 2);
    EXPECT_EQ(recvmmsg(descriptor, answers, 2, 0, nullptr), 2);
    EXPECT_EQ(std::string(room, 2), "ab");
    EXPECT_EQ(recvmmsg(descriptor, answers, 2, MSG_DONTWAIT, nullptr), -1);
    client::close_socket(descriptor);
  }
  socket.assert_connect("127.0.0.1", server.port());
  socket.assert_send("a", anything, MSG_NOSIGNAL);
  socket.assert_send("b", anything, MSG_NOSIGNAL);
  socket.assert_recv(1, "a");
  socket.assert_recv(1, "b");
  socket.assert_recv_raised(1, EAGAIN, MSG_DONTWAIT);
  socket.assert_close();
}

TEST(Socket, ADatagramOfAUnixSocketHasAPath) {
  socket.new_session().expect_send("query").to("/run/log").expect_recv("answer").from("/run/log");
  socket.new_session().expect_send("query").to("/run/other", 0);
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_UNIX, SOCK_DGRAM);
    EXPECT_EQ(client::send_text_to_path(descriptor, "query", "/run/log"), 5);
    char room[8];
    EXPECT_EQ(recvfrom(descriptor, room, sizeof room, 0, nullptr, nullptr), 6);
    EXPECT_EQ(client::send_text_to_path(client::open_socket(AF_UNIX, SOCK_DGRAM), "query", "/run/other"), 5);
  }
  socket.assert_send_to("query", "/run/log", 0);
  socket.assert_recv_from(8, "answer", "/run/log", anything);
  socket.assert_send_to("query", "/run/other", 0);
}

TEST(Socket, AFileIsSentAsItsData) {
  char path[] = "/tmp/tripwire-socket-XXXXXX";
  const int file = mkstemp(path);
  ASSERT_GE(file, 0);
  const TakeAway behind{path};
  ASSERT_EQ(write(file, "0123456789", 10), 10);
  ASSERT_EQ(lseek(file, 0, SEEK_SET), 0);
  const EchoServer server;
  socket.mock_connect("192.0.2.7", 80).expect_send("0123456789").takes(4).expect_send("456").expect_send("9");
  socket.pass_through("127.0.0.1", server.port());
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    EXPECT_EQ(sendfile(descriptor, file, nullptr, 100), 4);
    EXPECT_EQ(sendfile(descriptor, file, nullptr, 3), 3);
    EXPECT_EQ(lseek(file, 0, SEEK_CUR), 7);
    off_t from = 9;
    EXPECT_EQ(sendfile(descriptor, file, &from, 5), 1);
    EXPECT_EQ(from, 10);
    EXPECT_EQ(sendfile(descriptor, file, &from, 5), 0) << "its end";
    EXPECT_EQ(sendfile(descriptor, -1, nullptr, 5), -1);
    EXPECT_EQ(errno, EBADF);
    const int real = client::dial("127.0.0.1", server.port());
    from = 8;
    EXPECT_EQ(sendfile(real, file, &from, 5), 2);
    EXPECT_EQ(from, 10);
    EXPECT_EQ(client::recv_text(real, 8), "89");
  }
  close(file);
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_send("0123456789", 4);
  socket.assert_send("456");
  socket.assert_send("9");
  socket.assert_connect("127.0.0.1", server.port());
  socket.assert_send("89");
  socket.assert_recv(8, "89");
}

TEST(Socket, HowMuchThereIsToReadIsAskedOfTheScript) {
  socket.new_session().expect_listen();
  socket.mock_connect("192.0.2.7", 80).expect_recv("hello");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    int count = -1;
    EXPECT_EQ(ioctl(descriptor, FIONREAD, &count), 0);
    EXPECT_EQ(count, 5);
    EXPECT_EQ(client::recv_text(descriptor, 2), "he");
    EXPECT_EQ(ioctl(descriptor, FIONREAD, &count), 0);
    EXPECT_EQ(count, 3);
    EXPECT_EQ(client::recv_text(descriptor, 8), "llo");
    EXPECT_EQ(ioctl(descriptor, FIONREAD, &count), 0);
    EXPECT_EQ(count, 0);
    EXPECT_EQ(sockatmark(descriptor), 0);
    EXPECT_EQ(client::recv_text(descriptor, 1, MSG_OOB), error(EINVAL)) << "nothing urgent ever arrives";
    const int listener = client::open_socket();
    EXPECT_EQ(listen(listener, 1), 0) << "at a port of the kernel's choice";
    int listens = 0;
    socklen_t size = sizeof listens;
    EXPECT_EQ(getsockopt(listener, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size), 0);
    EXPECT_EQ(listens, 1);
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_recv(2, "he");
  socket.assert_recv(8, "llo");
  socket.assert_listen(1);
}

TEST(Socket, WhoeverWaitsForChangesIsToldOfEachArrival) {
  socket.mock_connect("192.0.2.7", 80)
      .expect_recv("one")
      .expect_recv("two")
      .expect_send("out")
      .takes(1)
      .expect_send("ut")
      .fails(EAGAIN);
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    const int waiting = epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLET;
    EXPECT_EQ(epoll_ctl(waiting, EPOLL_CTL_ADD, descriptor, &event), 0);
    for (const char *text : {"one", "two"}) {
      EXPECT_EQ(epoll_wait(waiting, &event, 1, 0), 1) << text;
      EXPECT_EQ(epoll_wait(waiting, &event, 1, 0), 0) << text;
      EXPECT_EQ(client::recv_text(descriptor, 8), text);
    }
    EXPECT_EQ(epoll_wait(waiting, &event, 1, 0), 0);
    event.events = EPOLLOUT | EPOLLET;
    EXPECT_EQ(epoll_ctl(waiting, EPOLL_CTL_MOD, descriptor, &event), 0);
    EXPECT_EQ(epoll_wait(waiting, &event, 1, 0), 1);
    EXPECT_EQ(epoll_wait(waiting, &event, 1, 0), 0);
    EXPECT_EQ(client::send_text(descriptor, "out"), 1);
    EXPECT_EQ(epoll_wait(waiting, &event, 1, 0), 1) << "there is room again";
    EXPECT_EQ(client::send_text(descriptor, "ut"), -1);
    EXPECT_EQ(errno, EAGAIN);
    EXPECT_EQ(epoll_wait(waiting, &event, 1, 0), 1);
    close(waiting);
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_recv(8, "one");
  socket.assert_recv(8, "two");
  socket.assert_send("out", 1);
  socket.assert_send_raised("ut", EAGAIN);
}

TEST(Socket, MessagesOfASequenceKeepTheirEnds) {
  socket.new_session().expect_connect("/run/app.sock").expect_recv("a long message").expect_recv("next");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_UNIX, SOCK_SEQPACKET);
    EXPECT_EQ(client::connect_to_path(descriptor, "/run/app.sock"), 0);
    EXPECT_EQ(client::recv_text(descriptor, 6), "a long");
    EXPECT_EQ(client::recv_text(descriptor, 6), "next");
  }
  socket.assert_connect("/run/app.sock");
  socket.assert_recv(6, "a long");
  socket.assert_recv(6, "next");
}

TEST(Socket, WhatIsThrownAwayNeedsNoBuffer) {
  socket.mock_connect("192.0.2.7", 80).expect_recv("abcdef");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    EXPECT_EQ(recv(descriptor, nullptr, 4, MSG_TRUNC), 4);
    EXPECT_EQ(client::recv_text(descriptor, 8), "ef");
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_recv(4, "abcd", MSG_TRUNC);
  socket.assert_recv(8, "ef");
}

TEST(Socket, ADatagramSocketMayLeaveItsPeer) {
  socket.mock_connect("192.0.2.53", 53).expect_send("a").expect_connect("192.0.2.54", 53).expect_send("b");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_INET, SOCK_DGRAM);
    EXPECT_EQ(client::connect_to(descriptor, "192.0.2.53", 53), 0);
    EXPECT_EQ(client::send_text(descriptor, "a"), 1);
    const sockaddr nobody{AF_UNSPEC, {}};
    EXPECT_EQ(connect(descriptor, &nobody, sizeof nobody), 0);
    EXPECT_EQ(client::peer_of(descriptor), error(ENOTCONN));
    EXPECT_EQ(client::connect_to(descriptor, "192.0.2.54", 53), 0);
    EXPECT_EQ(client::send_text(descriptor, "b"), 1);
  }
  socket.assert_connect("192.0.2.53", 53);
  socket.assert_send("a");
  socket.assert_connect("192.0.2.54", 53);
  socket.assert_send("b");
}

TEST(Socket, AddressesOfOtherFamiliesAreMockedAndRefusedAsWell) {
  socket.mock_connect("3", 1024).expect_send("x");
  sockaddr_vm machine{};
  machine.svm_family = AF_VSOCK;
  machine.svm_cid = 3;
  machine.svm_port = 1024;
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket();
    const auto dial = [&] { return connect(descriptor, reinterpret_cast<sockaddr *>(&machine), sizeof machine); };
    EXPECT_EQ(dial(), 0);
    EXPECT_EQ(client::send_text(descriptor, "x"), 1);
    sockaddr_vm peer{};
    socklen_t size = sizeof peer;
    EXPECT_EQ(getpeername(descriptor, reinterpret_cast<sockaddr *>(&peer), &size), 0);
    EXPECT_EQ(peer.svm_cid, 3U);
    EXPECT_EQ(peer.svm_port, 1024U);
  }
  socket.assert_connect("3", 1024);
  socket.assert_send("x");
}

// 35
TEST(Socket, AThreadThatReadsWaitsForTheOneThatWrites) {
  socket.mock_connect("192.0.2.7", 80).expect_send("ping").expect_recv("pong").expect_shutdown().expect_recv("");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    std::atomic<int> got{0};
    std::thread reader([&] {
      EXPECT_EQ(client::recv_text(descriptor, 8), "pong");
      got = 1;
      EXPECT_EQ(client::recv_text(descriptor, 8), "") << "the other thread ends the stream";
    });
    EXPECT_EQ(client::send_text(descriptor, "ping"), 4);
    while (got == 0)
      std::this_thread::yield();
    EXPECT_EQ(shutdown(descriptor, SHUT_RDWR), 0);
    reader.join();
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_send("ping");
  socket.assert_recv(8, "pong");
  socket.assert_shutdown(SHUT_RDWR);
  socket.assert_recv(8, "");
}

TEST(Socket, AThreadThatWaitsSeesWhatAnotherBringsAbout) {
  socket.mock_connect("192.0.2.7", 80).expect_send("ping").expect_recv("pong");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    std::thread reader([&] {
      pollfd ready{descriptor, POLLIN, 0};
      EXPECT_EQ(poll(&ready, 1, -1), 1);
      EXPECT_EQ(client::recv_text(descriptor, 8), "pong");
    });
    EXPECT_EQ(client::send_text(descriptor, "ping"), 4);
    reader.join();
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_send("ping");
  socket.assert_recv(8, "pong");
}

TEST(Socket, ThreadsThatReadOneStreamShareIt) {
  const std::string all(400, 'x');
  socket.mock_connect("192.0.2.7", 80).expect_recv(all);
  std::atomic<std::size_t> sum{0};
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket();
    EXPECT_EQ(client::connect_to(descriptor, "192.0.2.7", 80), 0);
    const auto read = [&] {
      while (client::recv_text(descriptor, 10, MSG_DONTWAIT) == all.substr(0, 10))
        sum += 10;
    };
    std::thread one(read);
    std::thread other(read);
    one.join();
    other.join();
  }
  EXPECT_EQ(sum, all.size());
  socket.assert_connect("192.0.2.7", 80);
  for (int count = 0; count < 40; ++count)
    socket.assert_recv(10, all.substr(0, 10), MSG_DONTWAIT);
}

TEST(Socket, AReadWithALimitEndsWhenNothingCanArrive) {
  socket.mock_connect("192.0.2.7", 80).expect_send("x").optional();
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    const timeval minute{60, 0};
    EXPECT_EQ(setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof minute), 0);
    EXPECT_EQ(client::recv_text(descriptor, 8), error(EAGAIN));
  }
  socket.assert_connect("192.0.2.7", 80);
}

} // namespace
