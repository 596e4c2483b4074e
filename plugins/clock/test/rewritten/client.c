#define _POSIX_C_SOURCE 200809L
#include <stddef.h>
#include <time.h>

long c_seconds(void);
int c_sleep(long nanoseconds);

long c_seconds(void) { return (long)time(NULL); }

int c_sleep(long nanoseconds) {
  struct timespec wanted;
  wanted.tv_sec = nanoseconds / 1000000000;
  wanted.tv_nsec = nanoseconds % 1000000000;
  return nanosleep(&wanted, NULL);
}
