// A million interactions and a hundred thousand mocks in one test: what they cost, and what the end of the test says of
// them. Memory is counted, nothing is timed; what grew with the square of the number would not end within the test's
// time.
#include "acme_seams.hpp"
#include "real_calls.hpp"
#include "violations.hpp"

#include <tripwire/tripwire.hpp>

#include <gtest/gtest.h>

#include <malloc.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

namespace {

std::atomic<std::size_t> bytes{0}; ///< in use

} // namespace

void *operator new(std::size_t size) {
  if (void *memory = std::malloc(size)) {
    bytes += ::malloc_usable_size(memory);
    return memory;
  }
  throw std::bad_alloc();
}
void operator delete(void *memory) noexcept {
  bytes -= memory == nullptr ? 0 : ::malloc_usable_size(memory);
  std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept { operator delete(memory); }
// Where a sanitizer has its own of these, they would not come here by themselves.
void *operator new[](std::size_t size) { return operator new(size); }
void *operator new[](std::size_t size, const std::nothrow_t &) noexcept { return operator new(size); }
void operator delete[](void *memory) noexcept { operator delete(memory); }
void operator delete[](void *memory, std::size_t) noexcept { operator delete(memory); }

namespace {

using tripwire::anything;

constexpr std::size_t million = 1000000;
constexpr std::size_t hundred_thousand = 100000;
constexpr std::size_t allowed_each = 96; ///< bytes of an interaction over its own data

std::size_t lines_of(const std::string &text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
}

int plain(std::size_t a) { return tripwire_may_throw_acme_plain(static_cast<int>(a), nullptr, a); }

/// A slot's calls come to a million, and at no number on the way, a chunk begun or not, do they cost more.
TEST(AMillionInteractions, OfOneSlotCostLittleMoreThanTheirDataAtAnyNumber) {
  const std::size_t own_data = sizeof(int) + sizeof(int) + sizeof(const void *) + sizeof(std::size_t) + sizeof(int);
  const tripwire::Verifier verifier;
  tripwire::mock<&acme_plain>().returns(5).always();
  const tripwire::Sandbox sandbox;
  plain(0);
  const std::size_t before = bytes;
  std::size_t worst = 0;
  for (std::size_t made = 1; made <= million; ++made) {
    plain(made);
    if (made >= 10000) { // what is taken in advance does not weigh on less
      worst = std::max(worst, (bytes - before) / made);
    }
  }
  EXPECT_LE(worst, own_data + allowed_each);
  EXPECT_GE(worst, own_data);
}

TEST(AMillionInteractions, OfSeveralSlotsWithCopiedTextCostLittleMoreThanTheirData) {
  const std::string text = "sixteen letters.";
  const std::size_t plain_data = sizeof(int) + sizeof(int) + sizeof(const void *) + sizeof(std::size_t) + sizeof(int);
  // The pointer, the size and the flags, the result, and the copy of the buffer with its NUL.
  const std::size_t send_data = sizeof(const void *) + sizeof(size_t) + 2 * sizeof(int) + sizeof(long) + 17;
  const std::size_t close_data = sizeof(int);
  const tripwire::Verifier verifier;
  tripwire::mock<&acme_plain>().returns(5).always();
  tripwire::mock<&acme_send>().returns(16L).always();
  tripwire::mock<&acme_close>().returns().always();
  const tripwire::Sandbox sandbox;
  const std::size_t before = bytes;
  for (std::size_t made = 0; made < million / 3; ++made) {
    plain(made);
    tripwire_may_throw_acme_send(text.data(), text.size(), 0);
    tripwire_may_throw_acme_close(static_cast<int>(made));
  }
  EXPECT_LE((bytes - before) / (million / 3), plain_data + send_data + close_data + 3 * allowed_each);
}

TEST(AMillionInteractions, AreNumberedAndAssertedOneByOne) {
  tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  mock.returns(0).always();
  {
    const tripwire::Sandbox sandbox;
    for (std::size_t made = 0; made < million; ++made) {
      plain(made);
    }
  }
  for (std::size_t made = 0; made < million / 10; ++made) {
    mock.assert_call(static_cast<int>(made), nullptr, made);
  }
  // In any order they are looked through from the front, so this does not take the square of their number.
  tripwire::in_any_order([&] {
    for (std::size_t made = million / 10; made < million / 5; ++made) {
      mock.assert_call(static_cast<int>(made), nullptr, made);
    }
  });
  const std::string text = text_of<tripwire::UnassertedInteractionsError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "800000 interactions were never asserted")) << text;
  EXPECT_TRUE(contains(text, "[200000] acme_plain(a: 200000, b: nullptr, c: 200000) returned 0")) << text;
}

