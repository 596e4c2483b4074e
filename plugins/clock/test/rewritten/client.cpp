#include "client.hpp"

#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

namespace client {

std::chrono::system_clock::time_point date() { return std::chrono::system_clock::now(); }
std::chrono::steady_clock::time_point steady() { return std::chrono::steady_clock::now(); }
std::chrono::high_resolution_clock::time_point fine() { return std::chrono::high_resolution_clock::now(); }
std::time_t seconds(std::time_t *also) { return std::time(also); }

timespec of_clock(clockid_t id) {
  timespec time{};
  clock_gettime(id, &time);
  return time;
}

timeval of_day() {
  timeval time{};
  gettimeofday(&time, nullptr);
  return time;
}

timespec of_c11() {
  timespec time{};
  timespec_get(&time, TIME_UTC);
  return time;
}

Slept nano(std::chrono::nanoseconds span) {
  const timespec wanted{span.count() / 1000000000, span.count() % 1000000000};
  Slept slept{};
  errno = 0;
  slept.result = nanosleep(&wanted, &slept.rest);
  slept.error = errno;
  return slept;
}

Slept nano_invalid() {
  const timespec wanted{0, 1000000000};
  Slept slept{};
  errno = 0;
  slept.result = nanosleep(&wanted, nullptr);
  slept.error = errno;
  return slept;
}

Slept until(clockid_t id, timespec time) {
  Slept slept{};
  errno = 0;
  slept.result = clock_nanosleep(id, TIMER_ABSTIME, &time, nullptr);
  slept.error = errno;
  return slept;
}

Slept relative(clockid_t id, std::chrono::nanoseconds span) {
  const timespec wanted{span.count() / 1000000000, span.count() % 1000000000};
  Slept slept{};
  errno = 0;
  slept.result = clock_nanosleep(id, 0, &wanted, &slept.rest);
  slept.error = errno;
  return slept;
}

int micro(unsigned count) { return usleep(count); }
unsigned whole(unsigned count) { return sleep(count); }
void standard(std::chrono::milliseconds span) { std::this_thread::sleep_for(span); }
void fraction(std::chrono::duration<double> span) { std::this_thread::sleep_for(span); }
void standard_until(std::chrono::steady_clock::time_point time) { std::this_thread::sleep_until(time); }
void standard_until(std::chrono::system_clock::time_point time) { std::this_thread::sleep_until(time); }
void until_own(OwnClock::time_point time) { std::this_thread::sleep_until(time); }

void retry(int count) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(count);
  while (std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::seconds(1));
}

} // namespace client
