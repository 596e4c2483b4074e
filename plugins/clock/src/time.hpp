// mock_now, advance and sleeping --(TestTime)--> what the clocks of one test say
#ifndef TRIPWIRE_PLUGINS_CLOCK_TIME_HPP
#define TRIPWIRE_PLUGINS_CLOCK_TIME_HPP

#include <chrono>
#include <mutex>
#include <optional>

namespace tripwire::plugins {

class ClockMock;

enum class ClockKind : unsigned char {
  date,   ///< `CLOCK_REALTIME`: since 1970
  steady, ///< `CLOCK_MONOTONIC`: since some time before the test
};

/// The time of one test. Thread-safe.
class TestTime {
public:
  using Span = std::chrono::nanoseconds;

  /// It is that time now, and \p mock says so from now on.
  void set(Span since_epoch, const ClockMock &mock);
  /// Whether \p mock is the one that says which time it is.
  bool is_said_by(const ClockMock &mock) const;
  /// Nothing when the test has not said which time it is.
  std::optional<Span> now(ClockKind kind) const;
  /// Time passes; as much as the clocks can show. Nothing happens where none is mocked.
  void advance(Span by);

private:
  mutable std::mutex mutex_;
  const ClockMock *mock_ = nullptr;
  Span since_epoch_{};
  Span steady_ = std::chrono::hours(24 * 365); ///< programs subtract from it
};

/// The sum, or what comes next to it.
std::chrono::nanoseconds time_added(std::chrono::nanoseconds one, std::chrono::nanoseconds other) noexcept;

} // namespace tripwire::plugins

#endif
