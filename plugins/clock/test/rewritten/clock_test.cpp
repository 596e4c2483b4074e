// What a test can say of the time, and assert of sleeps, over rewritten code in C++ and C.
#include "client.hpp"

#include <gtest/gtest.h>

#include <tripwire/plugins/clock.hpp>
#include <tripwire/tripwire.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using std::chrono::system_clock;
using tripwire::anything;

constexpr const char *noon = "2026-03-01T12:00:00Z";
constexpr std::time_t noon_seconds = 1772366400;

nanoseconds joined(timespec time) { return seconds(time.tv_sec) + nanoseconds(time.tv_nsec); }

TEST(Clock, EveryClockTellsTheTimeThatTheTestSays) {
  tripwire::clock.mock_now("2026-03-01T12:00:00.25Z");
  {
    const tripwire::Sandbox sandbox;
    std::time_t also = 0;
    EXPECT_EQ(client::seconds(&also), noon_seconds);
    EXPECT_EQ(also, noon_seconds);
    EXPECT_EQ(client::seconds(nullptr), noon_seconds);
    EXPECT_EQ(c_seconds(), noon_seconds);
    EXPECT_EQ(client::date(), system_clock::from_time_t(noon_seconds) + 250ms);
    for (const clockid_t id : {CLOCK_REALTIME, CLOCK_REALTIME_COARSE})
      EXPECT_EQ(joined(client::of_clock(id)), seconds(noon_seconds) + 250ms);
    EXPECT_EQ(joined(client::of_c11()), seconds(noon_seconds) + 250ms);
    EXPECT_EQ(client::of_day().tv_sec, noon_seconds);
    EXPECT_EQ(client::of_day().tv_usec, 250000);
    EXPECT_EQ(client::of_old().time, noon_seconds);
    EXPECT_EQ(client::of_old().millitm, 250);
    const auto steady = client::steady();
    EXPECT_EQ(steady, client::steady());
    EXPECT_EQ(joined(client::of_clock(CLOCK_MONOTONIC)), steady.time_since_epoch());
    EXPECT_EQ(client::fine().time_since_epoch(), client::date().time_since_epoch());
  }
}

TEST(Clock, TimeMayBeSaidInAnyForm) {
  for (const tripwire::plugins::ClockTime &time :
       {tripwire::plugins::ClockTime(noon), tripwire::plugins::ClockTime(noon_seconds),
        tripwire::plugins::ClockTime(system_clock::from_time_t(noon_seconds)),
        tripwire::plugins::ClockTime(std::chrono::time_point_cast<seconds>(system_clock::from_time_t(noon_seconds)))}) {
    tripwire::clock.mock_now(time);
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::seconds(nullptr), noon_seconds);
  }
}

TEST(Clock, ATimeBefore1970IsOneToo) {
  tripwire::clock.mock_now("1969-12-31T23:59:58.5Z");
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(client::seconds(nullptr), -2);
  EXPECT_EQ(client::of_clock(CLOCK_REALTIME).tv_nsec, 500000000);
}

TEST(Clock, TimeGoesOnWhenTheTestSaysSo) {
  tripwire::clock.mock_now(noon);
  {
    const tripwire::Sandbox sandbox;
    const auto date = client::date();
    const auto steady = client::steady();
    tripwire::clock.advance(90min);
    EXPECT_EQ(client::date() - date, 90min);
    EXPECT_EQ(client::steady() - steady, 90min);
    EXPECT_EQ(tripwire::clock.now(), client::date());
    // The date is set; no time passes.
    tripwire::clock.mock_now("2020-01-01T00:00:00Z");
    EXPECT_LT(client::date(), date);
    EXPECT_EQ(client::steady() - steady, 90min);
  }
}

