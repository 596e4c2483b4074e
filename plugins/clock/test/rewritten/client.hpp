// A program that reads the time and sleeps, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_CLOCK_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_CLOCK_TEST_CLIENT_HPP

#include <sys/time.h>
#include <sys/timeb.h>

#include <chrono>
#include <ctime>

namespace client {

std::chrono::system_clock::time_point date();
std::chrono::steady_clock::time_point steady();
std::chrono::high_resolution_clock::time_point fine();
std::time_t seconds(std::time_t *also);
timespec of_clock(clockid_t id);
timeval of_day();
timespec of_c11();
timeb of_old();

/// How a sleep ended.
struct Slept {
  int result;
  int error; ///< errno
  timespec rest;
};

Slept nano(std::chrono::nanoseconds span);
Slept nano_invalid();
Slept until(clockid_t id, timespec time);
Slept relative(clockid_t id, std::chrono::nanoseconds span);
int micro(unsigned count);
unsigned whole(unsigned count);
Slept thread_of_c11(std::chrono::nanoseconds span);
/// By waiting for no descriptor.
Slept by_select(std::chrono::microseconds span);
Slept by_pselect(std::chrono::nanoseconds span);
Slept by_poll(std::chrono::milliseconds span);
Slept by_ppoll(std::chrono::nanoseconds span);
/// \return as `poll` does.
int poll_one(int descriptor, std::chrono::milliseconds span);
/// \return as `select` does.
int select_one(int descriptor, std::chrono::milliseconds span);
/// \return an errno, or 0.
int set_clock(timespec time);
void standard(std::chrono::milliseconds span);
void fraction(std::chrono::duration<double> span);
void standard_until(std::chrono::steady_clock::time_point time);
void standard_until(std::chrono::system_clock::time_point time);

/// Asks again, a second each, until \p count times are over.
void retry(int count);

/// Of a clock that is no standard one.
struct OwnClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<OwnClock>;
  static constexpr bool is_steady = true;
  static time_point now() { return time_point(duration(0)); }
};
void until_own(OwnClock::time_point time);

} // namespace client

extern "C" {
long c_seconds(void);
int c_sleep(long nanoseconds);
}

#endif
