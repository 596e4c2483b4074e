// A program that draws random numbers, as production code would: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_RANDOM_TEST_CLIENT_HPP
#define TRIPWIRE_PLUGINS_RANDOM_TEST_CLIENT_HPP

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace client {

int rand();
long random();
long lrand48();
long mrand48();
double drand48();
std::uint32_t arc4();
std::uint32_t arc4_below(std::uint32_t bound);
unsigned device();
/// An engine that a device seeds, as most programs have it.
int dice();
/// A die that draws from the device itself.
int dice_of_the_device();
/// A draw inside of a `noexcept` function.
unsigned device_that_cannot_throw() noexcept;

/// What a call put into a buffer that was full of '-', and how it ended.
struct Bytes {
  long result;
  int error; ///< errno
  std::string buffer;
};
Bytes getrandom(std::size_t size, unsigned flags = 0);
long getrandom_to_null(std::size_t size);
Bytes getentropy(std::size_t size);
Bytes arc4_bytes(std::size_t size);
/// Asks again until it has them all.
std::string key(std::size_t size);

void srand(unsigned seed);
void srandom(unsigned seed);
void srand48(long seed);
void seed48(unsigned short low);
void lcong48(unsigned short low);
char *initstate(unsigned seed, char *state, std::size_t size);
char *setstate(char *state);

} // namespace client

extern "C" {
int c_rand(void);
void c_srand(unsigned seed);
long c_getrandom(void *target, size_t size);
}

#endif
