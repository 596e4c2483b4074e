// What the user's own code may do to the runtime while it compares, prints, copies and answers: throw, and call seams.
// Each has one result, and nothing is lost by it (docs/errors.md).
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/seam/definition.hpp>
#include <tripwire/tripwire.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace outside {

/// A value whose copy, comparison and text are the test's to break.
struct Parcel {
  int number = 0;
  static inline std::function<void()> copied, compared, printed;

  explicit Parcel(int its_number) : number(its_number) {}
  Parcel(const Parcel &other) : number(other.number) {
    if (copied) {
      copied();
    }
  }
  Parcel &operator=(const Parcel &) = default;
  ~Parcel() = default;
  friend bool operator==(const Parcel &a, const Parcel &b) {
    if (compared) {
      compared();
    }
    return a.number == b.number;
  }
};

void tripwire_print(tripwire::seam::Out &out, const Parcel &parcel) {
  out.put("parcel ");
  if (Parcel::printed) {
    Parcel::printed();
  }
  out.put_signed(parcel.number);
}

int post(const Parcel &parcel) { return 1000 + parcel.number; }

namespace tw = ::tripwire::seam;
constexpr tw::Parameter post_parameters[] = {tw::parameter("parcel")};
tw::Slot post_slot(tw::SlotFacts{"outside::post", "post", "", "tripwire.yaml:1", tw::key<&post>(), "",
                                 tw::signature<decltype(post)>(), post_parameters, tw::result(),
                                 tw::Failure{"returns -1", [](void *result) noexcept { ::new (result) int(-1); }}});
const tw::Registration post_registration(post_slot);

[[gnu::noinline]] int may_throw_post(const Parcel &a0) {
  return tw::invoke<tw::Refusal::throws, int, const Parcel &>(
      post_slot, __builtin_return_address(0), [](const Parcel &p0) { return post(p0); }, a0);
}
[[gnu::noinline]] int quiet_post(const Parcel &a0) noexcept {
  return tw::invoke<tw::Refusal::answers, int, const Parcel &>(
      post_slot, __builtin_return_address(0), [](const Parcel &p0) { return post(p0); }, a0);
}

} // namespace outside

namespace {

using outside::may_throw_post;
using outside::Parcel;
using tripwire::anything;

class TheUsersCode : public ::testing::Test {
protected:
  TheUsersCode() { real_calls = 0; }
  ~TheUsersCode() override { Parcel::copied = Parcel::compared = Parcel::printed = nullptr; }
  tripwire::Verifier verifier;
};

int plain(int a) { return tripwire_may_throw_acme_plain(a, nullptr, 1); }
[[noreturn]] void break_down() { throw std::runtime_error("broken"); }

// 11
TEST_F(TheUsersCode, AMatcherThatThrowsIsNoMatchAndTheRefusalSaysWhatItThrew) {
  tripwire::mock<&acme_plain>().when([](int) -> bool { break_down(); }, anything, anything).returns(1).optional();
  const tripwire::Sandbox sandbox;
  const std::string text = text_of<tripwire::UnmockedInteractionError>([] { plain(5); });
  EXPECT_TRUE(contains(text, "the nearest mock, from " __FILE__)) << text;
  EXPECT_TRUE(contains(text, "a: expected a value that the predicate accepts, got 5; comparing them threw "
                             "std::runtime_error(\"broken\")"))
      << text;
  EXPECT_EQ(violations_seen(), 1U);
  EXPECT_EQ(real_calls, 0);
}

// 11
TEST_F(TheUsersCode, ANegatedMatcherThatThrowsIsNoMatchEither) {
  const auto throws = tripwire::matcher_for<int>([](int) -> bool { break_down(); });
  const int value = 5;
  const tripwire::Value seen{&value, &tripwire::seam::type_of<int>(), nullptr, {}, false};
  EXPECT_FALSE(throws.matches(seen));
  EXPECT_FALSE((!throws).matches(seen));
  EXPECT_FALSE((!(throws && tripwire::at_least(1))).matches(seen));
  EXPECT_FALSE((!(throws || tripwire::at_least(9))).matches(seen));
  EXPECT_TRUE((throws || tripwire::at_least(1)).matches(seen));
  EXPECT_TRUE((!(tripwire::at_least(9) && throws)).matches(seen));
}

// 11
TEST_F(TheUsersCode, AnAssertionWhoseComparisonThrowsSaysWhatAndConsumesNothing) {
  tripwire::mock<&outside::post>().returns(3);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(may_throw_post(Parcel(7)), 3);
  }
  Parcel::compared = &break_down;
  const std::string text =
      text_of<tripwire::InteractionMismatchError>([] { tripwire::assert_call<&outside::post>(Parcel(7)); });
  EXPECT_TRUE(contains(text, "parcel: expected parcel 7, got parcel 7; comparing them threw "
                             "std::runtime_error(\"broken\")"))
      << text;
  EXPECT_EQ(violations_seen(), 1U);
  Parcel::compared = nullptr;
  tripwire::assert_call<&outside::post>(Parcel(7));
  verifier.verify_all();
}

