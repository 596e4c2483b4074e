// Processes (semantics 38, 39)
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/adapter.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace {

int call(int number = 1) { return tripwire_may_throw_acme_plain(number, nullptr, 2); }

/// Runs \p action in a forked child, which then ends by `_exit(7)` unless it ends before. \return its status.
template <class Action> int in_child(Action action) {
  const pid_t child = fork();
  if (child == 0) {
    alarm(30); // whatever happens, nobody waits for it for ever
    action();
    _exit(7);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return status;
}

bool ended(int status) { return WIFEXITED(status) && WEXITSTATUS(status) == 7; }

class Children : public ::testing::Test {
protected:
  Children() { real_calls = 0; }
  ~Children() override { tripwire::take_violations(); }
  tripwire::Verifier verifier;
};

// 38
TEST_F(Children, GoOnWithTheMocksOfTheirParentAndTheirInteractionsAreAssertedThere) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(7);
  plain.returns(8);
  {
    tripwire::Sandbox sandbox;
    EXPECT_TRUE(ended(in_child([] {
      if (call(3) != 7 || call(4) != 8) {
        _exit(1);
      }
    })));
  }
  plain.assert_call(3, nullptr, 2u).returned(7);
  plain.assert_call(4, nullptr, 2u).returned(8);
  verifier.verify_all();
}

// 38
TEST_F(Children, LeaveInteractionsThatSomebodyMustAssert) {
  tripwire::mock<&acme_plain>().returns(7);
  pid_t child = 0;
  {
    tripwire::Sandbox sandbox;
    child = fork();
    if (child == 0) {
      call(3);
      _exit(7);
    }
    waitpid(child, nullptr, 0);
  }
  const std::string text = text_of<tripwire::UnassertedInteractionsError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "[0] acme_plain(a: 3, b: nullptr, c: 2) returned 7\n      at ")) << text;
  EXPECT_TRUE(contains(text, "fork_test.cpp:")) << text;
  EXPECT_TRUE(contains(text, ", in child process " + std::to_string(child))) << text;
}

// 38, 7
TEST_F(Children, AndTheirParentShareOneTimelineWithoutGaps) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(7).always();
  {
    tripwire::Sandbox sandbox;
    call(1);
    in_child([] { call(2); });
    call(3);
    in_child([] { call(4); });
  }
  for (int number = 1; number <= 4; ++number) {
    plain.assert_call(number, nullptr, 2u).returned(7);
  }
  verifier.verify_all();
}

// 38
TEST_F(Children, OfChildrenReportToTheSameParent) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(7).always();
  {
    tripwire::Sandbox sandbox;
    EXPECT_TRUE(ended(in_child([] { in_child([] { call(2); }); })));
  }
  plain.assert_call(2, nullptr, 2u).returned(7);
  verifier.verify_all();
}

// 38, 5
TEST_F(Children, CannotSwallowAViolation) {
  int status = 0;
  {
    tripwire::Sandbox sandbox;
    status = in_child([] {
      try {
        call();
      } catch (...) {
        _exit(7);
      }
    });
  }
  EXPECT_TRUE(ended(status));
  EXPECT_EQ(real_calls, 0);
  const std::string text = text_of<tripwire::VerificationError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "UnmockedInteractionError: acme_plain was called in a sandbox")) << text;
  EXPECT_TRUE(contains(text, "\n    in child process ")) << text;
}

// 38
TEST_F(Children, KeepStringsBuffersAndTheirResults) {
  tripwire::mock<&acme::greet>().returns("good day").optional();
  auto &send = tripwire::mock<&acme_send>();
  send.returns(3);
  {
    tripwire::Sandbox sandbox;
    in_child([] {
      std::string name(100, 'n');
      acme::tripwire_may_throw_greet(name);
      const std::string data = "abc";
      tripwire_may_throw_acme_send(data.data(), data.size(), 1);
    });
  }
  tripwire::assert_call<&acme::greet>(std::string(100, 'n')).returned("good day");
  send.assert_call("abc", 3u, 1).returned(3);
  verifier.verify_all();
}

