// a function --(body)--> every function that its code names, and what may be run for it
#pragma once

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/SetVector.h"

namespace tripwire::tool {

struct Body {
  /// Also every member of what it makes, destroys or passes on, since somebody else may call those.
  llvm::SetVector<const clang::FunctionDecl *> functions;
  llvm::SetVector<const clang::CXXConstructorDecl *> constructors; ///< as \c constructor_of tells them
};

/// What \p function says in its own body; nothing when the unit does not have it.
Body body_of(const clang::FunctionDecl &function);

} // namespace tripwire::tool
