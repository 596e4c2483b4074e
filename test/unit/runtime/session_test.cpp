// new_session, its steps and the states that a seam file declares (semantics 55 to 60)
#include "link_seams.hpp"
#include "violations.hpp"

#include <tripwire/plugin.hpp>

#include <gtest/gtest.h>

#include <cerrno>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using tripwire::anything;

constexpr tripwire::plugin::Manifest ports_manifest{"ports"};

/// A plugin that stands in front of a call of a machine.
class Ports final : public tripwire::plugin::Plugin {
public:
  Ports() : Plugin(ports_manifest, "<ports.hpp>") {
    handle<void(int)>("port_close", [](tripwire::plugin::Visit &, int port) { closed.push_back(port); });
  }
  std::string mock_line(const tripwire::plugin::Description &) const override { return {}; }
  std::string assert_line(const tripwire::plugin::Description &) const override { return {}; }

  static inline std::vector<int> closed;
};

Ports ports;

class Sessions : public ::testing::Test {
protected:
  /// Runs \p code in a sandbox.
  template <class Code> void in_sandbox(Code code) {
    const tripwire::Sandbox sandbox;
    code();
  }
  /// Asserts whatever was recorded, in its order: what a test is not about.
  template <class... Assertions> void assert_all(Assertions... assertions) {
    (assertions(), ...);
    verifier.verify_all();
  }
  /// What the end of the test has to say, without the interactions.
  std::string unused() {
    std::string text = text_of<tripwire::VerificationError>([&] { verifier.verify_all(); });
    text = text.substr(text.find("never used;"));
    return text.substr(text.find('\n') + 1);
  }
  tripwire::Verifier verifier;
};

// 55
TEST_F(Sessions, AreTakenInOrderByTheOpeningCallAndBoundToTheHandleThatItReturns) {
  tripwire::new_session("link")
      .expect<&link_open>("first")
      .returns(3)
      .expect<&link_send>(3, "to the first")
      .returns(12)
      .expect<&link_close>(3);
  tripwire::new_session("link")
      .expect<&link_open>("second")
      .returns(4)
      .expect<&link_send>(4, "to the second")
      .returns(13)
      .expect<&link_close>(4);
  in_sandbox([] {
    const int first = tripwire_may_throw_link_open("first");
    const int second = tripwire_may_throw_link_open("second");
    EXPECT_EQ(first, 3);
    EXPECT_EQ(second, 4);
    EXPECT_EQ(tripwire_may_throw_link_send(second, "to the second"), 13);
    EXPECT_EQ(tripwire_may_throw_link_send(first, "to the first"), 12);
    tripwire_may_throw_link_close(first);
    tripwire_may_throw_link_close(second);
  });
  tripwire::assert_call<&link_open>("first");
  tripwire::assert_call<&link_open>("second");
  tripwire::assert_call<&link_send>(4, "to the second").returned(13);
  tripwire::assert_call<&link_send>(3, "to the first").returned(12);
  tripwire::assert_call<&link_close>(3);
  tripwire::assert_call<&link_close>(4);
  verifier.verify_all();
}

// 55
TEST_F(Sessions, AreBoundToTheHandleThatIsWrittenThroughAParameter) {
  tripwire::new_session("link")
      .expect<&link_find>("host", anything)
      .returns(0)
      .writes<1>(9)
      .expect<&link_send>(9, "x")
      .returns(1)
      .expect<&link_close>(9);
  in_sandbox([] {
    int link = 0;
    EXPECT_EQ(tripwire_may_throw_link_find("host", &link), 0);
    EXPECT_EQ(link, 9);
    EXPECT_EQ(tripwire_may_throw_link_send(link, "x"), 1);
    tripwire_may_throw_link_close(link);
  });
  tripwire::assert_call<&link_find>("host", anything);
  tripwire::assert_call<&link_send>(9, "x");
  tripwire::assert_call<&link_close>(9);
  verifier.verify_all();
}

