// the seams of the time --(handlers)--> what the test says that it is, and sleeps that cost none
#include "plugin.hpp"

#include "chrono_type.hpp"
#include "hints.hpp"
#include "mock.hpp"
#include "span.hpp"

#include <tripwire/violation.hpp>

#include <poll.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/timeb.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <ctime>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_clock;

namespace tripwire::plugins {

namespace {

using plugin::Decision;
using plugin::Description;
using plugin::Visit;
using std::chrono::nanoseconds;

constexpr std::int64_t second = 1'000'000'000;

template <class T> T read(const Visit &visit, std::size_t index) {
  T value{};
  std::memcpy(&value, visit.argument(index).address, sizeof value);
  return value;
}

template <class To> To split(nanoseconds span) {
  std::int64_t seconds = span.count() / second;
  std::int64_t rest = span.count() % second;
  if (rest < 0) { // before 1970
    rest += second;
    --seconds;
  }
  return {seconds, rest};
}

nanoseconds joined(const timespec &time) {
  return time_added(detail::nanoseconds_of(std::chrono::seconds(time.tv_sec)), nanoseconds(time.tv_nsec));
}

/// Clocks that count the work of the processor are no time of day, and left alone.
std::optional<ClockKind> kind_of(clockid_t id) {
  switch (id) {
  case CLOCK_REALTIME:
  case CLOCK_REALTIME_COARSE:
  case CLOCK_REALTIME_ALARM:
  case CLOCK_TAI:
    return ClockKind::date;
  case CLOCK_MONOTONIC:
  case CLOCK_MONOTONIC_RAW:
  case CLOCK_MONOTONIC_COARSE:
  case CLOCK_BOOTTIME:
  case CLOCK_BOOTTIME_ALARM:
    return ClockKind::steady;
  default:
    return std::nullopt;
  }
}

/// Puts a read before the core. Nothing when it is to be real.
std::optional<nanoseconds> time_for(Visit &visit, ClockKind kind) {
  const int error = errno;
  const char *clock = kind == ClockKind::date ? "date" : "steady";
  const Decision decision = visit.present(Description().request("read the time").field("clock", std::string(clock)));
  errno = error;
  if (decision.real())
    return std::nullopt;
  const auto &mock = *decision.as<ClockMock>();
  const auto now = mock.time().now(kind);
  if (const std::int64_t tick = mock.tick; tick != 0)
    mock.time().advance(nanoseconds(tick));
  return now;
}

void on_time(Visit &visit) {
  const auto now = time_for(visit, ClockKind::date);
  if (!now)
    return;
  const auto seconds = split<timespec>(*now).tv_sec;
  if (auto *target = read<std::time_t *>(visit, 0); target != nullptr)
    *target = seconds;
  visit.answer<std::time_t>(seconds);
}

void on_clock_gettime(Visit &visit) {
  const auto kind = kind_of(read<clockid_t>(visit, 0));
  auto *target = read<timespec *>(visit, 1);
  if (!kind || target == nullptr)
    return;
  if (const auto now = time_for(visit, *kind)) {
    *target = split<timespec>(*now);
    visit.answer<int>(0);
  }
}

void on_gettimeofday(Visit &visit) {
  auto *target = read<timeval *>(visit, 0);
  if (target == nullptr)
    return;
  if (const auto now = time_for(visit, ClockKind::date)) {
    const auto time = split<timespec>(*now);
    *target = {time.tv_sec, time.tv_nsec / 1000};
    visit.answer<int>(0);
  }
}

void on_timespec_get(Visit &visit) {
  auto *target = read<timespec *>(visit, 0);
  const int base = read<int>(visit, 1);
  if (base != TIME_UTC || target == nullptr)
    return;
  if (const auto now = time_for(visit, ClockKind::date)) {
    *target = split<timespec>(*now);
    visit.answer<int>(base);
  }
}

void on_ftime(Visit &visit) {
  auto *target = read<timeb *>(visit, 0);
  if (target == nullptr)
    return;
  if (const auto now = time_for(visit, ClockKind::date)) {
    const auto time = split<timespec>(*now);
    *target = {};
    target->time = time.tv_sec;
    target->millitm = static_cast<unsigned short>(time.tv_nsec / 1'000'000);
    visit.answer<int>(0);
  }
}

template <class Clock> void on_now(Visit &visit) {
  const auto kind = Clock::is_steady ? ClockKind::steady : ClockKind::date;
  if (const auto now = time_for(visit, kind))
    visit.answer(typename Clock::time_point(std::chrono::duration_cast<typename Clock::duration>(*now)));
}

/// How a sleep that was not real ended.
struct Slept {
  bool is_real = false;
  nanoseconds left{}; ///< when a signal ended it
};

/// Puts a sleep before the core; one that is mocked moves the time of the test.
Slept sleep(Visit &visit, nanoseconds span, bool (*failed)(const Visit &visit)) {
  const int error = errno;
  const Decision decision =
      visit.present(Description().request("sleep " + text_of_span(span)).field("duration", ClockSpan{span.count()}));
  errno = error;
  Slept slept;
  if (decision.real()) {
    slept.is_real = true;
    visit.make_real();
    if (failed(visit)) {
      const int left_errno = errno;
      decision.recorded.raised(AnyValue(std::string("EINTR")));
      errno = left_errno;
    }
    return slept;
  }
  auto &mock = *decision.as<ClockMock>();
  mock.was_of_use();
  const bool is_interrupted = mock.interrupted && *mock.interrupted < span;
  mock.time().advance(is_interrupted ? *mock.interrupted : span);
  if (is_interrupted) {
    slept.left = span - *mock.interrupted;
    decision.recorded.raised(AnyValue(std::string("EINTR")));
    errno = EINTR;
  }
  return slept;
}

bool is_span(const timespec *time) {
  return time != nullptr && time->tv_sec >= 0 && time->tv_nsec >= 0 && time->tv_nsec < second;
}

bool returned_error(const Visit &visit) { return visit.result<int>() != 0; }

void on_nanosleep(Visit &visit) {
  const auto *wanted = read<const timespec *>(visit, 0);
  auto *rest = read<timespec *>(visit, 1);
  if (!is_span(wanted)) // which libc refuses at once
    return;
  const Slept slept = sleep(visit, joined(*wanted), &returned_error);
  if (slept.is_real)
    return;
  if (slept.left.count() != 0 && rest != nullptr)
    *rest = split<timespec>(slept.left);
  visit.answer<int>(slept.left.count() != 0 ? -1 : 0);
}

/// What time it is for a call that sleeps until a time: mocked, or real.
nanoseconds now_for(Visit &visit, ClockKind kind, clockid_t id) {
  if (const auto now = time_for(visit, kind))
    return *now;
  timespec real{};
  ::clock_gettime(id, &real);
  return joined(real);
}

void on_clock_nanosleep(Visit &visit) {
  const auto id = read<clockid_t>(visit, 0);
  const int flags = read<int>(visit, 1);
  const auto *wanted = read<const timespec *>(visit, 2);
  auto *rest = read<timespec *>(visit, 3);
  const auto kind = kind_of(id);
  if (!kind || !is_span(wanted)) // refused at once, or of the processor's time
    return;
  const bool is_until = (flags & TIMER_ABSTIME) != 0;
  nanoseconds span = joined(*wanted);
  if (is_until)
    span = std::max(nanoseconds(0), span - now_for(visit, *kind, id));
  const int error = errno;
  const Slept slept = sleep(visit, span, &returned_error);
  errno = error; // the call returns the error, and leaves errno alone
  if (slept.is_real)
    return;
  if (slept.left.count() != 0 && rest != nullptr && !is_until)
    *rest = split<timespec>(slept.left);
  visit.answer<int>(slept.left.count() != 0 ? EINTR : 0);
}

void on_usleep(Visit &visit) {
  const Slept slept = sleep(visit, std::chrono::microseconds(read<useconds_t>(visit, 0)), &returned_error);
  if (!slept.is_real)
    visit.answer<int>(slept.left.count() != 0 ? -1 : 0);
}

void on_sleep(Visit &visit) {
  const Slept slept = sleep(visit, std::chrono::seconds(read<unsigned>(visit, 0)),
                            [](const Visit &made) { return made.result<unsigned>() != 0; });
  if (!slept.is_real) // what is left is rounded as libc does
    visit.answer<unsigned>(static_cast<unsigned>((slept.left.count() + second / 2) / second));
}

void on_thrd_sleep(Visit &visit) {
  const auto *wanted = read<const timespec *>(visit, 0);
  auto *rest = read<timespec *>(visit, 1);
  if (!is_span(wanted))
    return;
  const int error = errno;
  const Slept slept = sleep(visit, joined(*wanted), &returned_error);
  errno = error; // which C11 knows nothing of
  if (slept.is_real)
    return;
  if (slept.left.count() != 0 && rest != nullptr)
    *rest = split<timespec>(slept.left);
  visit.answer<int>(slept.left.count() != 0 ? -1 : 0);
}

/// A wait for descriptors, when there are none: \p span is all that it waits for. Nothing is done where it does not
/// wait at all.
std::optional<Slept> wait_for_nothing(Visit &visit, nanoseconds span) {
  if (span.count() <= 0) {
    visit.pass_on();
    return std::nullopt;
  }
  const Slept slept = sleep(visit, span, &returned_error);
  if (slept.is_real)
    return std::nullopt;
  visit.answer<int>(slept.left.count() != 0 ? -1 : 0);
  return slept;
}

bool has_no_sets(const Visit &visit) {
  return read<const fd_set *>(visit, 1) == nullptr && read<const fd_set *>(visit, 2) == nullptr &&
         read<const fd_set *>(visit, 3) == nullptr;
}

void on_select(Visit &visit) {
  auto *wanted = read<timeval *>(visit, 4);
  if (!has_no_sets(visit) || wanted == nullptr || wanted->tv_sec < 0 || wanted->tv_usec < 0) {
    visit.pass_on();
    return;
  }
  const auto span = time_added(detail::nanoseconds_of(std::chrono::seconds(wanted->tv_sec)),
                               detail::nanoseconds_of(std::chrono::microseconds(wanted->tv_usec)));
  if (const auto slept = wait_for_nothing(visit, span)) { // Linux says there what is left
    const auto left = split<timespec>(slept->left);
    *wanted = {left.tv_sec, left.tv_nsec / 1000};
  }
}

void on_pselect(Visit &visit) {
  const auto *wanted = read<const timespec *>(visit, 4);
  if (!has_no_sets(visit) || !is_span(wanted))
    visit.pass_on();
  else
    wait_for_nothing(visit, joined(*wanted));
}

void on_poll(Visit &visit) {
  if (read<nfds_t>(visit, 1) != 0)
    visit.pass_on();
  else
    wait_for_nothing(visit, std::chrono::milliseconds(read<int>(visit, 2)));
}

void on_ppoll(Visit &visit) {
  const auto *wanted = read<const timespec *>(visit, 2);
  if (read<nfds_t>(visit, 1) != 0 || !is_span(wanted))
    visit.pass_on();
  else
    wait_for_nothing(visit, joined(*wanted));
}

[[noreturn]] void refuse(Visit &visit, const char *function, const std::string &type, const char *what) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "clock";
  facts.site = call_site(visit.call().site);
  facts.text = "ConfigurationError: " + std::string(function) + " with " + type + " cannot be answered: " + what +
               "\n  at " + facts.site.text() +
               "\n  sleep for a span of time that a number counts, or make the function that sleeps the seam";
  raise(std::move(facts));
}

bool never_failed(const Visit &) { return false; }

/// Whether the test has a say in the call; if not, it is real, whatever the type.
bool is_watched(const Visit &visit) { return visit.in_sandbox(); }

void on_sleep_for(Visit &visit) {
  const Value argument = visit.argument(0);
  const std::string type(argument.type->name());
  auto span = span_at(type, argument.address);
  if (!span && is_watched(visit))
    refuse(visit, "std::this_thread::sleep_for", type, "a type of the project's own counts the time");
  // A span that is none returns at once, and an interruption is slept again: as the real function does.
  nanoseconds left = span.value_or(nanoseconds(0));
  while (left.count() > 0) {
    const Slept slept = sleep(visit, left, &never_failed);
    if (slept.is_real)
      return;
    left = slept.left;
  }
  visit.call().answered = visit.call().answered || span.has_value();
}

void on_sleep_until(Visit &visit) {
  const Value argument = visit.argument(0);
  const std::string type(argument.type->name());
  const auto point = point_at(type, argument.address);
  if (!point && is_watched(visit))
    refuse(visit, "std::this_thread::sleep_until", type, "only system_clock and steady_clock are mocked");
  if (!point)
    return;
  const clockid_t id = point->kind == ClockKind::steady ? CLOCK_MONOTONIC : CLOCK_REALTIME;
  nanoseconds left = point->since_start - now_for(visit, point->kind, id);
  while (left.count() > 0) {
    const Slept slept = sleep(visit, left, &never_failed);
    if (slept.is_real)
      return;
    left = slept.left;
  }
  visit.call().answered = true;
}

class ClockPlugin final : public plugin::Plugin {
public:
  ClockPlugin() : Plugin(tripwire_manifest_clock, "<tripwire/plugins/clock.hpp>") {
    observe("time", &on_time);
    observe("clock_gettime", &on_clock_gettime);
    observe("gettimeofday", &on_gettimeofday);
    observe("timespec_get", &on_timespec_get);
    observe("ftime", &on_ftime);
    // libstdc++ has them in an inline namespace, which is part of the seam's name.
    observe("std::chrono::_V2::system_clock::now", &on_now<std::chrono::system_clock>);
    observe("std::chrono::_V2::steady_clock::now", &on_now<std::chrono::steady_clock>);
    observe("nanosleep", &on_nanosleep);
    observe("clock_nanosleep", &on_clock_nanosleep);
    observe("usleep", &on_usleep);
    observe("sleep", &on_sleep);
    observe("thrd_sleep", &on_thrd_sleep);
    observe("select", &on_select);
    observe("pselect", &on_pselect);
    observe("poll", &on_poll);
    observe("ppoll", &on_ppoll);
    observe("std::this_thread::sleep_for", &on_sleep_for);
    observe("std::this_thread::sleep_until", &on_sleep_until);
  }

  std::string mock_line(const plugin::Description &call) const override { return clock_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return clock_assert_statement(interaction);
  }
};

} // namespace

plugin::Plugin &clock_plugin() {
  static ClockPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = clock_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_clock() {}
