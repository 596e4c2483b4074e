#include "client.hpp"

#include <cerrno>
#include <cstdlib>
#include <stdexcept>

#include <sys/random.h>
#include <unistd.h>

namespace client {

int rand() { return std::rand(); }
long random() { return ::random(); }
long lrand48() { return ::lrand48(); }
long mrand48() { return ::mrand48(); }
double drand48() { return ::drand48(); }
std::uint32_t arc4() { return ::arc4random(); }
std::uint32_t arc4_below(std::uint32_t bound) { return ::arc4random_uniform(bound); }

unsigned device() {
  std::random_device device;
  return device();
}

int dice() {
  std::random_device device;
  std::mt19937 engine(device());
  return std::uniform_int_distribution<int>(1, 6)(engine);
}

namespace {

/// A device that distributions can be given.
struct Entropy {
  using result_type = std::random_device::result_type;
  static constexpr result_type min() { return std::random_device::min(); }
  static constexpr result_type max() { return std::random_device::max(); }
  result_type operator()() { return device(); }
  std::random_device device;
};

} // namespace

int dice_of_the_device() {
  Entropy entropy;
  return std::uniform_int_distribution<int>(1, 6)(entropy);
}

unsigned device_that_cannot_throw() noexcept {
  std::random_device device;
  return device();
}

namespace {

template <class Draw> Bytes drawn(std::size_t size, Draw draw) {
  Bytes bytes{0, 0, std::string(size, '-')};
  errno = 0;
  bytes.result = draw(&bytes.buffer[0], size);
  bytes.error = errno;
  return bytes;
}

} // namespace

Bytes getrandom(std::size_t size, unsigned flags) {
  Bytes bytes{0, 0, std::string(size, '-')};
  errno = 0;
  bytes.result = ::getrandom(&bytes.buffer[0], size, flags);
  bytes.error = errno;
  return bytes;
}

long getrandom_to_null(std::size_t size) { return ::getrandom(nullptr, size, 0); }

Bytes getentropy(std::size_t size) {
  return drawn(size, [](char *target, std::size_t count) { return ::getentropy(target, count); });
}

Bytes arc4_bytes(std::size_t size) {
  return drawn(size, [](char *target, std::size_t count) { return ::arc4random_buf(target, count), 0; });
}

std::string key(std::size_t size) {
  std::string key(size, '-');
  for (std::size_t got = 0; got < size;) {
    const ssize_t more = ::getrandom(&key[got], size - got, GRND_NONBLOCK);
    if (more < 0 && errno != EINTR)
      throw std::runtime_error("no entropy");
    got += more < 0 ? 0 : static_cast<std::size_t>(more);
  }
  return key;
}

void srand(unsigned seed) { std::srand(seed); }
void srandom(unsigned seed) { ::srandom(seed); }
void srand48(long seed) { ::srand48(seed); }

void seed48(unsigned short low) {
  unsigned short words[3] = {low, 2, 3};
  ::seed48(words);
}

void lcong48(unsigned short low) {
  unsigned short words[7] = {low, 2, 3, 0xE66D, 0xDEEC, 5, 0xB};
  ::lcong48(words);
}

char *initstate(unsigned seed, char *state, std::size_t size) { return ::initstate(seed, state, size); }
char *setstate(char *state) { return ::setstate(state); }

} // namespace client
