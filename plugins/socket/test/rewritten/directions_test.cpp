// What the kernel remembers of a connection: its end, halves that were shut down, how it failed; and flags of recv.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/socket.hpp>
#include <tripwire/tripwire.hpp>

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <string>

namespace {

using tripwire::anything;
using tripwire::socket;
using tripwire::conformance::findings;

std::string error(int number) { return "error " + std::to_string(number); }
bool says(const std::string &text, const std::string &part) { return text.find(part) != std::string::npos; }

int error_of(int descriptor) {
  int value = -1;
  socklen_t size = sizeof value;
  EXPECT_EQ(getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &value, &size), 0);
  return value;
}

TEST(SocketDirections, TheEndOfAStreamStaysAndTheOtherHalfGoesOn) {
  socket.mock_connect("192.0.2.7", 80).expect_recv("x").expect_recv("").expect_send("bye").expect_close();
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    EXPECT_EQ(client::recv_text(descriptor, 8), "x");
    EXPECT_EQ(client::recv_text(descriptor, 8, MSG_PEEK), "") << "which takes nothing";
    EXPECT_EQ(client::recv_text(descriptor, 8), "");
    EXPECT_EQ(client::recv_text(descriptor, 8, MSG_DONTWAIT), "") << "and not EAGAIN";
    EXPECT_EQ(client::read_text(descriptor, 8), "");
    pollfd ready{descriptor, POLLIN, 0};
    EXPECT_EQ(poll(&ready, 1, -1), 1);
    EXPECT_EQ(client::send_text(descriptor, "bye"), 3);
    EXPECT_EQ(client::read_text(descriptor, 8), "");
    client::close_socket(descriptor);
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_recv(8, "x");
  socket.assert_recv(8, "", MSG_PEEK);
  socket.assert_recv(8, "");
  socket.assert_send("bye");
  socket.assert_close();
}

TEST(SocketDirections, AConnectionThatSendsNoMoreStillReceives) {
  socket.mock_connect("192.0.2.7", 80)
      .expect_send("query")
      .expect_shutdown()
      .expect_send("more")
      .fails(EPIPE)
      .expect_recv("late")
      .expect_recv("");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    EXPECT_EQ(client::send_text(descriptor, "query"), 5);
    EXPECT_EQ(shutdown(descriptor, SHUT_WR), 0);
    EXPECT_EQ(client::send_text(descriptor, "more", MSG_NOSIGNAL), -1);
    EXPECT_EQ(errno, EPIPE);
    EXPECT_EQ(client::recv_text(descriptor, 8), "late");
    EXPECT_EQ(client::recv_text(descriptor, 8), "");
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_send("query");
  socket.assert_shutdown(SHUT_WR);
  socket.assert_send_raised("more", EPIPE, MSG_NOSIGNAL);
  socket.assert_recv(8, "late");
  socket.assert_recv(8, "");
}

TEST(SocketDirections, AConnectionThatReceivesNoMoreStillSends) {
  socket.mock_connect("192.0.2.7", 80).expect_shutdown().expect_send("x");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    EXPECT_EQ(shutdown(descriptor, SHUT_RD), 0);
    EXPECT_EQ(client::recv_text(descriptor, 8), "");
    EXPECT_EQ(client::send_text(descriptor, "x"), 1);
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_shutdown(SHUT_RD);
  socket.assert_send("x");
}

// 56
TEST(SocketDirections, AScriptThatSendsBehindAShutdownIsWrong) {
  const std::string text = findings([] {
    (void)socket.mock_connect("192.0.2.7", 80).expect_shutdown().expect_send("x");
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    shutdown(descriptor, SHUT_WR);
    client::send_text(descriptor, "x");
  });
  EXPECT_TRUE(says(text, "InvalidStateError: send is not valid behind a shutdown of sending\n  at ")) << text;
  EXPECT_TRUE(says(text, "\n  the kernel fails it with EPIPE: "
                         "tripwire::socket.session().expect_send(...).fails(EPIPE)"))
      << text;
}