TEST_F(TheUsersCode, AValueWhosePrinterThrowsIsShownSoAndTheViolationIsKept) {
  Parcel::printed = &break_down;
  {
    const tripwire::Sandbox sandbox;
    const std::string text = text_of<tripwire::UnmockedInteractionError>([] { may_throw_post(Parcel(7)); });
    EXPECT_TRUE(contains(text, "post(parcel: <printing it threw std::runtime_error(\"broken\")>)")) << text;
    EXPECT_TRUE(contains(text, "tripwire::mock<")) << text;
  }
  EXPECT_EQ(violations_seen(), 1U);
}

TEST_F(TheUsersCode, AnExpectedValueWhosePrinterThrowsIsShownSoInTheListOfUnusedMocks) {
  tripwire::mock<&outside::post>().when(Parcel(7)).returns(1);
  Parcel::printed = &break_down;
  const std::string text = text_of<tripwire::UnusedMocksError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "post.when(<describing it threw std::runtime_error(\"broken\")>).returns(...)")) << text;
}

TEST_F(TheUsersCode, AnArgumentWhoseCopyThrowsIsRefusedWithItsNameAndSpendsNoAnswer) {
  tripwire::mock<&outside::post>().returns(3);
  {
    const tripwire::Sandbox sandbox;
    Parcel::copied = &break_down;
    const std::string text = text_of<tripwire::VerificationError>([] { may_throw_post(Parcel(7)); });
    EXPECT_TRUE(contains(text, "VerificationError: a copy of parcel of outside::post threw "
                               "std::runtime_error(\"broken\")\n  at " __FILE__))
        << text;
    EXPECT_TRUE(contains(text, "it cannot be recorded, so it is refused")) << text;
    EXPECT_EQ(outside::quiet_post(Parcel(7)), -1);
    EXPECT_EQ(violations_seen(), 2U);
    Parcel::copied = nullptr;
    EXPECT_EQ(may_throw_post(Parcel(8)), 3);
  }
  tripwire::assert_call<&outside::post>(Parcel(8)); // the first that was recorded
  verifier.verify_all();
}

// 21
TEST_F(TheUsersCode, ASideEffectThatThrowsIsWhatTheCallerGetsAndTheAssertionMustSaySo) {
  tripwire::mock<&acme_plain>().calls([](int, const void *, size_t) -> int { break_down(); });
  {
    const tripwire::Sandbox sandbox;
    EXPECT_THROW(plain(1), std::runtime_error);
  }
  const std::string text = text_of<tripwire::UnassertedInteractionsError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "acme_plain(a: 1, b: nullptr, c: 1) raised \"broken\"")) << text;
  tripwire::assert_call<&acme_plain>(1, nullptr, 1U).raised("broken");
}