TEST(Clock, SleepingMovesTheTimeAndTakesNone) {
  tripwire::clock.mock_now(noon);
  {
    const tripwire::Sandbox sandbox;
    const auto begin = client::steady();
    EXPECT_EQ(client::nano(24h).result, 0);
    EXPECT_EQ(client::steady() - begin, 24h);
    EXPECT_EQ(client::micro(250000), 0);
    EXPECT_EQ(client::whole(3600), 0U);
    client::standard(1500ms);
    client::fraction(std::chrono::duration<double>(0.5));
    EXPECT_EQ(c_sleep(7), 0);
    EXPECT_EQ(client::relative(CLOCK_REALTIME, 2s).result, 0);
    EXPECT_EQ(client::steady() - begin, 24h + 250ms + 1h + 2s + 7ns + 2s);
    EXPECT_EQ(client::date(), system_clock::from_time_t(noon_seconds) + 24h + 250ms + 1h + 2s + 7ns + 2s);
  }
  tripwire::clock.assert_sleep(24h);
  tripwire::clock.assert_sleep(250ms);
  tripwire::clock.assert_sleep(1h);
  tripwire::clock.assert_sleep(1500ms);
  tripwire::clock.assert_sleep([](nanoseconds span) { return span > 499ms && span < 501ms; });
  tripwire::clock.assert_sleep(7ns);
  tripwire::clock.assert_sleep(2s);
}

TEST(Clock, WaitingForNothingIsASleep) {
  tripwire::clock.mock_now(noon);
  {
    const tripwire::Sandbox sandbox;
    const auto begin = client::steady();
    const client::Slept selected = client::by_select(1500ms);
    EXPECT_EQ(selected.result, 0);
    EXPECT_EQ(joined(selected.rest), 0s);
    EXPECT_EQ(client::by_pselect(2s).result, 0);
    EXPECT_EQ(client::by_poll(3s).result, 0);
    EXPECT_EQ(client::by_ppoll(4ns).result, 0);
    EXPECT_EQ(client::thread_of_c11(5s).result, 0);
    EXPECT_EQ(client::steady() - begin, 1500ms + 2s + 3s + 4ns + 5s);
    // A look at what is there is none.
    for (const client::Slept &looked : {client::by_select(0ms), client::by_pselect(0s), client::by_poll(0ms)})
      EXPECT_EQ(looked.result, 0);
  }
  for (const nanoseconds span :
       {nanoseconds(1500ms), nanoseconds(2s), nanoseconds(3s), nanoseconds(4ns), nanoseconds(5s)})
    tripwire::clock.assert_sleep(span);
}

TEST(Clock, WaitingForADescriptorIsReal) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::poll_one(ends[0], 1ms), 0);
    EXPECT_EQ(client::select_one(ends[0], 1ms), 0);
    ASSERT_EQ(write(ends[1], "x", 1), 1);
    EXPECT_EQ(client::poll_one(ends[0], 24h), 1);
    EXPECT_EQ(client::select_one(ends[0], 24h), 1);
  }
  close(ends[0]);
  close(ends[1]);
}

TEST(Clock, WhoeverSetsTheClockOfTheMachineIsToldWhatTheTestSays) {
  tripwire::mock<&clock_settime>().fails(-1, EPERM);
  {
    const tripwire::Sandbox sandbox;
    EXPECT_EQ(client::set_clock({noon_seconds, 0}), EPERM);
  }
  tripwire::assert_call<&clock_settime>(CLOCK_REALTIME, anything).returned(-1);
}

TEST(Clock, SleepingUntilATimeSleepsForWhatIsLeft) {
  tripwire::clock.mock_now(noon);
  {
    const tripwire::Sandbox sandbox;
    client::standard_until(client::steady() + 5s);
    client::standard_until(client::date() + 6s);
    client::standard_until(client::date() - 6s);
    EXPECT_EQ(client::until(CLOCK_REALTIME, {noon_seconds + 20, 0}).result, 0);
    EXPECT_EQ(client::date(), system_clock::from_time_t(noon_seconds + 20));
    EXPECT_EQ(client::until(CLOCK_REALTIME, {noon_seconds, 0}).result, 0);
  }
  tripwire::clock.assert_sleep(5s);
  tripwire::clock.assert_sleep(6s);
  tripwire::clock.assert_sleep(9s);
  tripwire::clock.assert_sleep(0s);
}

