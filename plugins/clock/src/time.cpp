#include "time.hpp"

#include <cstdint>
#include <limits>

namespace tripwire::plugins {

std::chrono::nanoseconds time_added(std::chrono::nanoseconds one, std::chrono::nanoseconds other) noexcept {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(one.count(), other.count(), &sum))
    return std::chrono::nanoseconds(sum);
  return other.count() > 0 ? std::chrono::nanoseconds::max() : std::chrono::nanoseconds::min();
}

void TestTime::set(Span since_epoch, const ClockMock &mock) {
  const std::lock_guard<std::mutex> lock(mutex_);
  since_epoch_ = since_epoch;
  mock_ = &mock;
}

bool TestTime::is_said_by(const ClockMock &mock) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return mock_ == &mock;
}

std::optional<TestTime::Span> TestTime::now(ClockKind kind) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (mock_ == nullptr)
    return std::nullopt;
  return kind == ClockKind::date ? since_epoch_ : steady_;
}

void TestTime::advance(Span by) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (mock_ == nullptr)
    return;
  since_epoch_ = time_added(since_epoch_, by);
  steady_ = time_added(steady_, by);
}

} // namespace tripwire::plugins
