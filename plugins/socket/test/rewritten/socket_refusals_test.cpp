// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"
#include "echo_server.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/socket.hpp>
#include <tripwire/tripwire.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <regex>
#include <thread>

namespace {

using tripwire::socket;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

/// Of a thread that nobody catches anything of.
template <class Call> int quietly(Call call) {
  try {
    return call();
  } catch (const tripwire::Violation &) {
    return -1;
  }
}

bool says(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

// 1
TEST(SocketRefusals, AConnectionThatTheTestDoesNotSpeakOfIsRefused) {
  const std::string text = without_folders(findings([] {
    (void)socket.mock_connect("192.0.2.8", 80).optional();
    const tripwire::Sandbox sandbox;
    client::dial("192.0.2.7", 80);
  }));
  EXPECT_TRUE(says(text, "UnmockedInteractionError: socket connect 192.0.2.7:80 was attempted in a sandbox")) << text;
  EXPECT_TRUE(says(text, "\n    host: \"192.0.2.7\"\n    port: 80\n")) << text;
  EXPECT_TRUE(says(text, "    host: expected \"192.0.2.8\", got \"192.0.2.7\"\n")) << text;
  EXPECT_TRUE(says(text, "    tripwire::socket.new_session().expect_connect(\"192.0.2.7\", 80);")) << text;
}

// 5
TEST(SocketRefusals, WhereNothingIsThrownTheCallFails) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(c_dial("192.0.2.7", 80), -1);
    const int descriptor = client::open_socket();
    EXPECT_EQ(client::connect_quietly(descriptor), EPERM);
    client::close_socket(descriptor);
  });
  EXPECT_TRUE(says(text, "socket connect 192.0.2.7:80 was attempted")) << text;
  EXPECT_TRUE(says(text, "socket connect 0.0.0.0:0 was attempted")) << text;
}

// 57
TEST(SocketRefusals, ACallThatIsNotTheNextStepIsRefused) {
  const std::string text = without_folders(findings([] {
    (void)socket.mock_connect("192.0.2.7", 80).expect_send("GET");
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    client::send_text(descriptor, "POST");
  }));
  EXPECT_TRUE(says(text, "UnmockedInteractionError: socket send 192.0.2.7:80 was attempted")) << text;
  EXPECT_TRUE(says(text, "    data: expected \"GET\", got \"POST\"\n")) << text;
  EXPECT_TRUE(says(text, "    tripwire::socket.session().expect_send(\"POST\");")) << text;
}

/// Numbers as N: lines and descriptors move.
std::string without_numbers(const std::string &text) { return std::regex_replace(text, std::regex("[0-9]+"), "N"); }

/// What is found of a misuse, up to what else is found.
std::string first_of(void (*misuse)()) {
  const std::string text = without_numbers(without_folders(findings(misuse)));
  const std::size_t at = text.find("InvalidStateError");
  return at == std::string::npos ? text : text.substr(at, text.find("\n", text.find(" is valid in: ", at)) + 1 - at);
}

// 56
TEST(SocketRefusals, ACallThatTheStateDoesNotAllowIsAnInvalidState) {
  EXPECT_EQ(first_of([] {
              (void)socket.new_session().expect_bind("127.0.0.1", 80);
              const tripwire::Sandbox sandbox;
              const int descriptor = client::open_socket();
              client::bind_to(descriptor, "127.0.0.1", 80);
              client::send_text(descriptor, "x");
            }),
            "InvalidStateError: send is not valid in state 'bound' of socket\n"
            "  at client.cpp:N in client::send_text\n"
            "  descriptor N, of the session from socket_refusals_test.cpp:N, is in state 'bound'\n"
            "  send is valid in: 'connected'\n");
}

// 56
TEST(SocketRefusals, ASendBeforeTheConnectionIsAnInvalidState) {
  EXPECT_EQ(first_of([] {
              (void)socket.mock_connect("192.0.2.7", 80).expect_send("x");
              const tripwire::Sandbox sandbox;
              client::send_text(client::open_socket(), "x");
            }),
            "InvalidStateError: send is not valid in state 'disconnected' of socket\n"
            "  at client.cpp:N in client::send_text\n"
            "  descriptor N, of no session yet, is in state 'disconnected'\n"
            "  send is valid in: 'connected'\n");
  EXPECT_EQ(first_of([] {
              const tripwire::Sandbox sandbox;
              client::read_text(client::open_socket(), 8);
            }),
            "InvalidStateError: read is not valid in state 'disconnected' of socket\n"
            "  at client.cpp:N in client::read_text\n"
            "  descriptor N, of no session yet, is in state 'disconnected'\n"
            "  recv is valid in: 'connected'\n");
  EXPECT_EQ(first_of([] {
              (void)socket.mock_accept();
              const tripwire::Sandbox sandbox;
              client::accept_from(client::open_socket());
            }),
            "InvalidStateError: accept is not valid in state 'disconnected' of socket\n"
            "  at client.cpp:N in client::accept_from\n"
            "  descriptor N, of no session yet, is in state 'disconnected'\n"
            "  accept is valid in: 'listening'\n");
}

