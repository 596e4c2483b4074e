#include "function.hpp"

#include <cstddef>
#include <cstdlib>
#include <limits>

namespace tripwire::plugins {

namespace {

constexpr std::int64_t bits31 = 0x7FFF'FFFF;
constexpr std::int64_t bits32 = 0xFFFF'FFFF;

// In the order of the enumeration.
constexpr RandomFacts all[] = {
    {"rand", "rand", RandomSource::classic, RandomDraw::number, 0, RAND_MAX},
    {"random", "random", RandomSource::classic, RandomDraw::number, 0, bits31},
    {"lrand48", "lrand48", RandomSource::bits48, RandomDraw::number, 0, bits31},
    {"mrand48", "mrand48", RandomSource::bits48, RandomDraw::number, -bits31 - 1, bits31},
    {"drand48", "drand48", RandomSource::bits48, RandomDraw::fraction, 0, 0},
    {"arc4random", "arc4random", RandomSource::system, RandomDraw::number, 0, bits32},
    {"arc4random_uniform", "arc4random_uniform", RandomSource::system, RandomDraw::number, 0, bits32},
    {"std::random_device", "random_device", RandomSource::system, RandomDraw::number, 0, bits32},
    {"getrandom", "getrandom", RandomSource::system, RandomDraw::bytes, 0, 0},
    {"getentropy", "getentropy", RandomSource::system, RandomDraw::bytes, 0, 0},
    {"arc4random_buf", "arc4random_buf", RandomSource::system, RandomDraw::bytes, 0, 0},
};

} // namespace

const RandomFacts &facts_of(RandomFunction function) noexcept { return all[static_cast<std::size_t>(function)]; }

RandomFunction random_function(std::string_view name) noexcept {
  for (std::size_t index = 0; index < std::size(all); ++index)
    if (all[index].name == name)
      return static_cast<RandomFunction>(index);
  return RandomFunction::rand;
}

} // namespace tripwire::plugins
