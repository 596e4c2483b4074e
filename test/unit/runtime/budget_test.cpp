// What a mocked call may cost, in allocations and bytes (design.md, section 7). Instructions are counted in test/bench.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> allocations{0};
std::atomic<std::size_t> bytes{0};

} // namespace

void *operator new(std::size_t size) {
  ++allocations;
  bytes += size;
  if (void *memory = std::malloc(size)) {
    return memory;
  }
  throw std::bad_alloc();
}
void operator delete(void *memory) noexcept { std::free(memory); }
void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }

namespace {

TEST(Budget, RecordingAllocatesNothingPerCallAndLittleBeyondTheData) {
  constexpr std::size_t calls = 100000;
  constexpr std::size_t own_data = sizeof(int) + sizeof(const void *) + sizeof(std::size_t) + sizeof(int);
  const tripwire::Verifier verifier;
  tripwire::mock<&acme_plain>().returns(5).always();
  const tripwire::Sandbox sandbox;
  tripwire_may_throw_acme_plain(0, nullptr, 1);
  const std::size_t allocations_before = allocations;
  const std::size_t bytes_before = bytes;
  for (std::size_t i = 0; i < calls; ++i) {
    tripwire_may_throw_acme_plain(static_cast<int>(i), nullptr, i);
  }
  EXPECT_LT(allocations - allocations_before, calls / 500);
  // Chunks are taken in advance: at most as much again as is used.
  EXPECT_LT((bytes - bytes_before) / calls, 2 * (own_data + 96));
}

} // namespace