// 38
TEST_F(Children, SendObjectsAsTheTextTheyPrint) {
  tripwire::mock<&acme::swap_in>().returns().optional();
  {
    tripwire::Sandbox sandbox;
    in_child([] {
      std::vector<std::unique_ptr<int>> list;
      acme::tripwire_may_throw_swap_in(std::move(list));
    });
  }
  // Each compiler spells the type's name in its own way.
  tripwire::assert_call<&acme::swap_in>(tripwire::starts_with("(std::vector<std::unique_ptr<int") &&
                                        tripwire::ends_with(", 24 bytes)"));
  verifier.verify_all();
}

// 38, 21
TEST_F(Children, SayWhatACallRaised) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.raises(std::runtime_error("down"));
  {
    tripwire::Sandbox sandbox;
    in_child([] {
      try {
        call(5);
      } catch (const std::runtime_error &) {
        _exit(7);
      }
    });
  }
  const std::string text = text_of<tripwire::UnassertedInteractionsError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "acme_plain(a: 5, b: nullptr, c: 2) raised \"down\"")) << text;
}

// 38, 3
TEST_F(Children, ThatUseAnAnswerUseItForTheirParentTooAndWhatNobodyUsedIsReported) {
  tripwire::mock<&acme_plain>().returns(7);
  tripwire::mock<&acme::quiet>().returns(1);
  {
    tripwire::Sandbox sandbox;
    in_child([] { call(); });
  }
  tripwire::assert_call<&acme_plain>(1, nullptr, 2u);
  const std::string text = text_of<tripwire::UnusedMocksError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "acme::quiet")) << text;
  EXPECT_FALSE(contains(text, "acme_plain")) << text;
}

// 38
TEST_F(Children, ThatAreKilledLoseNothingThatWasComplete) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(7).always();
  int status = 0;
  {
    tripwire::Sandbox sandbox;
    status = in_child([] {
      call(1);
      call(2);
      raise(SIGKILL);
    });
  }
  EXPECT_TRUE(WIFSIGNALED(status));
  plain.assert_call(1, nullptr, 2u).returned(7);
  plain.assert_call(2, nullptr, 2u).returned(7);
  verifier.verify_all();
}

// 38
TEST_F(Children, ThatAreKilledAtAnyMomentLeaveWholeRecords) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(7).always();
  int arrived = 0;
  {
    tripwire::Sandbox sandbox;
    for (int round = 0; round < 10; ++round) {
      const pid_t child = fork();
      if (child == 0) {
        alarm(30);
        for (int made = 0; made < 200; ++made) {
          call(round);
        }
        pause();
      }
      usleep(2000);
      kill(child, SIGKILL);
      int status = 0;
      ASSERT_EQ(waitpid(child, &status, 0), child);
    }
  }
  tripwire::in_any_order([&] {
    for (int round = 0; round < 10; ++round) {
      try {
        for (;;) {
          plain.assert_call(round, nullptr, 2u).returned(7);
          ++arrived;
        }
      } catch (const tripwire::InteractionMismatchError &) {
        // All of this round are asserted.
      }
    }
  });
  EXPECT_GT(arrived, 0);
  verifier.take_violations();
  verifier.verify_all();
}

// 38
TEST_F(Children, ThatBecomeAnotherProgramHaveReportedBefore) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(7);
  {
    tripwire::Sandbox sandbox;
    const int status = in_child([] {
      call(1);
      execl("/bin/true", "true", nullptr);
    });
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  plain.assert_call(1, nullptr, 2u).returned(7);
  verifier.verify_all();
}

// 38
TEST_F(Children, OfAProcessWhoseOtherThreadsRecordDoNotHang) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(7).always();
  {
    tripwire::Sandbox sandbox;
    std::atomic<bool> stop{false};
    std::vector<std::thread> threads;
    for (int number = 0; number < 2; ++number) {
      threads.emplace_back([&] {
        for (int made = 0; !stop && made < 20000; ++made) {
          call(1);
          try {
            acme::tripwire_may_throw_quiet(1);
          } catch (const tripwire::UnmockedInteractionError &) {
            usleep(100);
          }
        }
      });
    }
    for (int round = 0; round < 20; ++round) {
      EXPECT_TRUE(ended(in_child([] { call(2); })));
    }
    stop = true;
    for (std::thread &thread : threads) {
      thread.join();
    }
  }
  tripwire::in_any_order([&] {
    for (int round = 0; round < 20; ++round) {
      plain.assert_call(2, nullptr, 2u).returned(7);
    }
  });
}

