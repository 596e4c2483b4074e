// a value of a test in C, and the type it is for --> a matcher, or the bits of a result
#ifndef TRIPWIRE_SRC_C_VALUE_HPP
#define TRIPWIRE_SRC_C_VALUE_HPP

#include "tripwire/matcher.hpp"
#include "tripwire/seam/slot.hpp"
#include "tripwire/tripwire.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tripwire::runtime::c {

/// What a value of the test is for: a parameter or the result of a seam.
struct Target {
  const seam::Type *type = nullptr; ///< null when nobody knows, as of variadic arguments
  const seam::Parameter *parameter = nullptr;
  std::string name; ///< `cents of acme_charge`, `the result of acme_charge`
};

Target parameter_target(const seam::Slot &slot, std::size_t index);
Target result_target(const seam::Slot &slot);

/// Throws `ConfigurationError` when values of the target's type can never be as \p value says.
Matcher matcher_for(const tripwire_value &value, const Target &target);

/// One matcher for each argument that \p values name. Throws as above, and when there are more values than parameters
/// or, unless \p may_lack, fewer. What is no argument is not among them.
std::vector<Matcher> matchers_for(const seam::Slot &slot, const tripwire_value *values, std::size_t count,
                                  bool may_lack);

/// The object representation of a result. Throws `ConfigurationError` when \p value is none of the target's type.
std::vector<unsigned char> result_of(const tripwire_value &value, const Target &target);

} // namespace tripwire::runtime::c

#endif
