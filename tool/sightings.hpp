// syntax tree --(sightings)--> every place where a seam is named, with what stands around it
#pragma once

#include "tool/editable_files.hpp"
#include "tool/match.hpp"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/AST/NestedNameSpecifier.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// One node of the tree that names a function. A place in a template has one for the pattern and one for each
/// instantiation.
struct Sighting {
  const clang::FunctionDecl *seam = nullptr; ///< as written; null when an instantiation names something else here
  bool dependent = false;                    ///< only the template's arguments say what is named
  const char *exempt = nullptr;              ///< why nothing is to be edited; null when the reference is evaluated
  bool quiet = false;                        ///< a default argument or member initialiser: `noexcept` is read off it
  const clang::CallExpr *call = nullptr;     ///< the call whose callee this is
  const clang::FunctionDecl *function = nullptr; ///< the enclosing one
  clang::NestedNameSpecifierLoc qualifier;
  bool past_virtual = false; ///< `x.Base::f()`: a virtual function is called by its own name
  std::string identifier;
};

struct Sightings {
  /// By the location of the name's token. In order of discovery.
  llvm::MapVector<clang::SourceLocation, std::vector<Sighting>> by_name;
  /// Every token that some node of the tree accounts for.
  llvm::DenseSet<clang::SourceLocation> claimed;
  /// Whole attributes: words in them, as `printf` in `format(printf, 1, 2)`, have no node and call nothing.
  std::vector<clang::SourceRange> attributes;
  /// Seams of a base class that a using-declaration in a class names, each with the place of the name.
  llvm::MapVector<clang::SourceLocation, llvm::SmallVector<const clang::FunctionDecl *, 2>> republished;
  /// Functions named by a `cleanup` attribute, whose call has no expression.
  std::vector<std::pair<clang::SourceLocation, const clang::FunctionDecl *>> cleanups;
};

/// Walks everything but system headers that are not rewritten.
Sightings collect_sightings(clang::ASTContext &context, SeamMatcher &matcher, EditableFiles &editable);

} // namespace tripwire::tool
