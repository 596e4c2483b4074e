// calls of a variadic seam at one place --(variadic_types)--> the types of the arguments behind the fixed ones
#pragma once

#include "tool/found.hpp"
#include "tool/sightings.hpp"

namespace tripwire::tool {

/// Writes the types that all of \p here pass into \p reference, in letters: the same in every instantiation, since they
/// are part of the one text that all have. Refuses the reference where they differ or where no wrapper can take one on.
/// \return whether an instantiation has still to say what it passes.
bool take_variadic_types(Reference &reference, llvm::ArrayRef<Sighting> here, const clang::ASTContext &context);

} // namespace tripwire::tool
