// the text of a header of C --(functions_in)--> the functions that it declares, whatever is defined for it
#ifndef TRIPWIRE_CONFORMANCE_HEADER_HPP
#define TRIPWIRE_CONFORMANCE_HEADER_HPP

#include <string>
#include <string_view>
#include <vector>

namespace tripwire::conformance {

/// Words and signs, one by one.
using Tokens = std::vector<std::string>;

struct DeclaredFunction {
  std::string name;
  Tokens parameters; ///< all that stands between the parentheses
};

/// In the order in which they stand there; those of every branch of `#if`.
std::vector<DeclaredFunction> functions_in(std::string_view header);

/// Whether a parameter, or one of a callback, is of that type, as `acme *`; a pointer to it is another one.
bool takes(const DeclaredFunction &function, std::string_view type);

} // namespace tripwire::conformance

#endif