// 55
TEST_F(Sessions, AreBoundToTheHandleThatTheCallerHasAlready) {
  tripwire::new_session("port").expect<&port_connect>(80).returns(0).expect<&port_close>(80);
  tripwire::new_session("port").expect<&port_connect>(81).returns(0).expect<&port_close>(81);
  in_sandbox([] {
    EXPECT_EQ(tripwire_may_throw_port_connect(80), 0);
    EXPECT_EQ(tripwire_may_throw_port_connect(81), 0);
    tripwire_may_throw_port_close(81);
    tripwire_may_throw_port_close(80);
  });
  tripwire::assert_call<&port_connect>(80);
  tripwire::assert_call<&port_connect>(81);
  tripwire::assert_call<&port_close>(81);
  tripwire::assert_call<&port_close>(80);
  verifier.verify_all();
}

// 55
TEST_F(Sessions, HandlesMayBePointersAndBeReadThroughOne) {
  int some = 0;
  auto *handle = reinterpret_cast<link_stream *>(&some);
  tripwire::new_session("stream")
      .expect<&stream_open>("log")
      .returns(handle)
      .expect<&stream_read>(handle)
      .returns(5)
      .expect<&stream_close>(anything)
      .returns(0)
      .writes<0>(static_cast<link_stream *>(nullptr));
  in_sandbox([] {
    link_stream *stream = tripwire_may_throw_stream_open("log");
    EXPECT_EQ(tripwire_may_throw_stream_read(stream), 5);
    EXPECT_EQ(tripwire_may_throw_stream_close(&stream), 0);
    EXPECT_EQ(stream, nullptr);
  });
  tripwire::assert_call<&stream_open>("log");
  tripwire::assert_call<&stream_read>(handle);
  tripwire::assert_call<&stream_close>(tripwire::not_null);
  verifier.verify_all();
}

// 55
TEST_F(Sessions, TheRealFunctionMayOpenOne) {
  tripwire::new_session("link").expect<&link_open>().passes_through().expect<&link_send>(100, "x").returns(1);
  in_sandbox([] { EXPECT_EQ(tripwire_may_throw_link_send(tripwire_may_throw_link_open("host"), "x"), 1); });
  tripwire::assert_call<&link_open>("host").returned(100);
  tripwire::assert_call<&link_send>(100, "x");
  verifier.verify_all();
}

// 55
TEST_F(Sessions, CallsOfOtherHandlesGoToTheMockOfTheSeam) {
  tripwire::mock<&link_close>().when(50);
  tripwire::mocked<&link_close>().returns();
  tripwire::new_session("link").expect<&link_open>("host").returns(3).expect<&link_close>(3);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    tripwire_may_throw_link_close(50);
    tripwire_may_throw_link_close(link);
    const std::string text = text_of<tripwire::UnmockedInteractionError>([] { tripwire_may_throw_link_close(51); });
    EXPECT_TRUE(contains(text, "\n  no session of link has the handle 51\n")) << text;
  });
  EXPECT_EQ(violations_seen(), 1U);
  tripwire::assert_call<&link_open>("host");
  tripwire::assert_call<&link_close>(50);
  tripwire::assert_call<&link_close>(3);
  verifier.verify_all();
}

// 55
TEST_F(Sessions, CallsThatNoSessionHasGoToThePluginThatHandlesTheSeam) {
  tripwire::new_session("port").expect<&port_connect>(80).returns(0).expect<&port_close>(80);
  Ports::closed.clear();
  in_sandbox([] {
    tripwire_may_throw_port_connect(80);
    tripwire_may_throw_port_close(81);
    tripwire_may_throw_port_close(80);
  });
  EXPECT_EQ(Ports::closed, std::vector<int>{81});
  tripwire::assert_call<&port_connect>(80);
  tripwire::assert_call<&port_close>(80);
  verifier.verify_all();
}

// 55
TEST_F(Sessions, AHandleThatWasClosedMayBeGivenOutAgain) {
  tripwire::new_session("port").expect<&port_connect>(80).returns(0).expect<&port_close>(80);
  tripwire::new_session("port").expect<&port_connect>(80).returns(0).expect<&port_close>(80);
  in_sandbox([] {
    for (int time = 0; time < 2; ++time) {
      EXPECT_EQ(tripwire_may_throw_port_connect(80), 0);
      tripwire_may_throw_port_close(80);
    }
  });
  for (int time = 0; time < 2; ++time) {
    tripwire::assert_call<&port_connect>(80);
    tripwire::assert_call<&port_close>(80);
  }
  verifier.verify_all();
}