// 21
TEST_F(TheUsersCode, ASideEffectThatRunsOutOfMemoryIsNotTakenForTripwire) {
  tripwire::mock<&acme_plain>().calls([](int, const void *, size_t) -> int { throw std::bad_alloc(); });
  {
    const tripwire::Sandbox sandbox;
    EXPECT_THROW(plain(1), std::bad_alloc);
  }
  EXPECT_EQ(violations_seen(), 0U);
  tripwire::assert_call<&acme_plain>(1, nullptr, 1U).raised<std::bad_alloc>();
  verifier.verify_all();
}

// 23
TEST_F(TheUsersCode, ASeamCalledByItsOwnAnswerIsRealAndAnotherIsAnsweredByItsMock) {
  tripwire::mock<&acme::quiet>().returns(40);
  tripwire::mock<&acme_plain>().calls([](int a, const void *, size_t) {
    plain(a);
    return 2 + acme::tripwire_may_throw_quiet(a);
  });
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(plain(1), 42);
    EXPECT_EQ(real_calls, 1);
  }
  tripwire::assert_call<&acme_plain>(1, nullptr, 1U);
  tripwire::assert_call<&acme::quiet>(1);
  verifier.verify_all();
}

TEST_F(TheUsersCode, SeamsCalledByAMatcherAreReal) {
  tripwire::mock<&acme::quiet>().returns(40).optional();
  tripwire::mock<&acme_plain>()
      .when(
          [](int a) {
            plain(a);
            acme::tripwire_may_throw_quiet(a);
            return true;
          },
          anything, anything)
      .returns(1);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(plain(1), 1);
    EXPECT_EQ(real_calls, 2);
  }
  tripwire::assert_call<&acme_plain>([](int a) { return plain(a) == plain(a); }, nullptr, 1U);
  EXPECT_EQ(real_calls, 4);
  verifier.verify_all();
}

TEST_F(TheUsersCode, SeamsCalledByAPrinterAreRealAlsoThoseOfTheCallThatItPrints) {
  Parcel::printed = [] {
    const auto printed = std::move(Parcel::printed);
    plain(1);
    may_throw_post(Parcel(1));
  };
  {
    const tripwire::Sandbox sandbox;
    const std::string text = text_of<tripwire::UnmockedInteractionError>([] { may_throw_post(Parcel(7)); });
    EXPECT_TRUE(contains(text, "post(parcel: parcel 7)")) << text;
  }
  EXPECT_EQ(real_calls, 1);
  EXPECT_EQ(violations_seen(), 1U);
  verifier.verify_all();
}

TEST_F(TheUsersCode, SeamsCalledByACopyThatTripwireMakesAreReal) {
  tripwire::mock<&outside::post>().returns(3);
  {
    const tripwire::Sandbox sandbox;
    Parcel::copied = [] { plain(1); };
    EXPECT_EQ(may_throw_post(Parcel(7)), 3);
    Parcel::copied = nullptr;
  }
  EXPECT_EQ(real_calls, 1);
  tripwire::assert_call<&outside::post>(Parcel(7));
  verifier.verify_all();
}

TEST_F(TheUsersCode, AMatcherCannotChangeTheMocksThatAreLookedThrough) {
  auto &mock = tripwire::mock<&acme_plain>();
  mock.when(
          [&](int) {
            mock.returns(2);
            return true;
          },
          anything, anything)
      .returns(1)
      .optional();
  const tripwire::Sandbox sandbox;
  const std::string text = text_of<tripwire::UnmockedInteractionError>([] { plain(1); });
  EXPECT_TRUE(contains(text, "comparing them threw tripwire::ConfigurationError")) << text;
  const auto seen = tripwire::take_violations();
  ASSERT_GE(seen.size(), 2U);
  EXPECT_TRUE(contains(seen.front().text, "the mock of acme_plain was changed by a matcher")) << seen.front().text;
}

