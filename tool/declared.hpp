// syntax tree --(declared)--> the symbols of every seam that the unit declares, referred to or not
#pragma once

#include "tool/found.hpp"
#include "tool/match.hpp"

#include "clang/Basic/SourceLocation.h"
#include "llvm/ADT/DenseSet.h"

#include <vector>

namespace tripwire::tool {

/// What no object of this unit may leave undefined: an account that owes nothing to the search for references, so that
/// a kind of reference nobody thought of is found in the object. \p names, when given, takes the place of the name in
/// each declaration of a seam.
std::vector<DeclaredSeam> declared_seams(clang::ASTContext &context, SeamMatcher &matcher,
                                         llvm::DenseSet<clang::SourceLocation> *names = nullptr);

} // namespace tripwire::tool