TEST(Clock, CodeThatWaitsComesToAnEnd) {
  tripwire::clock.mock_now(noon);
  {
    const tripwire::Sandbox sandbox;
    client::retry(3);
  }
  for (int count = 0; count < 3; ++count)
    tripwire::clock.assert_sleep(1s);
}

TEST(Clock, EachReadMayTick) {
  tripwire::clock.mock_now(noon).tick(10ms);
  const tripwire::Sandbox sandbox;
  const auto first = client::steady();
  EXPECT_EQ(client::steady() - first, 10ms);
  EXPECT_EQ(client::steady() - first, 20ms);
}

TEST(Clock, ASleepThatTheTestWaitsForNeedsNoTime) {
  tripwire::clock.mock_sleep(1s);
  tripwire::clock.mock_sleep(anything).times(2);
  tripwire::clock.mock_sleep([](nanoseconds span) { return span < 1s; }).always();
  {
    const tripwire::Sandbox sandbox;
    client::standard(1s);
    client::standard(2s);
    client::standard(3s);
    client::standard(5ms);
    client::standard(6ms);
  }
  for (const nanoseconds span : {nanoseconds(1s), nanoseconds(2s), nanoseconds(3s), nanoseconds(5ms), nanoseconds(6ms)})
    tripwire::clock.assert_sleep(span);
}

TEST(Clock, ASleepIsInterruptedAsTheTestSays) {
  tripwire::clock.mock_sleep(10s).interrupted_after(4s);
  tripwire::clock.mock_sleep(2s).interrupted_after(500ms).times(2);
  tripwire::clock.mock_sleep(3s).interrupted_after(1s);
  tripwire::clock.mock_sleep(7s).interrupted_after(1s).times(3);
  tripwire::clock.mock_now(noon);
  {
    const tripwire::Sandbox sandbox;
    const auto begin = client::steady();
    const client::Slept nano = client::nano(10s);
    EXPECT_EQ(nano.result, -1);
    EXPECT_EQ(nano.error, EINTR);
    EXPECT_EQ(joined(nano.rest), 6s);
    EXPECT_EQ(client::steady() - begin, 4s);
    const client::Slept relative = client::relative(CLOCK_MONOTONIC, 2s);
    EXPECT_EQ(relative.result, EINTR);
    EXPECT_EQ(relative.error, 0);
    EXPECT_EQ(joined(relative.rest), 1500ms);
    EXPECT_EQ(client::micro(2000000), -1);
    EXPECT_EQ(errno, EINTR);
    client::standard(3s); // sleeps what is left
    EXPECT_EQ(client::steady() - begin, 4s + 500ms + 500ms + 3s);
    const client::Slept selected = client::by_select(7s);
    EXPECT_EQ(selected.result, -1);
    EXPECT_EQ(selected.error, EINTR);
    EXPECT_EQ(joined(selected.rest), 6s);
    EXPECT_EQ(client::by_poll(7s).error, EINTR);
    const client::Slept thread = client::thread_of_c11(7s);
    EXPECT_EQ(thread.result, -1);
    EXPECT_EQ(thread.error, 0);
    EXPECT_EQ(joined(thread.rest), 6s);
  }
  tripwire::clock.assert_sleep_interrupted(10s);
  tripwire::clock.assert_sleep_interrupted(2s);
  tripwire::clock.assert_sleep_interrupted(2s);
  tripwire::clock.assert_sleep_interrupted(3s);
  tripwire::clock.assert_sleep(2s);
  for (int count = 0; count < 3; ++count)
    tripwire::clock.assert_sleep_interrupted(7s);
}

