// What the plugin says when a promise is broken. Each test is a test inside the test: its findings are looked at.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/socket.hpp>
#include <tripwire/tripwire.hpp>

#include <poll.h>

#include <cerrno>

namespace {

using tripwire::socket;
using tripwire::conformance::findings;
using tripwire::conformance::without_folders;

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

// 56
TEST(SocketRefusals, ACallThatTheStateDoesNotAllowIsAnInvalidState) {
  const std::string text = without_folders(findings([] {
    (void)socket.new_session().expect_bind("127.0.0.1", 80);
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket();
    client::bind_to(descriptor, "127.0.0.1", 80);
    client::send_text(descriptor, "x");
  }));
  EXPECT_TRUE(says(text, "InvalidStateError: send is not valid in state 'bound' of socket")) << text;
  EXPECT_TRUE(says(text, "the session from socket_refusals_test.cpp:")) << text;
  EXPECT_TRUE(says(text, "\n  send is valid in: 'connected'")) << text;
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

} // namespace
