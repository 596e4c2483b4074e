// what differs between the versions of LLVM and Clang that the tool is built with --(clang_compat)--> one spelling
#pragma once

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/NestedNameSpecifier.h"
#include "clang/Basic/Version.h"

#include <string>

#if CLANG_VERSION_MAJOR >= 22
#include "clang/Options/Options.h"
#else
#include "clang/AST/DeclCXX.h"
#include "clang/Driver/Options.h"
#endif

namespace tripwire::tool {

static_assert(CLANG_VERSION_MAJOR >= 19, "older ones were never looked at");

/// One step of a qualifier: `::`, the name of a namespace or of its alias, or anything else.
enum class QualifierStep { global, name_space, other };

#if CLANG_VERSION_MAJOR >= 22

namespace options = clang::options;
inline const llvm::opt::OptTable &option_table() { return clang::getDriverOptTable(); }

inline QualifierStep step_of(clang::NestedNameSpecifierLoc qualifier) {
  switch (qualifier.getNestedNameSpecifier().getKind()) {
  case clang::NestedNameSpecifier::Kind::Global:
    return QualifierStep::global;
  case clang::NestedNameSpecifier::Kind::Namespace:
    return QualifierStep::name_space;
  default:
    return QualifierStep::other;
  }
}

/// Of a step that is a namespace: what it is called here, and the steps in front of it.
inline std::string namespace_in(clang::NestedNameSpecifierLoc qualifier) {
  return qualifier.getNestedNameSpecifier().getAsNamespaceAndPrefix().Namespace->getName().str();
}
inline clang::NestedNameSpecifierLoc prefix_of(clang::NestedNameSpecifierLoc qualifier) {
  return qualifier.getAsNamespaceAndPrefix().Prefix;
}

/// What the function's `requires` behind its parameters asks for; null without one.
inline const clang::Expr *trailing_constraint(const clang::FunctionDecl &function) {
  return function.getTrailingRequiresClause().ConstraintExpr;
}

inline clang::QualType type_of_class(const clang::ASTContext &context, const clang::CXXRecordDecl &record) {
  return context.getCanonicalTagType(&record);
}

// The visitors' functions for types are told whether to go into the qualifier, too.
#define TRIPWIRE_TYPE_LOC(type, qualifier) type, qualifier

#else

namespace options = clang::driver::options;
inline const llvm::opt::OptTable &option_table() { return clang::driver::getDriverOptTable(); }

inline QualifierStep step_of(clang::NestedNameSpecifierLoc qualifier) {
  switch (qualifier.getNestedNameSpecifier()->getKind()) {
  case clang::NestedNameSpecifier::Global:
    return QualifierStep::global;
  case clang::NestedNameSpecifier::Namespace:
  case clang::NestedNameSpecifier::NamespaceAlias:
    return QualifierStep::name_space;
  default:
    return QualifierStep::other;
  }
}

inline std::string namespace_in(clang::NestedNameSpecifierLoc qualifier) {
  const clang::NestedNameSpecifier *name = qualifier.getNestedNameSpecifier();
  const clang::NamespaceAliasDecl *alias = name->getAsNamespaceAlias();
  return (alias ? alias->getName() : name->getAsNamespace()->getName()).str();
}
inline clang::NestedNameSpecifierLoc prefix_of(clang::NestedNameSpecifierLoc qualifier) {
  return qualifier.getPrefix();
}

inline const clang::Expr *trailing_constraint(const clang::FunctionDecl &function) {
  return function.getTrailingRequiresClause();
}

inline clang::QualType type_of_class(const clang::ASTContext &context, const clang::CXXRecordDecl &record) {
  return context.getCanonicalType(context.getRecordType(&record));
}

#define TRIPWIRE_TYPE_LOC(type, qualifier) (static_cast<void>(qualifier), type)

#endif

} // namespace tripwire::tool
