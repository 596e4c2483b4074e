// Stands between the program and its libraries, and hands everything on. Generators begin anew for each draw, since
// messages tell to paste what was drawn.
#include "counted.hpp"

#include <dlfcn.h>
#include <sys/types.h>

#include <atomic>
#include <cstddef>

namespace {

std::atomic<std::uint64_t> count{0};

template <class Function> Function *next(const char *name) {
  ++count;
  return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, name));
}

void begin_anew() { reinterpret_cast<void (*)(unsigned)>(dlsym(RTLD_NEXT, "srand"))(1); }
void begin_anew_48() { reinterpret_cast<void (*)(long)>(dlsym(RTLD_NEXT, "srand48"))(1); }

} // namespace

namespace counted {

std::uint64_t calls() { return count; }

} // namespace counted

extern "C" {

int rand() { return begin_anew(), next<int()>("rand")(); }
long random() { return begin_anew(), next<long()>("random")(); }
long lrand48() { return begin_anew_48(), next<long()>("lrand48")(); }
long mrand48() { return begin_anew_48(), next<long()>("mrand48")(); }
double drand48() { return begin_anew_48(), next<double()>("drand48")(); }
std::uint32_t arc4random() { return next<std::uint32_t()>("arc4random")(); }
std::uint32_t arc4random_uniform(std::uint32_t bound) {
  return next<std::uint32_t(std::uint32_t)>("arc4random_uniform")(bound);
}
ssize_t getrandom(void *target, std::size_t size, unsigned flags) {
  return next<ssize_t(void *, std::size_t, unsigned)>("getrandom")(target, size, flags);
}
int getentropy(void *target, std::size_t size) { return next<int(void *, std::size_t)>("getentropy")(target, size); }
void arc4random_buf(void *target, std::size_t size) { next<void(void *, std::size_t)>("arc4random_buf")(target, size); }
void srand(unsigned seed) { next<void(unsigned)>("srand")(seed); }
void srandom(unsigned seed) { next<void(unsigned)>("srandom")(seed); }
void srand48(long seed) { next<void(long)>("srand48")(seed); }
unsigned short *seed48(unsigned short *words) { return next<unsigned short *(unsigned short *)>("seed48")(words); }
void lcong48(unsigned short *words) { next<void(unsigned short *)>("lcong48")(words); }

// std::random_device::operator(), behind what the header defines
unsigned counted_device(void *device) __asm__("_ZNSt13random_device9_M_getvalEv");
unsigned counted_device(void *device) { return next<unsigned(void *)>("_ZNSt13random_device9_M_getvalEv")(device); }
}