TEST(SocketDirections, HowAConnectionEndedIsToldOnce) {
  socket.mock_connect("192.0.2.7", 80).in_progress(ECONNREFUSED);
  socket.mock_connect("192.0.2.8", 80).in_progress(ECONNREFUSED);
  socket.mock_connect("192.0.2.9", 80).in_progress();
  {
    const tripwire::Sandbox sandbox;
    const int one = client::open_socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
    EXPECT_EQ(client::connect_to(one, "192.0.2.7", 80), EINPROGRESS);
    EXPECT_EQ(error_of(one), ECONNREFUSED);
    EXPECT_EQ(error_of(one), 0);
    EXPECT_EQ(client::connect_to(one, "192.0.2.7", 80), ECONNABORTED);
    const int other = client::open_socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
    EXPECT_EQ(client::connect_to(other, "192.0.2.8", 80), EINPROGRESS);
    EXPECT_EQ(client::connect_to(other, "192.0.2.8", 80), ECONNREFUSED) << "who asks so is told, too";
    EXPECT_EQ(error_of(other), 0);
    const int well = client::open_socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK);
    EXPECT_EQ(client::connect_to(well, "192.0.2.9", 80), EINPROGRESS);
    EXPECT_EQ(client::connect_to(well, "192.0.2.9", 80), EISCONN);
    EXPECT_EQ(error_of(well), 0);
  }
  for (const char *host : {"192.0.2.7", "192.0.2.8", "192.0.2.9"})
    socket.assert_connect_raised(host, 80, EINPROGRESS);
}

TEST(SocketDirections, ATimeLimitIsOverForServersAndClients) {
  socket.new_session().expect_bind("0.0.0.0", 80).expect_listen();
  socket.mock_connect("192.0.2.7", 80).expect_send("x").optional();
  {
    const tripwire::Sandbox sandbox;
    const timeval minute{60, 0};
    const int listener = client::open_socket();
    EXPECT_EQ(setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof minute), 0);
    EXPECT_EQ(client::bind_to(listener, "0.0.0.0", 80), 0);
    EXPECT_EQ(client::listen_on(listener), 0);
    EXPECT_EQ(client::accept_from(listener), -1);
    EXPECT_EQ(errno, EAGAIN);
    const int descriptor = client::dial("192.0.2.7", 80);
    EXPECT_EQ(setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof minute), 0);
    EXPECT_EQ(client::recv_text(descriptor, 8, MSG_WAITALL), error(EAGAIN));
    mmsghdr message = {};
    EXPECT_EQ(recvmmsg(descriptor, &message, 1, 0, nullptr), -1);
    EXPECT_EQ(errno, EAGAIN);
  }
  socket.assert_bind("0.0.0.0", 80);
  socket.assert_listen(4);
  socket.assert_connect("192.0.2.7", 80);
}

TEST(SocketDirections, ARecvOfAllIsFilledOrEndsWithTheStream) {
  socket.mock_connect("192.0.2.7", 80).expect_recv("headbody").expect_recv("ta").expect_recv("");
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    EXPECT_EQ(client::recv_text(descriptor, 4, MSG_WAITALL), "head");
    EXPECT_EQ(client::recv_text(descriptor, 4, MSG_WAITALL), "body");
    EXPECT_EQ(client::recv_text(descriptor, 4, MSG_WAITALL), "ta") << "then the stream ends";
    EXPECT_EQ(client::recv_text(descriptor, 4, MSG_WAITALL), "");
  }
  socket.assert_connect("192.0.2.7", 80);
  socket.assert_recv(4, "head", MSG_WAITALL);
  socket.assert_recv(4, "body", MSG_WAITALL);
  socket.assert_recv(4, "ta", MSG_WAITALL);
  socket.assert_recv(4, "", MSG_WAITALL);
}

TEST(SocketDirections, ARecvOfAllThatOneStepDoesNotFillIsRefused) {
  const std::string text = findings([] {
    (void)socket.mock_connect("192.0.2.7", 80).expect_recv("he").expect_recv("ad");
    const tripwire::Sandbox sandbox;
    client::recv_text(client::dial("192.0.2.7", 80), 4, MSG_WAITALL);
  });
  EXPECT_TRUE(says(text,
                   "UnmockedInteractionError: recv is not played on a mocked socket: MSG_WAITALL waits for 2 bytes "
                   "more than this expect_recv has\n"))
      << text;
  EXPECT_TRUE(says(text, "\n  say in one expect_recv what arrives for one call, or behind it what ends it, such as "
                         "expect_recv(\"\")\n"))
      << text;
}

