// a construction in the syntax tree + what stands around it --(construction_forms)--> how its text takes an argument
// more
#pragma once

#include "tool/found.hpp"

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace tripwire::tool {

/// Where the text of one construction is edited, or why it cannot be.
struct ConstructionForm {
  Insertion::Form form = Insertion::Form::first_argument;
  clang::SourceLocation from;
  clang::SourceLocation to;      ///< for Insertion::Form::around
  const char *refused = nullptr; ///< why no argument can be added
  const char *next_step = nullptr;
};

/// Is shown the tree from the outside in, and remembers what a construction alone does not say.
class ConstructionForms {
public:
  void see(const clang::Decl &declaration);
  void see(const clang::Stmt &statement);
  void see(const clang::CXXCtorInitializer &initialiser);

  [[nodiscard]] ConstructionForm of(const clang::CXXConstructExpr &construction) const;

  /// Whether the type that is made at \p from is a template's parameter, so that other instantiations make others.
  [[nodiscard]] bool is_of_parameter(clang::SourceLocation from) const { return of_parameter_.contains(from); }

private:
  void see_arguments(llvm::ArrayRef<const clang::Expr *> arguments, bool is_overloaded);
  void see_dependent(clang::QualType type, const clang::Expr *initialiser, clang::SourceLocation without);
  void allow_around(const clang::Expr *initialiser);

  llvm::DenseMap<const clang::CXXConstructExpr *, ConstructionForm> known_;
  llvm::DenseSet<clang::SourceLocation> of_parameter_;
};

/// The constructor of a seam that \p construction runs: of an inherited one that of the base class.
const clang::CXXConstructorDecl &constructor_of(const clang::CXXConstructExpr &construction);

} // namespace tripwire::tool