// 56
TEST(SocketRefusals, ARecvBehindTheCloseIsAnInvalidState) {
  EXPECT_EQ(first_of([] {
              (void)socket.mock_connect("192.0.2.7", 80).expect_recv("x").optional().expect_close();
              const tripwire::Sandbox sandbox;
              const int descriptor = client::dial("192.0.2.7", 80);
              client::close_socket(descriptor);
              client::recv_text(descriptor, 8);
            }),
            "InvalidStateError: recv is not valid in state 'closed' of socket\n"
            "  at client.cpp:N in client::recv_text\n"
            "  descriptor N, of the session from socket_refusals_test.cpp:N, is in state 'closed'\n"
            "  recv is valid in: 'connected'\n");
}

// 56
TEST(SocketRefusals, ADatagramSocketHasStatesOfItsOwn) {
  EXPECT_EQ(first_of([] {
              const tripwire::Sandbox sandbox;
              client::recv_text(client::open_socket(AF_INET, SOCK_DGRAM), 8);
            }),
            "InvalidStateError: recv is not valid in state 'disconnected' of datagram_socket\n"
            "  at client.cpp:N in client::recv_text\n"
            "  descriptor N, of no session yet, is in state 'disconnected'\n"
            "  recv is valid in: 'bound', 'connected'\n");
  EXPECT_EQ(first_of([] {
              const tripwire::Sandbox sandbox;
              client::accept_from(client::open_socket(AF_INET, SOCK_DGRAM));
            }),
            "InvalidStateError: accept is not valid in state 'disconnected' of datagram_socket\n"
            "  at client.cpp:N in client::accept_from\n"
            "  descriptor N, of no session yet, is in state 'disconnected'\n"
            "  accept is valid in: no state\n");
}

// 57: to the kernel, a socket that was not bound may listen.
TEST(SocketRefusals, AListenBeforeTheBindThatTheScriptBeginsWithIsNotTheNextStep) {
  const std::string text = without_numbers(without_folders(findings([] {
    (void)socket.new_session().expect_bind("127.0.0.1", 80).expect_listen();
    const tripwire::Sandbox sandbox;
    client::listen_on(client::open_socket());
  })));
  EXPECT_EQ(text.substr(0, text.find("UnmockedInteractionError", 1)),
            "UnmockedInteractionError: socket listen was attempted in a sandbox, and nothing in the test answers it\n"
            "  at client.cpp:N in client::listen_on\n"
            "  through listen\n"
            "    operation: listen\n"
            "    backlog: N\n"
            "  the nearest mock, expect_bind(\"N.N.N.N\", N) of the session from socket_refusals_test.cpp:N from "
            "socket_refusals_test.cpp:N, does not match\n"
            "    operation: expected bind, got listen\n"
            "  to answer it, paste this in front of the sandbox:\n"
            "    tripwire::socket.new_session().expect_listen();\n");
}

// 56
TEST(SocketRefusals, ADescriptorThatWasClosedIsNotUsedAgain) {
  const std::string text = findings([] {
    (void)socket.mock_connect("192.0.2.7", 80).expect_close();
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    client::close_socket(descriptor);
    EXPECT_NE(client::open_socket(), descriptor) << "its number is given out to nobody";
    client::close_socket(descriptor);
  });
  EXPECT_TRUE(says(text, "InvalidStateError: close is not valid in state 'closed' of socket")) << text;
}

// 2
TEST(SocketRefusals, WhatNobodyAssertedFailsTheTest) {
  const std::string text = without_folders(findings([] {
    socket.new_session()
        .expect_connect("192.0.2.7", 80)
        .expect_send("hello")
        .takes(2)
        .expect_recv("abc")
        .expect_recv()
        .fails(ECONNRESET)
        .expect_shutdown()
        .expect_close();
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    client::send_text(descriptor, "hello", MSG_NOSIGNAL);
    client::recv_text(descriptor, 8);
    client::recv_text(descriptor, 8, MSG_DONTWAIT);
    shutdown(descriptor, SHUT_RDWR);
    client::close_socket(descriptor);
  }));
  for (const char *line :
       {"tripwire::socket.assert_connect(\"192.0.2.7\", 80);",
        "tripwire::socket.assert_send(\"hello\", 2, MSG_NOSIGNAL);", "tripwire::socket.assert_recv(8, \"abc\");",
        "tripwire::socket.assert_recv_raised(8, ECONNRESET, MSG_DONTWAIT);",
        "tripwire::socket.assert_shutdown(SHUT_RDWR);", "tripwire::socket.assert_close();"})
    EXPECT_TRUE(says(text, line)) << line << " in\n" << text;
}