// 55
TEST_F(Sessions, TwoOpenOnesDoNotHaveOneHandle) {
  tripwire::new_session("link").expect<&link_open>().returns(3);
  tripwire::new_session("link").expect<&link_open>().returns(3);
  in_sandbox([] {
    tripwire_may_throw_link_open("a");
    const std::string text = text_of<tripwire::ConfigurationError>([] { tripwire_may_throw_link_open("b"); });
    EXPECT_TRUE(contains(text, "ConfigurationError: two sessions of link have the handle 3\n")) << text;
  });
  EXPECT_EQ(violations_seen(), 1U);
}

// 55
TEST_F(Sessions, AnOpeningCallWithoutASessionLeftIsRefusedWithTheSessionToPaste) {
  in_sandbox([] {
    const std::string text = text_of<tripwire::UnmockedInteractionError>([] { tripwire_may_throw_link_open("host"); });
    EXPECT_TRUE(contains(text, "\n    tripwire::new_session(\"link\").expect<&link_open>(\"host\").returns(0);"))
        << text;
    EXPECT_FALSE(contains(text, "is taken")) << text;
  });
  tripwire::new_session("link").expect<&link_open>().returns(3);
  in_sandbox([] {
    tripwire_may_throw_link_open("host");
    const std::string text = text_of<tripwire::UnmockedInteractionError>([] { tripwire_may_throw_link_open("host"); });
    EXPECT_TRUE(contains(text, "\n  every session of link is taken\n")) << text;
  });
  EXPECT_EQ(violations_seen(), 2U);
}

// 56
TEST_F(Sessions, ACallThatTheStateDoesNotAllowNamesTheStatesThatDo) {
  tripwire::new_session("link")
      .expect<&link_open>("host")
      .returns(3)
      .expect<&link_login>(3, "me")
      .returns(0)
      .expect<&link_login>(3, "you")
      .returns(0);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    tripwire_may_throw_link_login(link, "me");
    std::string text;
    try {
      tripwire_may_throw_link_login(link, "you");
    } catch (const tripwire::InvalidStateError &violation) {
      text = violation.what();
      EXPECT_EQ(violation.facts().source, "link_login");
    }
    EXPECT_TRUE(contains(text, "InvalidStateError: link_login is not valid in state 'ready' of link\n  at ")) << text;
    EXPECT_TRUE(contains(text, "\n  link_login(link: 3, user: \"you\")\n")) << text;
    EXPECT_TRUE(contains(text, ", of handle 3, is in state 'ready'\n  link_login is valid in: 'connected'\n")) << text;
    EXPECT_TRUE(contains(text, "\n  valid in 'ready': link_close, link_send")) << text;
  });
  EXPECT_EQ(violations_seen(), 1U);
}

// 56
TEST_F(Sessions, ACallOnAClosedHandleIsOneThatTheStateDoesNotAllow) {
  tripwire::new_session("link").expect<&link_open>().returns(3).expect<&link_close>(3).expect<&link_send>();
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    tripwire_may_throw_link_close(link);
    const std::string text = text_of<tripwire::InvalidStateError>([&] { tripwire_may_throw_link_send(link, "x"); });
    EXPECT_TRUE(contains(text, "link_send was called with a handle that is closed, in state 'closed' of link\n"))
        << text;
    EXPECT_TRUE(contains(text, "\n  link_send is valid in: 'connected', 'ready'")) << text;
    EXPECT_FALSE(contains(text, "valid in 'closed'")) << text;
  });
  EXPECT_EQ(violations_seen(), 1U);
}