/// What is found of a message with ancillary data, on a UNIX socket.
std::string sent_with(int type) {
  return findings([type] {
    (void)socket.new_session().expect_connect("/run/app.sock").expect_send("x").optional();
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_UNIX);
    client::connect_to_path(descriptor, "/run/app.sock");
    client::send_with(descriptor, type);
  });
}

TEST(SocketDirections, AncillaryDataIsRefusedByItsName) {
  const std::string refused = "UnmockedInteractionError: sendmsg is not played on a mocked socket: it sends ";
  const std::string why = ", and a script says nothing of ancillary data\n  at ";
  std::string text = sent_with(SCM_RIGHTS);
  EXPECT_TRUE(says(text, refused + "SCM_RIGHTS" + why)) << text;
  text = sent_with(SCM_CREDENTIALS);
  EXPECT_TRUE(says(text, refused + "SCM_CREDENTIALS" + why)) << text;
  text = sent_with(77);
  EXPECT_TRUE(says(text, refused + "ancillary data of level 1 and type 77" + why)) << text;
}

TEST(SocketDirections, AncillaryDataOfOneOfSeveralMessagesIsRefused) {
  const std::string text = findings([] {
    (void)socket.new_session().expect_connect("/run/app.sock").expect_send("x").expect_send("x").optional();
    const tripwire::Sandbox sandbox;
    const int descriptor = client::open_socket(AF_UNIX);
    client::connect_to_path(descriptor, "/run/app.sock");
    client::send_two_with(descriptor, SCM_RIGHTS);
  });
  EXPECT_TRUE(says(text, "UnmockedInteractionError: sendmmsg is not played on a mocked socket: it sends SCM_RIGHTS"))
      << text;
}

TEST(SocketDirections, CredentialsThatTheProgramWantsAreRefusedAndOtherRoomStaysEmpty) {
  const auto received = [](bool wants_credentials) {
    return findings([wants_credentials] {
      (void)socket.new_session().expect_connect("/run/app.sock").expect_recv("x");
      {
        const tripwire::Sandbox sandbox;
        const int descriptor = client::open_socket(AF_UNIX);
        const int on = wants_credentials ? 1 : 0;
        EXPECT_EQ(setsockopt(descriptor, SOL_SOCKET, SO_PASSCRED, &on, sizeof on), 0);
        client::connect_to_path(descriptor, "/run/app.sock");
        EXPECT_EQ(client::recv_with(descriptor), "x and 0 bytes, flags 0");
      }
      socket.assert_connect("/run/app.sock");
      socket.assert_recv(8, "x");
    });
  };
  EXPECT_EQ(received(false), "");
  const std::string text = received(true);
  EXPECT_TRUE(says(text, "UnmockedInteractionError: recvmsg is not played on a mocked socket: it wants SCM_CREDENTIALS "
                         "(SO_PASSCRED), and a script says nothing of ancillary data\n"))
      << text;
}

TEST(SocketDirections, NoMessageIsTheKernelsToRefuse) {
  socket.mock_connect("192.0.2.7", 80);
  {
    const tripwire::Sandbox sandbox;
    const int descriptor = client::dial("192.0.2.7", 80);
    EXPECT_EQ(sendmsg(descriptor, nullptr, MSG_NOSIGNAL), -1);
    EXPECT_EQ(errno, EFAULT);
    EXPECT_EQ(recvmsg(descriptor, nullptr, MSG_DONTWAIT), -1);
    EXPECT_EQ(errno, EFAULT);
    EXPECT_EQ(sendmmsg(descriptor, nullptr, 1, MSG_NOSIGNAL), -1);
    EXPECT_EQ(errno, EFAULT);
  }
  socket.assert_connect("192.0.2.7", 80);
}

} // namespace
