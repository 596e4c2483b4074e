// A distribution that is given a device: the standard library's header calls it.
#include <random>

int confetti();

int confetti() {
  std::random_device device;
  return std::uniform_int_distribution<int>(1, 6)(device);
}