// 56
TEST_F(Sessions, WhereNothingCanBeThrownTheFailureValueIsAnswered) {
  tripwire::new_session("link").expect<&link_open>().returns(3).expect<&link_close>(3);
  in_sandbox([] {
    const int link = tripwire_seam_link_open("host");
    tripwire_may_throw_link_close(link);
    EXPECT_EQ(tripwire_seam_link_send(link, "x"), -1);
  });
  const auto violations = tripwire::take_violations();
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations[0].kind, tripwire::ViolationKind::invalid_state);
}

// 57
TEST_F(Sessions, TheNextStepMustBeTheCallThatWasMadeElseBothAreShown) {
  tripwire::new_session("link").expect<&link_open>().returns(3).expect<&link_close>(3);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    const std::string text =
        text_of<tripwire::UnmockedInteractionError>([&] { tripwire_may_throw_link_send(link, "x"); });
    EXPECT_TRUE(contains(text, "link_send is not the next step of its session of link\n")) << text;
    EXPECT_TRUE(contains(text, "\n  link_send(link: 3, text: \"x\")\n")) << text;
    EXPECT_TRUE(contains(text, ", of handle 3, has as its next step link_close(link: 3), from ")) << text;
    EXPECT_TRUE(contains(text, "\n    .expect<&link_send>(3, \"x\").returns(0)")) << text;
    tripwire_may_throw_link_close(link);
  });
  EXPECT_EQ(violations_seen(), 1U);
}

// 57
TEST_F(Sessions, AStepOfOtherArgumentsIsShownArgumentByArgument) {
  tripwire::new_session("link").expect<&link_open>().returns(3).expect<&link_send>(3, "hello").returns(5);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    const std::string text =
        text_of<tripwire::UnmockedInteractionError>([&] { tripwire_may_throw_link_send(link, "goodbye"); });
    EXPECT_TRUE(contains(text, "\n    link: 3 matches\n    text: expected \"hello\", got \"goodbye\"\n")) << text;
    EXPECT_EQ(tripwire_may_throw_link_send(link, "hello"), 5) << "nothing was consumed";
  });
  EXPECT_EQ(violations_seen(), 1U);
}

// 57
TEST_F(Sessions, ACallBehindTheLastStepIsShownWithTheStepToPaste) {
  tripwire::new_session("link").expect<&link_open>().returns(3);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    const std::string text =
        text_of<tripwire::UnmockedInteractionError>([&] { tripwire_may_throw_link_send(link, "x"); });
    EXPECT_TRUE(contains(text, "link_send goes beyond its session of link\n")) << text;
    EXPECT_TRUE(contains(text, ", of handle 3, has no step left\n")) << text;
    EXPECT_TRUE(contains(text, "\n    .expect<&link_send>(3, \"x\").returns(0)")) << text;
  });
  EXPECT_EQ(violations_seen(), 1U);
}

// 57
TEST_F(Sessions, AStepThatFailsKeepsTheState) {
  tripwire::new_session("link")
      .expect<&link_open>()
      .returns(3)
      .expect<&link_send>(3, anything)
      .fails(-1, EPIPE)
      .expect<&link_send>(3, anything)
      .raises(std::runtime_error("gone"))
      .expect<&link_send>(3, anything)
      .returns(-1)
      .expect<&link_login>(3, "me")
      .returns(0);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    errno = 0;
    EXPECT_EQ(tripwire_may_throw_link_send(link, "a"), -1);
    EXPECT_EQ(errno, EPIPE);
    EXPECT_THROW(tripwire_may_throw_link_send(link, "b"), std::runtime_error);
    errno = 5;
    EXPECT_EQ(tripwire_may_throw_link_send(link, "c"), -1);
    EXPECT_EQ(errno, 5) << "17: looking at the failure value must not change it";
    EXPECT_EQ(tripwire_may_throw_link_login(link, "me"), 0) << "still in 'connected'";
  });
  tripwire::assert_call<&link_open>("host");
  tripwire::assert_call<&link_send>(3, "a").failed_with(EPIPE);
  tripwire::assert_call<&link_send>(3, "b").raised("gone");
  tripwire::assert_call<&link_send>(3, "c").returned(-1);
  tripwire::assert_call<&link_login>(3, "me");
  verifier.verify_all();
}

