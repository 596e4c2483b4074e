// a qualifier in the syntax tree --(qualifier)--> its tokens
#pragma once

#include "tool/clang_compat.hpp"

#include <string>
#include <vector>

namespace tripwire::tool {

/// What a qualifier may be made of.
enum class QualifiedBy { namespaces, namespaces_and_classes };

/// The tokens of a qualifier, in front of those in \p tokens; false when something else is in it. Templates with their
/// arguments always are.
bool take_qualifier(clang::NestedNameSpecifierLoc qualifier, QualifiedBy by, std::vector<std::string> &tokens);

} // namespace tripwire::tool
