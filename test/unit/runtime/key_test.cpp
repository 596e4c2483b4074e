// Which of many queues serves a call: found by the values that they compare, and always the one that a search from the
// first to the last would find (semantics 19)
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/seam/definition.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <vector>

namespace {

namespace tw = tripwire::seam;

using tripwire::anything;
using tripwire::Matcher;

/// The arguments of a call; as a condition, an absent one takes anything.
struct Wanted {
  std::optional<int> a;
  std::optional<const void *> b;
  std::optional<std::size_t> c;
  bool is_even = false; ///< a predicate on `c`
};

constexpr std::size_t always = std::numeric_limits<std::size_t>::max();

/// What a queue is, kept a second time.
struct Kept {
  Wanted wanted;
  std::vector<std::size_t> left; ///< how often each of its answers still serves; or `always`

  bool meets(int a, const void *b, std::size_t c) const {
    return wanted.a.value_or(a) == a && wanted.b.value_or(b) == b && wanted.c.value_or(c) == c &&
           (!wanted.is_even || c % 2 == 0);
  }
  /// \return whether one of its answers was left.
  bool spend() {
    for (std::size_t &uses : left) {
      if (uses > 0) {
        uses -= uses == always ? 0u : 1u;
        return true;
      }
    }
    return false;
  }
};

using Plain = tripwire::MockOf<int(int, const void *, std::size_t)>;
using Answers = tripwire::Answers<int(int, const void *, std::size_t)>;

Answers &made_when(Plain &mock, const Wanted &wanted) {
  const Matcher a = wanted.a ? Matcher(tripwire::equals(*wanted.a)) : Matcher(anything);
  const Matcher b = wanted.b ? Matcher(tripwire::equals(*wanted.b)) : Matcher(anything);
  if (wanted.is_even) {
    return mock.when(a, b, [](std::size_t c) { return c % 2 == 0; });
  }
  return mock.when(a, b, wanted.c ? Matcher(tripwire::equals(*wanted.c)) : Matcher(anything));
}

const int objects[3] = {};

class Draw {
public:
  explicit Draw(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t end) { return random_() % end; }
  bool one_in(std::size_t count) { return below(count) == 0; }
  int a() { return static_cast<int>(below(6)) - 2; }
  const void *b() { return one_in(4) ? nullptr : &objects[below(3)]; }
  std::size_t c() { return one_in(5) ? std::numeric_limits<std::size_t>::max() - below(2) : below(5); }
  /// Only of \c a when that is asked for: then one group has all queues.
  Wanted wanted(bool of_one) {
    Wanted made;
    made.a = !of_one && one_in(3) ? std::nullopt : std::optional(a());
    if (of_one) {
      return made;
    }
    made.b = one_in(2) ? std::nullopt : std::optional(b());
    made.is_even = one_in(6);
    made.c = made.is_even || one_in(2) ? std::nullopt : std::optional(c());
    return made;
  }

private:
  std::mt19937 random_;
};

// 19
TEST(Keys, TheQueueThatServesIsTheOneThatASearchFromTheFirstFinds) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const bool of_one = seed % 3 == 0;
    const tripwire::Verifier verifier;
    Plain &mock = tripwire::mock<&acme_plain>();
    std::vector<Kept> kept;
    std::vector<Answers *> made;
    const tripwire::Sandbox sandbox;
    for (int step = 0; step < 600; ++step) {
      if (kept.size() < 3 || draw.one_in(6)) {
        kept.push_back({draw.wanted(of_one && !draw.one_in(8)), {}});
        made.push_back(&made_when(mock, kept.back().wanted));
      }
      if (draw.one_in(3)) {
        const std::size_t queue = draw.below(kept.size());
        const std::size_t uses = draw.one_in(of_one ? 3 : 8) ? always : draw.below(3);
        Answers &answers = made[queue]->returns(static_cast<int>(queue));
        uses == always ? answers.always() : answers.times(uses);
        kept[queue].left.push_back(uses);
      }
      const int a = draw.a();
      const void *const b = draw.b();
      const std::size_t c = draw.c();
      int expected = -1;
      for (std::size_t queue = 0; queue < kept.size() && expected < 0; ++queue) {
        expected = kept[queue].meets(a, b, c) && kept[queue].spend() ? static_cast<int>(queue) : -1;
      }
      int got = -1;
      try {
        got = tripwire_may_throw_acme_plain(a, b, c);
      } catch (const tripwire::UnmockedInteractionError &) {
        violations_seen();
      }
      ASSERT_EQ(got, expected) << "step " << step;
    }
  }
}

