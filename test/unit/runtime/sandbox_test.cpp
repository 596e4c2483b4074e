// Sandboxes, threads and the guard (semantics 29 to 34, 37, 40 to 42)
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/adapter.hpp>

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

namespace {

class Sandboxes : public ::testing::Test {
protected:
  Sandboxes() { real_calls = 0; }
  tripwire::Verifier verifier;
};

// 29
TEST_F(Sandboxes, AnExceptionOfTheUserPassesThroughUnchangedAndTheSandboxCloses) {
  tripwire::mock<&acme_plain>().returns(1).optional();
  try {
    tripwire::Sandbox sandbox;
    throw std::runtime_error("mine");
  } catch (const std::runtime_error &error) {
    EXPECT_STREQ(error.what(), "mine");
  }
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  EXPECT_EQ(real_calls, 1);
}

// 31
TEST_F(Sandboxes, IdsIncreaseAndAreNeverReused) {
  std::uint64_t last = 0;
  for (int i = 0; i < 5; ++i) {
    tripwire::Sandbox outer;
    EXPECT_GT(outer.id(), last);
    tripwire::Sandbox inner;
    EXPECT_GT(inner.id(), outer.id());
    last = inner.id();
  }
}

// 31
TEST_F(Sandboxes, LeavingAnInnerSandboxLeavesTheMocksOfTheOuterOneWorking) {
  tripwire::mock<&acme_plain>().returns(7).always().optional();
  tripwire::Sandbox outer;
  { tripwire::Sandbox inner; }
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 7);
}

// 33
TEST_F(Sandboxes, AMockedSeamThatIsCalledWithoutAnySandboxIsAnError) {
  tripwire::mock<&acme_plain>().returns(7).optional();
  const std::string text =
      text_of<tripwire::SandboxNotActiveError>([] { tripwire_may_throw_acme_plain(1, nullptr, 2); });
  EXPECT_TRUE(contains(text, "SandboxNotActiveError: acme_plain is mocked, and was called without a sandbox\n  at "))
      << text;
  EXPECT_TRUE(contains(text, "\n  open one around the code under test:\n    tripwire::Sandbox sandbox;")) << text;
  violations_seen();
}

// 32
TEST_F(Sandboxes, ACallFromAThreadThatOutlivedItsSandboxNamesTheSandbox) {
  tripwire::mock<&acme_plain>().returns(7).times(1);
  std::promise<void> first_done;
  std::promise<void> closed;
  std::string text;
  std::thread late;
  std::uint64_t id = 0;
  {
    tripwire::Sandbox sandbox;
    id = sandbox.id();
    late = std::thread([&] {
      EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 7);
      first_done.set_value();
      closed.get_future().wait();
      text = text_of<tripwire::PostSandboxInteractionError>([] { tripwire_may_throw_acme_plain(1, nullptr, 2); });
    });
    first_done.get_future().wait();
  }
  closed.set_value();
  late.join();
  EXPECT_TRUE(contains(text, "PostSandboxInteractionError: acme_plain was called by a thread that outlived sandbox " +
                                 std::to_string(id) + "\n  at "))
      << text;
  EXPECT_TRUE(contains(text, "sandbox_test.cpp:")) << text;
  violations_seen();
}

// 32
TEST_F(Sandboxes, ALateCallBelongsToTheOuterSandboxWhenThatIsStillOpen) {
  tripwire::mock<&acme_plain>().returns(7).times(2);
  std::promise<void> first_done;
  std::promise<void> closed;
  std::thread late;
  tripwire::Sandbox outer;
  {
    tripwire::Sandbox inner;
    late = std::thread([&] {
      EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 7);
      first_done.set_value();
      closed.get_future().wait();
      EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 7);
    });
    first_done.get_future().wait();
  }
  closed.set_value();
  late.join();
}

// 37
TEST_F(Sandboxes, AThreadThatNoContextReachesUsesTheOnlyOpenSandbox) {
  tripwire::mock<&acme_plain>().returns(7);
  std::promise<void> opened;
  std::thread early([&] {
    opened.get_future().wait();
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 7);
  });
  {
    tripwire::Sandbox sandbox;
    opened.set_value();
    early.join();
  }
  tripwire::assert_call<&acme_plain>(1, nullptr, 2u);
  verifier.verify_all();
}