// 3, 58
TEST(SocketRefusals, StepsThatAreLeftAreUnused) {
  const std::string text = without_folders(findings([] {
    (void)socket.mock_connect("192.0.2.7", 80).optional().expect_recv("abc").expect_close();
    const tripwire::Sandbox sandbox;
    client::dial("192.0.2.7", 80);
  }));
  EXPECT_TRUE(says(text, "socket expect_recv(\"abc\") of the session from socket_refusals_test.cpp:")) << text;
  EXPECT_TRUE(says(text, "socket expect_close()")) << text;
}

TEST(SocketRefusals, AWaitThatNothingEndsIsRefused) {
  const std::string text = findings([] {
    (void)socket.mock_connect("192.0.2.7", 80).expect_send("GET").optional();
    const tripwire::Sandbox sandbox;
    pollfd ready{client::dial("192.0.2.7", 80), POLLIN, 0};
    poll(&ready, 1, -1);
  });
  EXPECT_TRUE(says(text, "UnmockedInteractionError: poll would wait for ever")) << text;
}

// 40, 43
TEST(SocketRefusals, OutsideOfASandboxTheGuardNamesTheNarrowestRule) {
  const std::string text = findings([] { client::dial("192.0.2.7", 80); });
  EXPECT_TRUE(says(text, "GuardedCallError")) << text;
  EXPECT_TRUE(says(text, "connect 192.0.2.7:80")) << text;
}

TEST(SocketRefusals, AMockedSocketIsNoUseBehindItsSandbox) {
  const std::string text = findings([] {
    (void)socket.mock_connect("192.0.2.7", 80);
    int descriptor = -1;
    {
      const tripwire::Sandbox sandbox;
      descriptor = client::dial("192.0.2.7", 80);
    }
    socket.assert_connect("192.0.2.7", 80);
    EXPECT_THROW(client::send_text(descriptor, "x"), tripwire::SandboxNotActiveError);
    client::close_socket(descriptor); // which a destructor may do
  });
  EXPECT_TRUE(says(text, "SandboxNotActiveError: send cannot be made for real: nobody is behind this socket")) << text;
}

TEST(SocketRefusals, WordsThatContradictEachOtherAreErrors) {
  const auto wrong = [](auto &&say) { return without_folders(findings(say)); };
  const auto session = [] { return socket.new_session().optional(); };
  EXPECT_TRUE(says(wrong([&] { (void)session().expect_recv("x").fails(EAGAIN); }), "a call that fails gives nothing"));
  EXPECT_TRUE(says(wrong([&] { (void)session().expect_close().fails(0); }), "a call fails with an errno"));
  EXPECT_TRUE(says(wrong([&] { (void)session().expect_close().takes(1); }),
                   ".takes(...) is a word of expect_send, not of expect_close"));
  EXPECT_TRUE(says(wrong([&] { (void)session().expect_send("x").fails(EPIPE).takes(1); }), "takes nothing"));
  EXPECT_TRUE(says(wrong([&] { (void)session().expect_send("x").from("192.0.2.7", 1); }), "a word of expect_recv"));
  EXPECT_TRUE(
      says(wrong([&] { (void)session().expect_connect("h", 1).fails(EPERM).in_progress(); }), "is not in progress"));
  EXPECT_TRUE(says(wrong([&] { (void)session().expect_listen().expect_accept(); }), "expect_accept begins one"));
  EXPECT_TRUE(says(wrong([&] { (void)socket.session(); }), "this test has none"));
}

TEST(SocketRefusals, AWaitOfEpollThatNothingEndsIsRefused) {
  const std::string text = findings([] {
    (void)socket.mock_connect("192.0.2.7", 80);
    const tripwire::Sandbox sandbox;
    const int waiting = epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{};
    event.events = EPOLLIN;
    epoll_ctl(waiting, EPOLL_CTL_ADD, client::dial("192.0.2.7", 80), &event);
    epoll_wait(waiting, &event, 1, -1);
  });
  EXPECT_TRUE(says(text, "UnmockedInteractionError: epoll_wait would wait for ever")) << text;
}