// 57
TEST_F(Sessions, AStepThatFailsMovesOnWhereTheMachineSaysSo) {
  tripwire::new_session("link")
      .expect<&link_open>()
      .returns(3)
      .expect<&link_login>(3, "me")
      .fails(-1, EACCES)
      .expect<&link_send>(3, "x")
      .returns(1)
      .expect<&link_close>(3);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    EXPECT_EQ(tripwire_may_throw_link_login(link, "me"), -1);
    const std::string text = text_of<tripwire::InvalidStateError>([&] { tripwire_may_throw_link_send(link, "x"); });
    EXPECT_TRUE(contains(text, "is not valid in state 'refused' of link")) << text;
  });
  EXPECT_EQ(violations_seen(), 1U);
}

// 57
TEST_F(Sessions, AnOpeningThatFailsIsTriedAgainByTheSameSession) {
  tripwire::new_session("link")
      .expect<&link_open>("host")
      .fails(-1, ETIMEDOUT)
      .expect<&link_open>("host")
      .returns(3)
      .expect<&link_close>(3);
  tripwire::new_session("link").expect<&link_open>("other").returns(4);
  tripwire::new_session("port").expect<&port_connect>(80).returns(-1).expect<&port_close>(80);
  in_sandbox([] {
    EXPECT_EQ(tripwire_may_throw_link_open("host"), -1);
    EXPECT_EQ(tripwire_may_throw_link_open("host"), 3);
    EXPECT_EQ(tripwire_may_throw_link_open("other"), 4);
    tripwire_may_throw_link_close(3);
    EXPECT_EQ(tripwire_may_throw_port_connect(80), -1);
    tripwire_may_throw_port_close(80);
  });
  tripwire::assert_call<&link_open>("host").failed_with(ETIMEDOUT);
  tripwire::assert_call<&link_open>("host");
  tripwire::assert_call<&link_open>("other");
  tripwire::assert_call<&link_close>(3);
  tripwire::assert_call<&port_connect>(80);
  tripwire::assert_call<&port_close>(80);
  verifier.verify_all();
}

// 57
TEST_F(Sessions, ANullPointerOpensNothing) {
  tripwire::new_session("stream").expect<&stream_open>("a").returns(nullptr);
  tripwire::new_session("stream").expect<&stream_open>("b").returns(nullptr);
  in_sandbox([] {
    EXPECT_EQ(tripwire_may_throw_stream_open("a"), nullptr);
    EXPECT_EQ(tripwire_may_throw_stream_open("b"), nullptr);
    const std::string text =
        text_of<tripwire::UnmockedInteractionError>([] { tripwire_may_throw_stream_read(nullptr); });
    EXPECT_FALSE(contains(text, "handle")) << text;
  });
  EXPECT_EQ(violations_seen(), 1U);
  tripwire::assert_call<&stream_open>("a");
  tripwire::assert_call<&stream_open>("b");
  verifier.verify_all();
}

// 57
TEST_F(Sessions, AStepMayServeSeveralCallsOrBeLeftOut) {
  tripwire::new_session("link")
      .expect<&link_open>()
      .returns(3)
      .expect<&link_login>(3, anything)
      .returns(0)
      .optional()
      .expect<&link_send>(3, "a")
      .returns(1)
      .times(2)
      .expect<&link_send>(3, anything)
      .returns(2)
      .always()
      .expect<&link_close>(3);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    EXPECT_EQ(tripwire_may_throw_link_send(link, "a"), 1);
    EXPECT_TRUE(contains(text_of<tripwire::UnmockedInteractionError>([&] { tripwire_may_throw_link_send(link, "b"); }),
                         "text: expected \"a\", got \"b\""));
    EXPECT_EQ(tripwire_may_throw_link_send(link, "a"), 1);
    EXPECT_EQ(tripwire_may_throw_link_send(link, "b"), 2);
    EXPECT_EQ(tripwire_may_throw_link_send(link, "c"), 2);
    tripwire_may_throw_link_close(link);
  });
  EXPECT_EQ(violations_seen(), 1U);
  tripwire::assert_call<&link_open>("host");
  for (const char *text : {"a", "a", "b", "c"}) {
    tripwire::assert_call<&link_send>(3, text);
  }
  tripwire::assert_call<&link_close>(3);
  verifier.verify_all();
}