// 34, 7
TEST_F(Sandboxes, SandboxesOpenInSeveralThreadsDoNotDisturbEachOther) {
  constexpr int calls = 500;
  std::vector<std::thread> threads;
  for (int number = 0; number < 4; ++number) {
    threads.emplace_back([number] {
      tripwire::Verifier mine;
      auto &plain = tripwire::mock<&acme_plain>();
      plain.when(number, tripwire::anything, tripwire::anything).returns(100 + number).always();
      {
        tripwire::Sandbox sandbox;
        for (int i = 0; i < calls; ++i) {
          EXPECT_EQ(tripwire_may_throw_acme_plain(number, nullptr, 1), 100 + number);
        }
        EXPECT_THROW(tripwire_may_throw_acme_plain(number + 1, nullptr, 1), tripwire::UnmockedInteractionError);
      }
      mine.take_violations();
      for (int i = 0; i < calls; ++i) {
        plain.assert_call(number, nullptr, 1u).returned(100 + number);
      }
      mine.verify_all();
    });
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
}

// 7
TEST_F(Sandboxes, ConcurrentCallsGetSequenceNumbersWithoutGaps) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.when(1, tripwire::anything, tripwire::anything).returns(1).always();
  plain.returns(2).always();
  tripwire::mock<&acme::greet>().returns("hi").always();
  tripwire::spy<&acme::quiet>();
  constexpr int calls = 300;
  {
    tripwire::Sandbox sandbox;
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
      threads.emplace_back([number] {
        for (int i = 0; i < calls; ++i) {
          tripwire_may_throw_acme_plain(number, nullptr, static_cast<std::size_t>(i));
          acme::tripwire_may_throw_greet("x");
          acme::tripwire_may_throw_quiet(i);
        }
      });
    }
    for (std::thread &thread : threads) {
      thread.join();
    }
  }
  tripwire::in_any_order([&] {
    for (int i = 0; i < calls; ++i) {
      plain.assert_call(1, nullptr, static_cast<std::size_t>(i)).returned(1);
    }
  });
  auto &close = tripwire::mock<&acme_close>();
  close.returns();
  {
    tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_close(1);
  }
  const std::string last =
      text_of<tripwire::InteractionMismatchError>([&] { tripwire::in_any_order([&] { close.assert_call(2); }); });
  EXPECT_TRUE(contains(last, "[" + std::to_string(4 * calls * 3) + "] acme_close(handle: 1)")) << last;
  const std::string text = text_of<tripwire::VerificationError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, std::to_string(4 * calls * 3 - calls + 1) + " interactions were never asserted")) << text;
}

TEST(Tests, MayEndWhileAThreadStillCalls) {
  std::atomic<bool> stop{false};
  std::atomic<int> served{0};
  std::vector<std::thread> threads;
  for (int round = 0; round < 5; ++round) {
    {
      tripwire::adapter::begin_test("short");
      tripwire::mock<&acme::quiet>().returns(1).always();
      if (round == 0) {
        for (int i = 0; i < 2; ++i) {
          threads.emplace_back([&] {
            while (!stop) {
              try {
                acme::tripwire_may_throw_quiet(1);
              } catch (const tripwire::Violation &) {
              }
              ++served;
            }
          });
        }
      }
      tripwire::Sandbox sandbox;
      const int before = served;
      while (served < before + 20) {
        std::this_thread::yield();
      }
    }
    tripwire::adapter::end_test(tripwire::adapter::Outcome::skipped);
  }
  stop = true;
  for (std::thread &thread : threads) {
    thread.join();
  }
  violations_seen();
}

class Guards : public Sandboxes {
protected:
  Guards() { verifier.body_begins(); }
};

// 40, 43
TEST_F(Guards, InTheBodyOfATestACallOutsideOfASandboxIsRefusedWithThreeWaysOut) {
  const std::string text = text_of<tripwire::GuardedCallError>([] { tripwire_may_throw_acme_plain(1, nullptr, 2); });
  EXPECT_EQ(real_calls, 0);
  EXPECT_TRUE(contains(text, "GuardedCallError: acme_plain (plugin mock) was called outside of a sandbox\n  at "))
      << text;
  EXPECT_TRUE(contains(text, "\n  acme_plain(a: 1, b: nullptr, c: 2)"
                             "\n  to let it through, in the test:"
                             "\n    auto permit = tripwire::allow(tripwire::M(\"mock\").function(\"acme_plain\")"
                             ".argument(\"a\", 1).argument(\"c\", 2));"
                             "\n  or for the whole project, in tripwire.yaml:"
                             "\n    firewall:\n      allow:"
                             "\n        - mock: {function: acme_plain, arguments: {a: 1, c: 2}}"
                             "\n  or answer it inside a sandbox:"
                             "\n    tripwire::mock<&acme_plain>().when(1, nullptr, 2u).returns(0);"))
      << text;
  violations_seen();
}

// 40, 50
TEST_F(Guards, TheInnermostLevelDecidesAndOffPassesSilently) {
  const auto all = tripwire::guard(tripwire::Guard::off);
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  {
    const auto mine = tripwire::guard("mock", tripwire::Guard::error);
    EXPECT_THROW(tripwire_may_throw_acme_plain(1, nullptr, 2), tripwire::GuardedCallError);
    EXPECT_THROW(auto other = tripwire::guard("dns", tripwire::Guard::off), tripwire::ConfigurationError);
    EXPECT_THROW(tripwire_may_throw_acme_plain(1, nullptr, 2), tripwire::GuardedCallError);
  }
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  violations_seen();
}

// 41
TEST_F(Guards, WarnSaysItOncePerCallSiteAndMakesTheRealCall) {
  const auto level = tripwire::guard(tripwire::Guard::warn);
  ::testing::internal::CaptureStderr();
  int line = 0;
  for (int i = 0; i < 3; ++i) {
    line = __LINE__ + 1;
    EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  }
  const std::string text = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(text,
            __FILE__ ":" + std::to_string(line) +
                " in (anonymous namespace)::Guards_WarnSaysItOncePerCallSiteAndMakesTheRealCall_Test::TestBody: "
                "warning: acme_plain is called for real, outside of a sandbox: acme_plain(a: 1, b: nullptr, c: 2)\n");
  EXPECT_EQ(real_calls, 3);
}

// 42
TEST_F(Guards, SetUpAndTearDownReachTheRealFunctions) {
  verifier.body_ends();
  tripwire::mock<&acme_plain>().returns(9).optional();
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  EXPECT_EQ(tripwire_may_throw_acme_send("x", 1, 0), 1);
}

} // namespace
