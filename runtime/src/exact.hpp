// matchers that expect one value exactly --> a hash, and the same hash of a given value
#ifndef TRIPWIRE_SRC_EXACT_HPP
#define TRIPWIRE_SRC_EXACT_HPP

#include "tripwire/matcher.hpp"

#include <cstdint>

namespace tripwire::runtime {

/// The hash of a value read as \p exact says; false when it cannot be read so. As `Matcher::Body::exact` has it: a
/// number and a pointer are their own hash, so that equal hashes are equal values but for the sign of a number whose
/// highest bit is set.
bool hash_as(Exact exact, const Value &value, std::uint64_t &hash) noexcept;

} // namespace tripwire::runtime

#endif