// 57
TEST_F(Sessions, AStepThatDoesNotSayWhatIsReturnedIsAnError) {
  tripwire::new_session("link").expect<&link_open>("host");
  in_sandbox([] {
    const std::string text = text_of<tripwire::ConfigurationError>([] { tripwire_may_throw_link_open("host"); });
    EXPECT_TRUE(contains(text, "the step link_open(host: \"host\") does not say what link_open returns\n")) << text;
  });
  EXPECT_EQ(violations_seen(), 1U);
}

// 58
TEST_F(Sessions, StepsThatAreLeftWhenTheHandleClosesAreUnusedMocks) {
  tripwire::new_session("link")
      .expect<&link_open>()
      .returns(3)
      .expect<&link_close>(3)
      .expect<&link_send>(3, "never")
      .returns(1)
      .expect<&link_send>(3, "not needed")
      .returns(1)
      .optional();
  in_sandbox([] { tripwire_may_throw_link_close(tripwire_may_throw_link_open("host")); });
  const std::string text = unused();
  EXPECT_TRUE(contains(text, "  session of link: link_send(link: 3, text: \"never\")\n      expected at ")) << text;
  EXPECT_TRUE(contains(text, "session_test.cpp:")) << text;
  EXPECT_TRUE(contains(text, ", of handle 3, is in state 'closed'")) << text;
  EXPECT_FALSE(contains(text, "not needed")) << text;
}

// 58
TEST_F(Sessions, StepsThatAreLeftWhenNothingClosesTheHandleAreUnusedMocks) {
  tripwire::new_session("link").expect<&link_open>().returns(3).expect<&link_close>(3);
  in_sandbox([] { tripwire_may_throw_link_open("host"); });
  const std::string text = unused();
  EXPECT_TRUE(contains(text, "  session of link: link_close(link: 3)\n")) << text;
  EXPECT_TRUE(contains(text, ", of handle 3, is in state 'connected'")) << text;
  verifier.take_violations();
  tripwire::assert_call<&link_open>("host");
  verifier.verify_all(); // said once
}

// 58
TEST_F(Sessions, AStepThatLetsTheCallThroughIsRequiredToo) {
  tripwire::new_session("link").expect<&link_open>().returns(3).expect<&link_send>().passes_through();
  in_sandbox([] { tripwire_may_throw_link_open("host"); });
  EXPECT_TRUE(contains(unused(), "  session of link: link_send(...)\n"));
}

// 58
TEST_F(Sessions, ThoseThatAreNeverOpenedAreUnusedMocks) {
  tripwire::new_session("link").expect<&link_open>("host").returns(3).expect<&link_close>(3);
  const std::string text = text_of<tripwire::UnusedMocksError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "1 answer was never used")) << text;
  EXPECT_TRUE(
      contains(text, "\n  session of link, never opened: it begins with link_open(host: \"host\")\n      made at "))
      << text;
  EXPECT_TRUE(contains(text, "session_test.cpp:")) << text;
}

// 58
TEST_F(Sessions, AnOptionalOneMayStayUnopened) {
  tripwire::new_session("link").optional().expect<&link_open>("host").returns(3).expect<&link_close>(3);
  verifier.verify_all();
}

// 59
TEST_F(Sessions, InterleavedHandlesKeepTheirOwnScripts) {
  constexpr int count = 20;
  for (int index = 0; index < count; ++index) {
    tripwire::Script script = tripwire::new_session("link");
    script.expect<&link_open>(anything).returns(index);
    for (int step = 0; step < index; ++step) {
      script.expect<&link_send>(index, std::to_string(step)).returns(step);
    }
    script.expect<&link_close>(index);
  }
  in_sandbox([] {
    for (int index = 0; index < count; ++index) {
      EXPECT_EQ(tripwire_may_throw_link_open("host"), index);
    }
    for (int step = 0; step < count; ++step) {
      for (int index = step + 1; index < count; ++index) {
        EXPECT_EQ(tripwire_may_throw_link_send(index, std::to_string(step).c_str()), step);
      }
    }
    for (int index = 0; index < count; ++index) {
      tripwire_may_throw_link_close(index);
    }
  });
  tripwire::in_any_order([] {
    for (int index = 0; index < count; ++index) {
      tripwire::assert_call<&link_open>("host").returned(index);
      tripwire::assert_call<&link_close>(index);
      for (int step = 0; step < index; ++step) {
        tripwire::assert_call<&link_send>(index, std::to_string(step)).returned(step);
      }
    }
  });
  verifier.verify_all();
}

