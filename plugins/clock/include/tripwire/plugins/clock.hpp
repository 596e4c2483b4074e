// tripwire::clock: what time it is in a test, and for how long the program slept
//
//   tripwire::clock.mock_now("2026-03-01T12:00:00Z");
//   {
//     tripwire::Sandbox sandbox;
//     wait_for_server(); // asks again each second, and costs no time
//   }
//   tripwire::clock.assert_sleep(std::chrono::seconds(1));
#ifndef TRIPWIRE_PLUGINS_CLOCK_HPP
#define TRIPWIRE_PLUGINS_CLOCK_HPP

#include <tripwire/matcher.hpp>
#include <tripwire/place.hpp>
#include <tripwire/plugin.hpp>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace tripwire::plugins {

class ClockMock;

/// For how long a program sleeps, in nanoseconds.
enum class ClockSpan : std::int64_t {};
/// `250ms`; to paste, `std::chrono::milliseconds(250)`
void tripwire_print(seam::Out &out, ClockSpan span);

namespace detail {

/// In nanoseconds; as much as they hold of what is longer.
template <class Rep, class Period> std::chrono::nanoseconds nanoseconds_of(std::chrono::duration<Rep, Period> given) {
  using Nanoseconds = std::chrono::nanoseconds;
  using Long = std::chrono::duration<long double, Nanoseconds::period>;
  const Long exact = std::chrono::duration_cast<Long>(given);
  if (exact >= Long(Nanoseconds::max()))
    return Nanoseconds::max();
  if (exact <= Long(Nanoseconds::min()))
    return Nanoseconds::min();
  return std::chrono::duration_cast<Nanoseconds>(given);
}

} // namespace detail

/// A point in time: of `std::chrono::system_clock`, seconds since 1970 as `time` counts them, or text,
/// `2026-03-01T12:00:00Z`, which may have a fraction of a second.
class ClockTime {
public:
  ClockTime(std::time_t seconds); // NOLINT: stands for what is said
  template <class Duration>
  ClockTime(std::chrono::time_point<std::chrono::system_clock, Duration> time) // NOLINT: stands for what is said
      : since_epoch_(detail::nanoseconds_of(time.time_since_epoch())) {}
  template <class T, class = std::enable_if_t<std::is_convertible_v<const T &, std::string_view>>>
  ClockTime(const T &text) : text_(std::string_view(text)) {} // NOLINT: stands for what is said

  /// Throws a `ConfigurationError` with \p place for what is no time.
  std::chrono::nanoseconds since_epoch(const Place &place) const;
  /// For messages, as it was said: `"2026-03-01T12:00:00Z"`, or seconds.
  std::string said() const;

private:
  std::chrono::nanoseconds since_epoch_{};
  std::string text_;
};

/// An expected span: a duration, a matcher, or a callable that takes `std::chrono::nanoseconds`.
class ClockExpectedSpan {
public:
  template <class Rep, class Period>
  ClockExpectedSpan(const std::chrono::duration<Rep, Period> &exact) // NOLINT: stands for what is said
      : matcher_(exactly(detail::nanoseconds_of(exact))) {}
  template <class F, class = std::enable_if_t<tripwire::detail::decides<F, std::chrono::nanoseconds>::value>,
            class = void>
  ClockExpectedSpan(const F &decide)
      : matcher_(decided([decide](std::chrono::nanoseconds span) { // NOLINT: the same
          return static_cast<bool>(decide(span));
        })) {}
  ClockExpectedSpan(Matcher matcher) : matcher_(std::move(matcher)) {} // NOLINT: the same
  ClockExpectedSpan(Anything) {}                                       // NOLINT: the same
  const Matcher &matcher() const noexcept { return matcher_; }

private:
  static Matcher exactly(std::chrono::nanoseconds span);
  static Matcher decided(std::function<bool(std::chrono::nanoseconds)> decide);

  Matcher matcher_;
};

/// What every answer can be told. \p Self is the answer's own class. The mock behind it lives as long as the test.
template <class Self> class ClockAnswer {
public:
  /// Unused is no violation.
  Self &optional() { return required(false); }
  Self &required(bool required);

protected:
  explicit ClockAnswer(ClockMock &mock) : mock_(&mock) {}

  ClockMock *mock_;
};

/// The time of a test. Reads of it and sleeps are answered without end.
class ClockNow : public ClockAnswer<ClockNow> {
public:
  explicit ClockNow(ClockMock &mock) : ClockAnswer(mock) {}
  /// Each read moves the time on by that much, after it was answered: for code that waits by reading.
  template <class Rep, class Period> ClockNow &tick(std::chrono::duration<Rep, Period> each) {
    return tick_by(detail::nanoseconds_of(each));
  }

private:
  ClockNow &tick_by(std::chrono::nanoseconds each);
};

/// Sleeps that the test waits for; one unless told. They cost no time, and move the time of the test.
class ClockSleep : public ClockAnswer<ClockSleep> {
public:
  explicit ClockSleep(ClockMock &mock) : ClockAnswer(mock) {}
  /// Answers \p count sleeps.
  ClockSleep &times(std::uint64_t count);
  /// Answers sleeps without end.
  ClockSleep &always();
  /// A signal ends the sleep after that time: the call says so (`EINTR`), and how much is left.
  template <class Rep, class Period> ClockSleep &interrupted_after(std::chrono::duration<Rep, Period> slept) {
    return interrupted(detail::nanoseconds_of(slept));
  }

private:
  ClockSleep &interrupted(std::chrono::nanoseconds slept);
};

/// Reads that are real and need no assertion, and sleeps that really take their time, and must be asserted.
class ClockPassThrough : public ClockAnswer<ClockPassThrough> {
public:
  explicit ClockPassThrough(ClockMock &mock) : ClockAnswer(mock) {}
};

/// The plugin's words. Has no state: everything belongs to the current test.
class Clock {
public:
  /// From now on it is \p time, for all clocks: nothing but the test and sleeping moves them. Reads need no assertion;
  /// sleeps do. Said again, it sets the clock that tells the date, and `std::chrono::steady_clock` goes on.
  ClockNow &mock_now(const ClockTime &time, Place place = Place::here()) const;
  /// Time passes, on all clocks.
  template <class Rep, class Period>
  void advance(std::chrono::duration<Rep, Period> by, Place place = Place::here()) const {
    advance_by(detail::nanoseconds_of(by), place);
  }
  /// What time it is in the test.
  std::chrono::system_clock::time_point now(Place place = Place::here()) const;

  /// The test waits for a sleep. Where the time is mocked, sleeps need no mock of their own.
  ClockSleep &mock_sleep(const ClockExpectedSpan &span, Place place = Place::here()) const;
  ClockPassThrough &pass_through(Place place = Place::here()) const;

  /// The program slept for \p span, by whichever function.
  void assert_sleep(const ClockExpectedSpan &span, Place place = Place::here()) const;
  /// The program went to sleep for \p span, and a signal ended it.
  void assert_sleep_interrupted(const ClockExpectedSpan &span, Place place = Place::here()) const;

private:
  void advance_by(std::chrono::nanoseconds by, const Place &place) const;
};

} // namespace tripwire::plugins

namespace tripwire {

inline constexpr plugins::Clock clock{};

} // namespace tripwire

#endif