// 25
TEST(Clock, WhatPassesThroughIsRealAndSleepsMustBeAsserted) {
  tripwire::clock.pass_through();
  {
    const tripwire::Sandbox sandbox;
    const auto begin = client::steady();
    client::standard(2ms);
    EXPECT_GE(client::steady() - begin, 2ms);
    EXPECT_EQ(client::nano(1ns).result, 0);
    EXPECT_GT(client::date().time_since_epoch(), 24h * 365 * 50);
    client::standard_until(client::steady() + 1ms);
  }
  tripwire::clock.assert_sleep(2ms);
  tripwire::clock.assert_sleep(1ns);
  tripwire::clock.assert_sleep([](nanoseconds span) { return span <= 1ms; });
}

// 45
TEST(Clock, WhatARuleAllowsIsReal) {
  const auto permit = tripwire::allow("clock");
  EXPECT_GT(client::seconds(nullptr), noon_seconds - 365 * 24 * 3600);
  const tripwire::Sandbox sandbox;
  EXPECT_EQ(client::nano(1ns).result, 0);
  EXPECT_GT(client::date().time_since_epoch(), 24h * 365 * 50);
}

TEST(Clock, TheTimeOfTheProcessorIsLeftAlone) {
  const tripwire::Sandbox sandbox;
  EXPECT_GT(joined(client::of_clock(CLOCK_PROCESS_CPUTIME_ID)), 0ns);
}

TEST(Clock, WhatIsNoSpanIsRefusedByLibc) {
  const tripwire::Sandbox sandbox;
  const client::Slept slept = client::nano_invalid();
  EXPECT_EQ(slept.result, -1);
  EXPECT_EQ(slept.error, EINVAL);
  client::standard(0ms);
  client::standard(-5ms);
}

// 17
TEST(Clock, ErrnoStays) {
  tripwire::clock.mock_now(noon);
  {
    const tripwire::Sandbox sandbox;
    errno = ENOENT;
    client::date();
    client::standard(5ms);
    EXPECT_EQ(errno, ENOENT);
  }
  tripwire::clock.assert_sleep(5ms);
}

// 35
TEST(Clock, AThreadHasTheSameTime) {
  tripwire::clock.mock_now(noon);
  {
    const tripwire::Sandbox sandbox;
    std::thread([] { client::standard(5s); }).join();
    EXPECT_EQ(client::date(), system_clock::from_time_t(noon_seconds) + 5s);
  }
  tripwire::clock.assert_sleep(5s);
}

// 38
TEST(Clock, WhatAForkedChildSleepsIsAsserted) {
  tripwire::clock.mock_now(noon);
  {
    const tripwire::Sandbox sandbox;
    const pid_t child = fork();
    if (child == 0) {
      client::standard(5s);
      _exit(client::seconds(nullptr) == noon_seconds + 5 ? 7 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 7);
  }
  tripwire::clock.assert_sleep(5s);
}

// 34
TEST(Clock, TestsThatRunAtTheSameTimeHaveTimesOfTheirOwn) {
  const auto run = [](std::time_t time, seconds step) {
    tripwire::Verifier verifier;
    tripwire::clock.mock_now(time);
    for (int count = 1; count <= 100; ++count) {
      {
        const tripwire::Sandbox sandbox;
        client::standard(step);
        EXPECT_EQ(client::seconds(nullptr), time + count * step.count());
      }
      tripwire::clock.assert_sleep(step);
    }
    verifier.verify_all();
  };
  std::thread one([&] { run(1000, 1s); });
  std::thread other([&] { run(2000000, 60s); });
  one.join();
  other.join();
}

/// What the tests have set up is real: the guard is not on there.
class ClockFixture : public ::testing::Test {
protected:
  ClockFixture() : begin_(client::date()) {}
  system_clock::time_point begin_;
};

// 42
TEST_F(ClockFixture, SetUpIsReal) { EXPECT_GT(begin_.time_since_epoch(), 24h * 365 * 50); }

} // namespace
