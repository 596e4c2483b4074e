// what differs between the versions of LLVM and Clang that the tool is built with --(clang_compat)--> one spelling
#pragma once

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/NestedNameSpecifier.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Basic/Version.h"

#include <optional>
#include <string>
#include <utility>

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

/// A type's name where code says it.
struct WrittenName {
  clang::SourceLocation name;
  clang::NestedNameSpecifierLoc qualifier;
  clang::SourceLocation keyword;              ///< of `struct`, `class` in front; invalid without one
  const clang::NamedDecl *declared = nullptr; ///< the type or alias of that name; null of a template with arguments
};

/// What a name's own type says of it; none of types that have no name of their own.
inline const clang::NamedDecl *declared_by(clang::QualType type, bool &is_name) {
  const clang::Type *pointer = type.getTypePtr();
  if (const auto *by_using = llvm::dyn_cast<clang::UsingType>(pointer))
    pointer = by_using->desugar().getTypePtr();
  is_name = true;
  if (const auto *alias = llvm::dyn_cast<clang::TypedefType>(pointer))
    return alias->getDecl();
  if (const auto *tag = llvm::dyn_cast<clang::TagType>(pointer))
    return tag->getDecl();
  is_name = llvm::isa<clang::TemplateSpecializationType>(pointer);
  return nullptr;
}

#if CLANG_VERSION_MAJOR >= 22

/// The name that \p type is written as; none when it is no name.
inline std::optional<WrittenName> written_name(clang::TypeLoc type) {
  bool is_name = false;
  WrittenName written;
  if (const auto alias = type.getAs<clang::TypedefTypeLoc>())
    written = {alias.getNameLoc(), alias.getQualifierLoc(), alias.getElaboratedKeywordLoc()};
  else if (const auto by_using = type.getAs<clang::UsingTypeLoc>())
    written = {by_using.getNameLoc(), by_using.getQualifierLoc(), by_using.getElaboratedKeywordLoc()};
  else if (const auto tag = type.getAs<clang::TagTypeLoc>())
    written = {tag.getNameLoc(), tag.getQualifierLoc(), tag.getElaboratedKeywordLoc()};
  else if (const auto specialised = type.getAs<clang::TemplateSpecializationTypeLoc>())
    written = {specialised.getTemplateNameLoc(), specialised.getQualifierLoc(), {}};
  else
    return std::nullopt;
  written.declared = declared_by(type.getType().getUnqualifiedType(), is_name);
  return is_name ? std::optional(written) : std::nullopt;
}

/// The type in a qualifier, where it does not know by itself what stands in front of it; none otherwise.
inline std::optional<std::pair<clang::TypeLoc, WrittenName>> type_in(clang::NestedNameSpecifierLoc) {
  return std::nullopt;
}

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

/// Of a step that is a type: as it is written here; none when that is no name.
inline std::optional<WrittenName> type_of_step(clang::NestedNameSpecifierLoc qualifier) {
  const clang::TypeLoc type = qualifier.getAsTypeLoc();
  return type.isNull() ? std::nullopt : written_name(type);
}

/// What the function's `requires` behind its parameters asks for; null without one.
inline const clang::Expr *trailing_constraint(const clang::FunctionDecl &function) {
  return function.getTrailingRequiresClause().ConstraintExpr;
}

inline clang::QualType type_of_class(const clang::ASTContext &context, const clang::CXXRecordDecl &record) {
  return context.getCanonicalTagType(&record);
}

/// Where the attribute names its function.
inline clang::SourceLocation named_at(const clang::CleanupAttr &attribute) { return attribute.getArgLoc(); }

// The visitors' functions for types are told whether to go into the qualifier, too.
#define TRIPWIRE_TYPE_LOC(type, qualifier) type, qualifier

#else

/// A name with a qualifier, or without, is wrapped into a node that knows it: visitors come to that one first.
inline std::optional<WrittenName> written_name(clang::TypeLoc type) {
  bool is_name = false;
  WrittenName written;
  clang::TypeLoc named = type;
  if (const auto elaborated = type.getAs<clang::ElaboratedTypeLoc>()) {
    named = elaborated.getNamedTypeLoc();
    written = {{}, elaborated.getQualifierLoc(), elaborated.getElaboratedKeywordLoc()};
  }
  if (const auto specialised = named.getAs<clang::TemplateSpecializationTypeLoc>())
    written.name = specialised.getTemplateNameLoc();
  else
    written.name = named.getBeginLoc();
  written.declared = declared_by(named.getType().getUnqualifiedType(), is_name);
  return is_name ? std::optional(written) : std::nullopt;
}

inline std::optional<std::pair<clang::TypeLoc, WrittenName>> type_in(clang::NestedNameSpecifierLoc qualifier) {
  if (!qualifier || !qualifier.getNestedNameSpecifier()->getAsType())
    return std::nullopt;
  std::optional<WrittenName> written = written_name(qualifier.getTypeLoc());
  if (!written)
    return std::nullopt;
  written->qualifier = qualifier.getPrefix();
  return std::pair(qualifier.getTypeLoc(), *written);
}

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

inline std::optional<WrittenName> type_of_step(clang::NestedNameSpecifierLoc qualifier) {
  const auto found = type_in(qualifier);
  return found ? std::optional(found->second) : std::nullopt;
}

inline const clang::Expr *trailing_constraint(const clang::FunctionDecl &function) {
  return function.getTrailingRequiresClause();
}

inline clang::QualType type_of_class(const clang::ASTContext &context, const clang::CXXRecordDecl &record) {
  return context.getCanonicalType(context.getRecordType(&record));
}

inline clang::SourceLocation named_at(const clang::CleanupAttr &attribute) { return attribute.getLocation(); }

#define TRIPWIRE_TYPE_LOC(type, qualifier) (static_cast<void>(qualifier), type)

#endif

} // namespace tripwire::tool
