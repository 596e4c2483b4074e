// a function that draws, by its name --(RandomFunction)--> what it hands out
#ifndef TRIPWIRE_PLUGINS_RANDOM_FUNCTION_HPP
#define TRIPWIRE_PLUGINS_RANDOM_FUNCTION_HPP

#include <tripwire/plugins/random.hpp>

#include <cstdint>
#include <string_view>

namespace tripwire::plugins {

/// From where a function draws. Each has a stream of its own, so that a draw more from one changes no number of
/// another.
enum class RandomSource : unsigned char {
  classic, ///< `rand` and `random`, which share their state
  bits48,  ///< `drand48` and its like
  system,  ///< entropy: nobody can seed it
};

/// What a function hands out.
enum class RandomDraw : unsigned char { number, fraction, bytes };

struct RandomFacts {
  const char *name; ///< as programs call it, and as the field `function` says
  const char *word; ///< of `mock_<word>` and `assert_<word>`
  RandomSource source;
  RandomDraw draw;
  std::int64_t lowest; ///< that it hands out, if a number
  std::int64_t highest;
};

const RandomFacts &facts_of(RandomFunction function) noexcept;

/// The function that the field names; `RandomFunction::rand` where none does.
RandomFunction random_function(std::string_view name) noexcept;

} // namespace tripwire::plugins

#endif