// 19
TEST(Keys, NumbersOfTheSameBitsAndAnotherSignDiffer) {
  const tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  mock.when(anything, anything, tripwire::equals(-1)).returns(1).always();
  mock.when(anything, anything, tripwire::equals(std::numeric_limits<std::uint64_t>::max())).returns(2).always();
  mock.when(tripwire::equals(std::numeric_limits<std::uint64_t>::max()), anything, anything).returns(3).always();
  mock.when(tripwire::equals(-1), anything, anything).returns(4).always();
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(tripwire_may_throw_acme_plain(0, nullptr, std::numeric_limits<std::size_t>::max()), 2);
  EXPECT_EQ(tripwire_may_throw_acme_plain(-1, nullptr, 0), 4);
}

// 19
TEST(Keys, TwoValuesAreNotTakenForEachOther) {
  const tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  constexpr int size = 40;
  for (int a = 0; a < size; ++a) {
    for (std::size_t c = 0; c < size; ++c) {
      mock.when(a, anything, c).returns(a * size + static_cast<int>(c)).always();
    }
  }
  const tripwire::Sandbox sandbox;
  for (int a = 0; a < size; ++a) {
    for (std::size_t c = 0; c < size; ++c) {
      ASSERT_EQ(tripwire_may_throw_acme_plain(a, nullptr, c), a * size + static_cast<int>(c));
    }
  }
  EXPECT_THROW(tripwire_may_throw_acme_plain(size, nullptr, 0), tripwire::UnmockedInteractionError);
  violations_seen();
}

// 18, 19
TEST(Keys, AnAnswerThatIsChangedWhileItServesIsGivenAsItIsThen) {
  const tripwire::Verifier verifier;
  auto &queue = tripwire::mock<&acme_receive>().when(anything, 4);
  queue.returns(3L).always();
  char buffer[4] = {};
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(tripwire_may_throw_acme_receive(buffer, sizeof buffer), 3);
  queue.writes<0>("abc");
  EXPECT_EQ(tripwire_may_throw_acme_receive(buffer, sizeof buffer), 3);
  EXPECT_STREQ(buffer, "abc");
}

// 18, 19
TEST(Keys, AnAnswerStandsBesideMocksThatAreRegisteredLater) {
  const tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  mock.when(7, anything, anything).returns(1).always();
  const tripwire::Sandbox sandbox;
  const auto call = [] { return tripwire_may_throw_acme_plain(7, nullptr, 3); };
  EXPECT_EQ(call(), 1);
  EXPECT_EQ(call(), 1);
  mock.when(anything, nullptr, anything).returns(2); // registered later, so it is asked later
  EXPECT_EQ(call(), 1);
  EXPECT_EQ(call(), 1);
  EXPECT_EQ(tripwire_may_throw_acme_plain(8, nullptr, 3), 2);
}

// 19
TEST(Keys, AnAnswerDoesNotStandForACallThatAnEarlierMockServes) {
  const tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  mock.when(anything, anything, [](std::size_t c) { return c % 2 == 0; }).returns(2).always();
  mock.when(7, anything, anything).returns(1).always();
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(tripwire_may_throw_acme_plain(7, nullptr, 3), 1);
  EXPECT_EQ(tripwire_may_throw_acme_plain(7, nullptr, 4), 2);
}

// What the tool writes for calls of `control` with its command alone and with a number behind it.
int control(int, ...) { return -1; }
int tripwire_may_throw_control(int command);

constexpr tw::Parameter control_parameters[] = {tw::parameter("command")};
tw::Slot control_slot(tw::SlotFacts{"control", "_Z7controliz", "", "tripwire.yaml:1", tw::key<&control>(),
                                    tw::key<&tripwire_may_throw_control>(), tw::signature<decltype(control)>(),
                                    control_parameters, tw::result(), tw::Failure{}});
const tw::Registration control_registration(control_slot);

[[gnu::noinline]] int tripwire_may_throw_control(int command) {
  return tw::invoke<tw::Refusal::throws, int, int>(
      control_slot, __builtin_return_address(0), [](int p0) { return control(p0); }, command);
}

[[gnu::noinline]] int tripwire_may_throw_control_int(int command, int number) {
  return tw::invoke<tw::Refusal::throws, int, int, int>(
      control_slot, __builtin_return_address(0), [](int p0, int p1) { return control(p0, p1); }, command, number);
}

// 19
TEST(Keys, WhatStandsForOneCallIsNotGivenToOneWithMoreArguments) {
  const tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&control>();
  mock.when(7, 5).returns(1).always();
  mock.when(7).returns(2).always();
  const tripwire::Sandbox sandbox;
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(tripwire_may_throw_control(7), 2);
    EXPECT_EQ(tripwire_may_throw_control_int(7, 5), 1);
    EXPECT_EQ(tripwire_may_throw_control_int(7, 6), 2);
  }
}

} // namespace
