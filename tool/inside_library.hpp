// a call of the standard library's templates --(inside_library)--> the seams that its instantiation constructs
#pragma once

#include "tool/match.hpp"

#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"

#include <memory>
#include <optional>

namespace tripwire::tool {

/// Follows instantiations through system headers, whose text is nobody's to rewrite. Wants a parse with their bodies.
class InsideLibrary {
public:
  InsideLibrary(const clang::SourceManager &sources, SeamMatcher &matcher) : sources_(sources), matcher_(matcher) {}

  /// The constructors that are seams and that \p function runs, itself or through others of system headers.
  llvm::SetVector<const clang::CXXConstructorDecl *> constructed_by(const clang::FunctionDecl &function);

  /// Whether \p function is an instantiation in a system header.
  [[nodiscard]] bool is_of_library(const clang::FunctionDecl &function) const;

private:
  struct Facts {
    llvm::SetVector<const clang::FunctionDecl *> calls;
    llvm::SetVector<const clang::CXXConstructorDecl *> seams;
  };
  const Facts &facts_of(const clang::FunctionDecl &function);

  const clang::SourceManager &sources_;
  SeamMatcher &matcher_;
  llvm::DenseMap<const clang::FunctionDecl *, std::unique_ptr<Facts>> facts_;
};

/// For a call that hands its arguments on to a constructor of \p made, as the language's standard has it
/// (`std::make_unique`, `emplace_back`): which of the call's arguments is that constructor's first. None for all
/// others.
std::optional<unsigned> first_forwarded(const clang::FunctionDecl &callee, const clang::CXXRecordDecl &made);

} // namespace tripwire::tool
