// a qualifier in the syntax tree --(qualifier)--> its tokens
#pragma once

#include "tool/clang_compat.hpp"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The tokens of a qualifier made of namespaces only, in front of those in \p tokens; false when a type is in it.
bool take_qualifier(clang::NestedNameSpecifierLoc qualifier, std::vector<std::string> &tokens);

} // namespace tripwire::tool