#if !defined(__SANITIZE_THREAD__)
// 38, 34; ThreadSanitizer lets no thread start in the child of a process with several
TEST_F(Children, KnowOnlyTheSandboxesOfTheThreadThatForked) {
  auto &plain = tripwire::mock<&acme_plain>();
  plain.returns(7).always().optional();
  std::atomic<bool> open{false};
  std::atomic<bool> done{false};
  std::thread other([&] {
    tripwire::Verifier mine;
    tripwire::Sandbox sandbox;
    open = true;
    while (!done) {
      std::this_thread::yield();
    }
  });
  while (!open) {
    std::this_thread::yield();
  }
  {
    tripwire::Sandbox sandbox;
    EXPECT_TRUE(ended(in_child([] {
      int seen = 0;
      std::thread([&] { seen = call(2); }).join();
      if (seen != 7) {
        _exit(1);
      }
    })));
  }
  done = true;
  other.join();
  plain.assert_call(2, nullptr, 2u).returned(7);
}

#endif

// 38
TEST(Processes, AChildThatOutlivesItsTestIsReportedToTheNextOne) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  pid_t child = 0;
  tripwire::adapter::begin_test("First.Test");
  tripwire::mock<&acme_plain>().returns(7).optional();
  {
    tripwire::Sandbox sandbox;
    child = fork();
    if (child == 0) {
      alarm(30);
      char byte = 0;
      const bool told = read(ready[0], &byte, 1) == 1;
      call(told ? 1 : 2);
      _exit(7);
    }
  }
  tripwire::adapter::end_test(tripwire::adapter::Outcome::passed);
  tripwire::adapter::begin_test("Second.Test");
  EXPECT_EQ(write(ready[1], "x", 1), 1);
  waitpid(child, nullptr, 0);
  const auto reports = tripwire::adapter::end_test(tripwire::adapter::Outcome::passed);
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_TRUE(contains(reports[0].text, "PostSandboxInteractionError: acme_plain was called in child process " +
                                            std::to_string(child) + ", which outlived its test First.Test\n  at "))
      << reports[0].text;
  close(ready[0]);
  close(ready[1]);
}

// 38: the child of a death test of the style `fast`
TEST(Processes, AViolationInADeathTestIsReportedByTheParent) {
  tripwire::adapter::begin_test("Deaths.Swallow");
  GTEST_FLAG_SET(death_test_style, "fast");
  {
    tripwire::Sandbox sandbox;
    EXPECT_EXIT(
        {
          try {
            call();
          } catch (...) {
            _exit(3);
          }
        },
        ::testing::ExitedWithCode(3), "");
  }
  const auto reports = tripwire::adapter::end_test(tripwire::adapter::Outcome::passed);
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_TRUE(contains(reports[0].text, "UnmockedInteractionError: acme_plain")) << reports[0].text;
  EXPECT_TRUE(contains(reports[0].text, "\n  in child process ")) << reports[0].text;
}

// What the program that a test starts is told, and how it says that it ran and passed.
constexpr const char *started_by_a_test = "STARTED_BY_A_TEST";
constexpr int passed_when_started = 42;

// 39
TEST(Processes, ASeparateProgramHasNoSandbox) {
  tripwire::Verifier verifier;
  tripwire::mock<&acme_plain>().returns(7).optional();
  tripwire::Sandbox sandbox;
  // This program once more, and only the test below.
  const std::string self = "/proc/" + std::to_string(getpid()) + "/exe";
  const int status = in_child([&] {
    setenv(started_by_a_test, "1", 1);
    execl(self.c_str(), "fork_test", "--gtest_filter=Processes.WithoutASandboxTheRealFunctionAnswers", nullptr);
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == passed_when_started) << status;
}

TEST(Processes, WithoutASandboxTheRealFunctionAnswers) {
  EXPECT_EQ(call(), 3);
  if (std::getenv(started_by_a_test) != nullptr)
    std::exit(HasFailure() ? 1 : passed_when_started);
}

} // namespace
