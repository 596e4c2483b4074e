// Stands between the program and libc, and hands everything on.
#include "counted.hpp"

#include <dlfcn.h>
#include <time.h>
#include <unistd.h>

#include <atomic>

namespace {

std::atomic<std::uint64_t> count{0};

template <class Function> Function *next(const char *name) {
  ++count;
  return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, name));
}

} // namespace

namespace counted {

std::uint64_t sleeps() { return count; }

} // namespace counted

extern "C" {

int nanosleep(const timespec *wanted, timespec *rest) {
  return next<int(const timespec *, timespec *)>("nanosleep")(wanted, rest);
}

int clock_nanosleep(clockid_t id, int flags, const timespec *wanted, timespec *rest) {
  return next<int(clockid_t, int, const timespec *, timespec *)>("clock_nanosleep")(id, flags, wanted, rest);
}

int usleep(useconds_t microseconds) { return next<int(useconds_t)>("usleep")(microseconds); }
unsigned sleep(unsigned seconds) { return next<unsigned(unsigned)>("sleep")(seconds); }
}