TEST(SocketRefusals, WhatMovesDataPastAScriptIsRefused) {
  const auto when = [](int (*run)(int)) {
    return findings([run] {
      (void)socket.mock_connect("192.0.2.7", 80);
      const tripwire::Sandbox sandbox;
      run(client::dial("192.0.2.7", 80));
    });
  };
  const auto is_refused = [&](int (*run)(int), const char *name) {
    const std::string text = when(run);
    EXPECT_TRUE(says(text, std::string("UnmockedInteractionError: ") + name + " is not played on a mocked socket"))
        << text;
  };
  is_refused([](int descriptor) { return fdopen(descriptor, "r") == nullptr ? 0 : 1; }, "fdopen");
  is_refused([](int descriptor) { return dprintf(descriptor, "%d", 1); }, "dprintf");
  is_refused(
      [](int descriptor) {
        int ends[2];
        return pipe(ends) + static_cast<int>(splice(ends[0], nullptr, descriptor, nullptr, 1, 0));
      },
      "splice");
  is_refused(
      [](int descriptor) {
        const sockaddr nobody{AF_UNSPEC, {}};
        return connect(descriptor, &nobody, sizeof nobody);
      },
      "connect");
  is_refused([](int descriptor) { return client::send_with(descriptor, SCM_RIGHTS); }, "sendmsg");
}

TEST(SocketRefusals, WhatOtherCodeDoesOnAMockedSocketIsFound) {
  const auto when = [](void (*run)(int)) {
    return findings([run] {
      (void)socket.mock_connect("192.0.2.7", 80).expect_recv("abc").optional();
      const tripwire::Sandbox sandbox;
      run(client::dial("192.0.2.7", 80));
    });
  };
  std::string text = when([](int descriptor) { write_elsewhere(descriptor, "hi \"there\""); });
  EXPECT_TRUE(says(text, "code that is not rewritten has written \"hi \\\"there\\\"\" on a mocked socket")) << text;
  text = when([](int descriptor) {
    read_elsewhere(descriptor);
    client::recv_text(descriptor, 8);
  });
  EXPECT_TRUE(says(text, "code that is not rewritten has read on a mocked socket, past its script")) << text;
}

/// Returns when the thread sleeps, and goes on sleeping, or has ended.
void until_it_sleeps(const std::atomic<pid_t> &thread) {
  for (int asleep = 0; asleep < 4; std::this_thread::sleep_for(std::chrono::milliseconds(5))) {
    std::ifstream file("/proc/self/task/" + std::to_string(thread) + "/stat");
    if (thread != 0 && !file)
      return;
    std::string number;
    std::string name;
    std::string state;
    file >> number >> name >> state;
    asleep = state == "S" ? asleep + 1 : 0;
  }
}

/// What is found when a thread waits, and another one closes the descriptor.
template <class Wait> std::string closed_behind(Wait wait) {
  return findings([&] {
    (void)socket.mock_connect("192.0.2.7", 80);
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    std::atomic<pid_t> waiter{0};
    std::thread waits([&] {
      waiter = gettid();
      EXPECT_EQ(quietly([&] { return wait(descriptor); }), -1);
    });
    until_it_sleeps(waiter);
    quietly([&] { return close(descriptor); });
    waits.join();
  });
}

TEST(SocketRefusals, ASocketThatAnotherThreadClosesEndsNoWait) {
  const std::string text = closed_behind([](int descriptor) {
    (void)socket.session().expect_close();
    pollfd ready{descriptor, POLLIN, 0};
    return poll(&ready, 1, -1);
  });
  EXPECT_TRUE(says(text, "InvalidStateError: poll waits for a socket that another thread has closed meanwhile"))
      << text;
}

TEST(SocketRefusals, ACloseInFrontOfWhatAnotherThreadIsToReadIsRefused) {
  const std::string text = closed_behind([](int descriptor) {
    (void)socket.session().expect_send("x").expect_recv("y").expect_close();
    const timeval while_closing{0, 200000};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &while_closing, sizeof while_closing);
    return static_cast<int>(recv(descriptor, nullptr, 0, 0));
  });
  EXPECT_TRUE(says(text, "UnmockedInteractionError: socket close 192.0.2.7:80 was attempted")) << text;
  EXPECT_TRUE(says(text, "operation: expected send, got close")) << text;
}

TEST(SocketRefusals, AnAddressOfAnotherFamilyIsRefused) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    const unsigned char address[] = {AF_BLUETOOTH, 0, 0xab, 0x01};
    sockaddr of{};
    std::memcpy(&of, address, sizeof address);
    connect(client::open_socket(), &of, sizeof address);
  });
  EXPECT_TRUE(says(text, "socket connect ab01 was attempted")) << text;
}

TEST(SocketRefusals, APortIsNotOpenedByListeningAlone) {
  const std::string text = findings([] {
    const tripwire::Sandbox sandbox;
    listen(client::open_socket(), 1);
  });
  EXPECT_TRUE(says(text, "socket listen was attempted")) << text;
  EXPECT_TRUE(says(text, "tripwire::socket.new_session().expect_listen();")) << text;
}

} // namespace
