// a regular expression --> a matcher, or what is wrong with it
#ifndef TRIPWIRE_SRC_REGEX_HPP
#define TRIPWIRE_SRC_REGEX_HPP

#include "tripwire/matcher.hpp"

#include <string>

namespace tripwire::runtime {

/// \return what is wrong with it; empty when \p into matches by it now.
std::string read_regex(const std::string &expression, Matcher &into);

} // namespace tripwire::runtime

#endif