// 59
TEST_F(Sessions, StepsAreRecordedAndMustBeAsserted) {
  tripwire::new_session("link").expect<&link_open>("host").returns(3);
  in_sandbox([] { tripwire_may_throw_link_open("host"); });
  const std::string text = text_of<tripwire::UnassertedInteractionsError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "\n  [0] link_open(host: \"host\") returned 3\n")) << text;
  EXPECT_TRUE(contains(text, "tripwire::assert_call<&link_open>(\"host\");")) << text;
}

// 59
TEST_F(Sessions, ThreadsDoNotDisturbEachOther) {
  constexpr int threads = 4;
  constexpr int sessions = 50;
  for (int index = 0; index < threads * sessions; ++index) {
    tripwire::new_session("link")
        .expect<&link_open>(anything)
        .returns(index)
        .expect<&link_send>(index, tripwire::that([](const char *text) { return text != nullptr; }))
        .returns(1)
        .times(3)
        .expect<&link_close>(index);
  }
  in_sandbox([] {
    std::vector<std::thread> all;
    for (int thread = 0; thread < threads; ++thread) {
      all.emplace_back([] {
        for (int session = 0; session < sessions; ++session) {
          const int link = tripwire_may_throw_link_open("host");
          for (int step = 0; step < 3; ++step) {
            EXPECT_EQ(tripwire_may_throw_link_send(link, "x"), 1);
          }
          tripwire_may_throw_link_close(link);
        }
      });
    }
    for (std::thread &one : all) {
      one.join();
    }
  });
  tripwire::in_any_order([] {
    for (int index = 0; index < threads * sessions; ++index) {
      tripwire::assert_call<&link_open>("host").returned(index);
      tripwire::assert_call<&link_close>(index);
      for (int step = 0; step < 3; ++step) {
        tripwire::assert_call<&link_send>(index, "x");
      }
    }
  });
  verifier.verify_all();
}

// 59
TEST_F(Sessions, OneHandleMayBeUsedByManyThreadsAtOnce) {
  constexpr int threads = 4;
  constexpr int calls = 100;
  tripwire::new_session("link")
      .expect<&link_open>()
      .returns(3)
      .expect<&link_send>(3, anything)
      .returns(1)
      .times(threads * calls)
      .expect<&link_close>(3);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    std::vector<std::thread> all;
    for (int thread = 0; thread < threads; ++thread) {
      all.emplace_back([link] {
        for (int call = 0; call < calls; ++call) {
          EXPECT_EQ(tripwire_may_throw_link_send(link, "x"), 1);
        }
      });
    }
    for (std::thread &one : all) {
      one.join();
    }
    tripwire_may_throw_link_close(link);
  });
  tripwire::assert_call<&link_open>("host");
  for (int call = 0; call < threads * calls; ++call) {
    tripwire::assert_call<&link_send>(3, "x");
  }
  tripwire::assert_call<&link_close>(3);
  verifier.verify_all();
}

// 59: what a condition or an answer does is the user's code, and may use the session itself.
TEST_F(Sessions, NoLockIsHeldWhileUserCodeRuns) {
  tripwire::Script script = tripwire::new_session("link");
  script.expect<&link_open>().returns(3);
  script.expect<&link_login>(3, tripwire::that([&](const char *) { return tripwire_may_throw_link_send(3, "x") == 1; }))
      .calls([&](int link, const char *) {
        script.expect<&link_close>(3);
        return tripwire_may_throw_link_send(link, "y") == 2 ? 0 : -1;
      });
  script.expect<&link_send>(3, "y").returns(2);
  // The condition's own call comes before its step is spent.
  tripwire::new_session("link").optional().expect<&link_open>("never").returns(4);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    EXPECT_THROW(tripwire_may_throw_link_login(link, "me"), tripwire::UnmockedInteractionError);
  });
  EXPECT_GE(violations_seen(), 1U);
}

