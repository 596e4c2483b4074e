// names as the compiler mangles and prints them --> names as people write them
#ifndef TRIPWIRE_SRC_DEMANGLE_HPP
#define TRIPWIRE_SRC_DEMANGLE_HPP

#include <string>
#include <string_view>

namespace tripwire::runtime {

/// The symbol itself when it is not mangled.
std::string demangle(const char *symbol);

/// `acme::Client::send` for `acme::Client::send(int) const [clone .cold]`; lambdas keep what tells them apart.
std::string name_without_parameters(std::string name);

/// Spells standard string types as people do.
std::string friendly_type(std::string_view type);

} // namespace tripwire::runtime

#endif
