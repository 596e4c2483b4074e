// a value of any integral type --> its 64 bits and its sign
#ifndef TRIPWIRE_SRC_NUMBER_HPP
#define TRIPWIRE_SRC_NUMBER_HPP

#include "tripwire/value.hpp"

#include <cstdint>

namespace tripwire::runtime {

/// An integer of any kind, sign-extended to 64 bits.
struct Integer {
  std::uint64_t bits = 0;
  bool is_negative = false;

  long long as_signed() const noexcept { return static_cast<long long>(bits); }
};

/// Reads booleans, characters, integers and enumerations. False for all others.
bool integer_of(const Value &value, Integer &integer) noexcept;

} // namespace tripwire::runtime

#endif