// 59
TEST_F(Sessions, AnAnswerMayMakeTheNextCallOfItsSession) {
  tripwire::Script script = tripwire::new_session("link");
  script.expect<&link_open>().returns(3);
  script.expect<&link_login>(3, "me").calls([&](int link, const char *) {
    script.expect<&link_close>(3);
    return tripwire_may_throw_link_send(link, "y") == 2 ? 0 : -1;
  });
  script.expect<&link_send>(3, "y").returns(2);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    EXPECT_EQ(tripwire_may_throw_link_login(link, "me"), 0);
    tripwire_may_throw_link_close(link);
  });
  tripwire::assert_call<&link_open>("host");
  tripwire::assert_call<&link_login>(3, "me");
  tripwire::assert_call<&link_send>(3, "y");
  tripwire::assert_call<&link_close>(3);
  verifier.verify_all();
}

// 59
TEST_F(Sessions, ACallThatReturnsLateDoesNotTakeBackTheStateThatOthersMovedTo) {
  tripwire::Script script = tripwire::new_session("link");
  script.expect<&link_open>().returns(3);
  script.expect<&link_send>(3, "a").calls(
      [](int link, const char *) { return long{tripwire_may_throw_link_login(link, "me")}; });
  script.expect<&link_login>(3, "me").returns(0);
  script.expect<&link_send>(3, "b").calls([](int link, const char *) {
    tripwire_may_throw_link_close(link);
    return 1L;
  });
  script.expect<&link_close>(3);
  in_sandbox([] {
    const int link = tripwire_may_throw_link_open("host");
    tripwire_may_throw_link_send(link, "a");
    EXPECT_TRUE(contains(text_of<tripwire::InvalidStateError>([&] { tripwire_may_throw_link_login(link, "me"); }),
                         "is not valid in state 'ready'"));
    tripwire_may_throw_link_send(link, "b");
    EXPECT_TRUE(contains(text_of<tripwire::InvalidStateError>([&] { tripwire_may_throw_link_close(link); }),
                         "a handle that is closed, in state 'closed'"));
  });
  EXPECT_EQ(violations_seen(), 2U);
}

// 60
TEST_F(Sessions, AMachineThatNothingCallsNamesThoseThatThereAre) {
  const std::string text = text_of<tripwire::UnknownSeamError>([] { (void)tripwire::new_session("lnk"); });
  EXPECT_EQ(text, "UnknownSeamError: nothing in this program calls a seam of a state machine 'lnk'\n"
                  "  the state machines that it calls are: link, port, stream");
  EXPECT_EQ(violations_seen(), 1U);
}

// 60
TEST_F(Sessions, AStepThatTheMachineDoesNotNameIsAnError) {
  EXPECT_EQ(text_of<tripwire::ConfigurationError>(
                [] { tripwire::new_session("port").expect<&link_open>("host").returns(3); }),
            "ConfigurationError: no transition of port names link_open\n  it has: port_close, port_connect");
  EXPECT_EQ(text_of<tripwire::ConfigurationError>([] { tripwire::new_session("link").expect<&link_close>(3); }),
            "ConfigurationError: link_close does not open a session of link, so no script begins with it\n"
            "  these do: link_find, link_open");
  EXPECT_EQ(violations_seen(), 2U);
}

// 33
TEST_F(Sessions, ASeamOfAScriptThatIsCalledWithoutASandboxIsAnError) {
  tripwire::new_session("link").expect<&link_open>("host").returns(3);
  EXPECT_THROW(tripwire_may_throw_link_open("host"), tripwire::SandboxNotActiveError);
  EXPECT_EQ(violations_seen(), 1U);
}

} // namespace
