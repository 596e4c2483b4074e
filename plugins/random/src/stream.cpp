#include "stream.hpp"

#include <algorithm>
#include <cstring>

namespace tripwire::plugins {

namespace {

/// The finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
std::uint64_t mixed(std::uint64_t bits) noexcept {
  bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
  bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
  return bits ^ (bits >> 31);
}

constexpr std::uint64_t golden = 0x9E3779B97F4A7C15;

std::uint64_t key_of(std::uint64_t seed, std::uint64_t source, std::uint64_t which) noexcept {
  return mixed(mixed(mixed(seed + golden) + (source + 1) * golden) + which * golden);
}

} // namespace

char TestStreams::state_of_process_[64];

std::uint64_t RandomStream::next() noexcept { return mixed(key_ + ++drawn_ * golden); }

void TestStreams::seed(std::uint64_t seed, const RandomSeedMock &mock) {
  const std::lock_guard<std::mutex> lock(mutex_);
  mock_ = &mock;
  seed_ = seed;
  for (std::size_t source = 0; source < generators_.size(); ++source)
    generators_[source] = {RandomStream(key_of(seed, source, 0)), {}};
  left_.clear();
  state_ = state_of_process_;
}

bool TestStreams::is_said_by(const RandomSeedMock &mock) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return mock_ == &mock;
}

std::uint64_t TestStreams::next(RandomSource source) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return of(source).stream.next();
}

void TestStreams::fill(RandomSource source, void *target, std::size_t size) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto *at = static_cast<unsigned char *>(target);
  while (size > 0) {
    const std::uint64_t bits = of(source).stream.next();
    const std::size_t count = std::min(size, sizeof bits);
    std::memcpy(at, &bits, count);
    at += count;
    size -= count;
  }
}

void TestStreams::restart(RandomSource source, std::uint64_t seed) {
  Generator &generator = of(source);
  auto &seeds = generator.seeds;
  auto place = std::find(seeds.begin(), seeds.end(), seed);
  if (place == seeds.end())
    place = seeds.insert(seeds.end(), seed);
  const auto which = static_cast<std::uint64_t>(place - seeds.begin()) + 1;
  generator.stream = RandomStream(key_of(seed_, static_cast<std::uint64_t>(source), which));
}

void TestStreams::reseed(RandomSource source, std::uint64_t seed) {
  const std::lock_guard<std::mutex> lock(mutex_);
  restart(source, seed);
}

char *TestStreams::switch_state(char *state) {
  char *const before = state_;
  left_[before] = of(RandomSource::classic).stream;
  state_ = state;
  return before;
}

char *TestStreams::use_state(char *state, std::uint64_t seed) {
  const std::lock_guard<std::mutex> lock(mutex_);
  char *const before = switch_state(state);
  restart(RandomSource::classic, seed);
  return before;
}

char *TestStreams::use_state(char *state) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (state == state_)
    return state;
  const auto found = left_.find(state);
  if (found == left_.end())
    return nullptr;
  const RandomStream stream = found->second;
  char *const before = switch_state(state);
  of(RandomSource::classic).stream = stream;
  return before;
}

} // namespace tripwire::plugins
