// syntax tree --(sightings)--> every place where a seam is named, with what stands around it
#pragma once

#include "tool/construction_forms.hpp"
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
  const clang::FunctionDecl *seam = nullptr;  ///< as written; null when an instantiation names something else here
  const clang::FunctionDecl *named = nullptr; ///< what is called: of a template a specialisation, or still its pattern
  bool dependent = false;                     ///< only the template's arguments say what is named
  const char *exempt = nullptr;               ///< why nothing is to be edited; null when the reference is evaluated
  bool quiet = false;                         ///< a default argument or member initialiser: `noexcept` is read off it
  bool instantiated = false;                  ///< in what a template's instantiation made
  bool from_another = false;                  ///< `a != b` that the compiler makes out of `==`
  bool perhaps_constant = false;              ///< a constexpr seam is named in a constexpr function
  const clang::CallExpr *call = nullptr;      ///< the call whose callee this is
  const clang::FunctionDecl *function = nullptr; ///< the enclosing one
  clang::NestedNameSpecifierLoc qualifier;
  bool past_virtual = false; ///< `x.Base::f()`: a virtual function is called by its own name
  std::string identifier;
};

/// One construction of a class whose constructors are seams. A place in a template has one for each instantiation.
struct Construction {
  Sighting sighting; ///< its seam is null when this is another constructor than a seam
  ConstructionForm form;
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
  /// Constructions, by the place that is edited, else by their own. In order of discovery.
  llvm::MapVector<clang::SourceLocation, std::vector<Construction>> constructions;
  /// Calls of templates of system headers, each with what stands around it: they may construct a seam.
  struct LibraryCall {
    const clang::FunctionDecl *callee = nullptr;
    const clang::Expr *expression = nullptr;
    Sighting sighting;
  };
  std::vector<LibraryCall> library_calls;
  /// Of those places: other instantiations make other types there.
  llvm::DenseSet<clang::SourceLocation> of_parameter;
  /// Classes that an entry names and that have no constructor to stand in front of, each with the entry.
  std::vector<std::pair<const clang::CXXRecordDecl *, std::size_t>> without_constructors;
  /// Functions named by a `cleanup` attribute, whose call has no expression.
  std::vector<std::pair<clang::SourceLocation, const clang::FunctionDecl *>> cleanups;
};

/// Walks everything but system headers that are not rewritten.
Sightings collect_sightings(clang::ASTContext &context, SeamMatcher &matcher, EditableFiles &editable);

} // namespace tripwire::tool
