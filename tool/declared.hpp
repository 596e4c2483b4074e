// syntax tree --(declared)--> the symbols of every seam that the unit declares, referred to or not
#pragma once

#include "tool/found.hpp"
#include "tool/match.hpp"

#include <vector>

namespace tripwire::tool {

/// What no object of this unit may leave undefined: an account that owes nothing to the search for references, so that
/// a kind of reference nobody thought of is found in the object.
std::vector<DeclaredSeam> declared_seams(clang::ASTContext &context, SeamMatcher &matcher);

} // namespace tripwire::tool
