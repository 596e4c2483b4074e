// What is asked of libc more rarely: waits for no descriptor, the sleep of C11, clocks of old, and setting one.
#include "client.hpp"

#include <poll.h>
#include <sys/select.h>
#include <threads.h>
#include <time.h>

#include <cerrno>

namespace client {

// glibc calls it a thing of the past.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
timeb of_old() {
  timeb time{};
  ftime(&time);
  return time;
}
#pragma GCC diagnostic pop

Slept thread_of_c11(std::chrono::nanoseconds span) {
  const timespec wanted{span.count() / 1000000000, span.count() % 1000000000};
  Slept slept{};
  errno = 0;
  slept.result = thrd_sleep(&wanted, &slept.rest);
  slept.error = errno;
  return slept;
}

Slept by_select(std::chrono::microseconds span) {
  timeval wanted{span.count() / 1000000, span.count() % 1000000};
  Slept slept{};
  errno = 0;
  slept.result = select(0, nullptr, nullptr, nullptr, &wanted);
  slept.error = errno;
  slept.rest = {wanted.tv_sec, wanted.tv_usec * 1000};
  return slept;
}

Slept by_pselect(std::chrono::nanoseconds span) {
  const timespec wanted{span.count() / 1000000000, span.count() % 1000000000};
  Slept slept{};
  errno = 0;
  slept.result = pselect(0, nullptr, nullptr, nullptr, &wanted, nullptr);
  slept.error = errno;
  return slept;
}

Slept by_poll(std::chrono::milliseconds span) {
  Slept slept{};
  errno = 0;
  slept.result = poll(nullptr, 0, static_cast<int>(span.count()));
  slept.error = errno;
  return slept;
}

Slept by_ppoll(std::chrono::nanoseconds span) {
  const timespec wanted{span.count() / 1000000000, span.count() % 1000000000};
  Slept slept{};
  errno = 0;
  slept.result = ppoll(nullptr, 0, &wanted, nullptr);
  slept.error = errno;
  return slept;
}

int poll_one(int descriptor, std::chrono::milliseconds span) {
  pollfd one{descriptor, POLLIN, 0};
  return poll(&one, 1, static_cast<int>(span.count()));
}

int select_one(int descriptor, std::chrono::milliseconds span) {
  fd_set one;
  FD_ZERO(&one);
  FD_SET(descriptor, &one);
  timeval wanted{span.count() / 1000, span.count() % 1000 * 1000};
  return select(descriptor + 1, &one, nullptr, nullptr, &wanted);
}

int set_clock(timespec time) { return clock_settime(CLOCK_REALTIME, &time) == 0 ? 0 : errno; }

} // namespace client