TEST_F(TheUsersCode, AMatcherCannotAssert) {
  auto &mock = tripwire::mock<&acme_plain>();
  mock.returns(1);
  {
    const tripwire::Sandbox sandbox;
    plain(1);
  }
  EXPECT_THROW(mock.assert_call(
                   [&](int) {
                     mock.assert_call(1, nullptr, 1U);
                     return true;
                   },
                   nullptr, 1U),
               tripwire::InteractionMismatchError);
  const auto seen = tripwire::take_violations();
  ASSERT_GE(seen.size(), 1U);
  EXPECT_EQ(seen.front().kind, tripwire::ViolationKind::auto_assert);
  mock.assert_call(1, nullptr, 1U);
  verifier.verify_all();
}

/// Threads that call a seam for as long as \p change runs.
template <class Call, class Change> void while_threads_call(Call call, Change change) {
  std::atomic<bool> done{false};
  std::atomic<int> started{0};
  std::vector<std::thread> threads;
  for (int number = 0; number < 2; ++number) {
    threads.emplace_back([&] {
      ++started;
      while (!done) {
        call();
      }
    });
  }
  while (started < 2) {
    std::this_thread::yield();
  }
  change();
  done = true;
  for (std::thread &thread : threads) {
    thread.join();
  }
}

// 26
TEST_F(TheUsersCode, AddsAndChangesAnswersWhileThreadsCall) {
  auto &charge = tripwire::mock<&acme_charge>();
  charge.returns(ACME_OK).always();
  std::atomic<int> strange{0};
  std::atomic<int> calls{0};
  {
    const tripwire::Sandbox sandbox;
    while_threads_call(
        [&] {
          ++calls;
          acme_receipt receipt{};
          const acme_status status = tripwire_may_throw_acme_charge("me", 5, &receipt);
          strange += status != ACME_OK && status != ACME_DECLINED;
        },
        [&] {
          for (int i = 0; i < 100; ++i) {
            acme_receipt receipt{};
            receipt.cents = i;
            charge.writes<2>(receipt); // of the answer that the threads get just now
            charge.when("me", 5, anything).returns(ACME_DECLINED).writes<2>(receipt).optional();
            charge.when([](const char *) { return true; }, anything, anything)
                .fails(ACME_DECLINED, EBUSY)
                .times(2)
                .optional();
            std::this_thread::yield();
          }
        });
  }
  EXPECT_EQ(strange, 0);
  const std::string text = text_of<tripwire::VerificationError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "\n" + std::to_string(calls) + " interactions were never asserted")) << text;
}

// 14, 26
TEST_F(TheUsersCode, ActivatesAndEndsMocksWhileThreadsCall) {
  auto &plain_mock = tripwire::mock<&acme_plain>();
  plain_mock.returns(-5).always();
  {
    const tripwire::Sandbox sandbox; // so that the seam is not called without any
    plain(0);
  }
  plain_mock.assert_call(0, nullptr, 1U);
  std::atomic<int> strange{0};
  while_threads_call(
      [&] {
        const int got = plain(1);
        strange += got != -5 && got != acme_plain(1, nullptr, 1);
      },
      [&] {
        for (int i = 0; i < 500; ++i) {
          const auto active = plain_mock.activate();
          std::this_thread::yield();
        }
      });
  EXPECT_EQ(strange, 0);
  verifier.verify_all();
}

// 26
TEST_F(TheUsersCode, MakesMocksOfOtherSeamsAndListsTheTimelineWhileThreadsCall) {
  tripwire::mock<&acme_receive>().returns(3L).writes<0>(std::string("abc")).always();
  {
    const tripwire::Sandbox sandbox;
    while_threads_call(
        [] {
          char buffer[8] = {};
          tripwire_may_throw_acme_receive(buffer, sizeof buffer);
        },
        [&] {
          tripwire::mock<&acme_plain>().returns(1).optional();
          tripwire::mock<&acme_close>().returns().optional();
          tripwire::spy<&acme::quiet>();
          for (int i = 0; i < 10; ++i) {
            text_of<tripwire::UnassertedInteractionsError>([&] { verifier.verify_all(); });
          }
        });
  }
  violations_seen();
}

} // namespace