TEST(AMillionInteractions, ThatNobodyAssertedAreListedShortly) {
  tripwire::Verifier verifier;
  tripwire::mock<&acme_plain>().returns(5).always();
  {
    const tripwire::Sandbox sandbox;
    for (std::size_t made = 0; made < million; ++made) {
      plain(made);
    }
  }
  const std::size_t before = bytes;
  const std::string text = text_of<tripwire::UnassertedInteractionsError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "UnassertedInteractionsError: 1000000 interactions were never asserted\n"
                             "  [0] acme_plain(a: 0, b: nullptr, c: 0) returned 5\n"))
      << text;
  EXPECT_TRUE(contains(text, "\n  [19] acme_plain(a: 19, b: nullptr, c: 19) returned 5\n")) << text;
  EXPECT_TRUE(contains(text, "\n  and 999980 more")) << text;
  EXPECT_LE(lines_of(text), 1 + 20 * 3 + 1) << text;
  EXPECT_LT(text.size(), 8192U);
  // The message is what it took: nothing was made of the interactions that it does not show.
  EXPECT_LT(bytes - before, std::size_t{1} << 22);
  verifier.verify_all(); // all are reported, those that were only counted too
}

TEST(AHundredThousandMocks, WithDistinctKeysAnswerEachItsOwnCall) {
  tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  for (std::size_t key = 0; key < hundred_thousand; ++key) {
    mock.when(static_cast<int>(key), anything, key).returns(static_cast<int>(key % 1000));
  }
  {
    const tripwire::Sandbox sandbox;
    for (std::size_t made = 0; made < hundred_thousand; ++made) {
      const std::size_t key = (made * 7919) % hundred_thousand;
      ASSERT_EQ(plain(key), static_cast<int>(key % 1000));
    }
    EXPECT_THROW(plain(5), tripwire::UnmockedInteractionError); // that one is spent
  }
  violations_seen();
  for (std::size_t made = 0; made < hundred_thousand; ++made) {
    const std::size_t key = (made * 7919) % hundred_thousand;
    mock.assert_call(static_cast<int>(key), nullptr, key);
  }
  verifier.verify_all();
}

TEST(AHundredThousandMocks, OfOneKeyAreUsedInTheirOrder) {
  tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  for (std::size_t order = 0; order < hundred_thousand; ++order) {
    mock.when(7, anything, anything).returns(static_cast<int>(order));
  }
  {
    const tripwire::Sandbox sandbox;
    for (std::size_t made = 0; made < hundred_thousand; ++made) {
      ASSERT_EQ(plain(7), static_cast<int>(made));
    }
  }
  tripwire::in_any_order([&] {
    for (std::size_t made = 0; made < hundred_thousand; ++made) {
      mock.assert_call(7, nullptr, 7U);
    }
  });
  verifier.verify_all();
}

TEST(AHundredThousandMocks, WithPredicatesAreUsedInTheirOrder) {
  tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  for (std::size_t order = 0; order < hundred_thousand; ++order) {
    mock.when([](int a) { return a > 0; }, anything, anything).returns(static_cast<int>(order));
  }
  {
    const tripwire::Sandbox sandbox;
    for (std::size_t made = 0; made < hundred_thousand; ++made) {
      ASSERT_EQ(plain(made + 1), static_cast<int>(made));
    }
  }
  tripwire::in_any_order([&] {
    for (std::size_t made = 0; made < hundred_thousand; ++made) {
      mock.assert_call(static_cast<int>(made + 1), nullptr, made + 1);
    }
  });
  verifier.verify_all();
}

TEST(AHundredThousandMocks, ThatNobodyUsedAreListedShortly) {
  tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  for (std::size_t key = 0; key < hundred_thousand; ++key) {
    mock.when(static_cast<int>(key), anything, anything).returns(1);
  }
  const std::string text = text_of<tripwire::UnusedMocksError>([&] { verifier.verify_all(); });
  EXPECT_TRUE(contains(text, "UnusedMocksError: 100000 answers were never used; remove what is not needed, or mark it "
                             ".optional()\n  acme_plain.when(0, anything, anything).returns(...)"))
      << text;
  EXPECT_TRUE(contains(text, "\n  and 99980 more")) << text;
  EXPECT_LE(lines_of(text), 1 + 20 * 2 + 1) << text;
  verifier.verify_all();
}

TEST(AHundredThousandMocks, OfWhichNoneMatchesShowTheNearest) {
  tripwire::Verifier verifier;
  auto &mock = tripwire::mock<&acme_plain>();
  for (std::size_t key = 0; key < hundred_thousand; ++key) {
    mock.when(static_cast<int>(key), anything, key == 500 ? 3U : 4U).returns(1).optional();
  }
  const tripwire::Sandbox sandbox;
  const std::string text =
      text_of<tripwire::UnmockedInteractionError>([] { tripwire_may_throw_acme_plain(-1, nullptr, 3); });
  EXPECT_TRUE(contains(text, "a: expected 500, got -1\n    b: anything\n    c: 3 matches")) << text;
  EXPECT_LT(text.size(), 2048U);
  violations_seen();
}

} // namespace
