// the entries of types, in a unit --(replaced_types)--> the types of its tree that others stand in for
#pragma once

#include "tripwire/config/configuration.hpp"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// A type that another one stands in for, in this unit.
struct ReplacedType {
  std::size_t entry = 0; ///< index into the configuration's seams
  const clang::TypeDecl *named = nullptr;
  clang::QualType type; ///< canonical
  const clang::Decl *drop_in = nullptr;
  std::string becomes; ///< without `::` in front
};

struct ReplacedTypes {
  std::vector<ReplacedType> types;
  std::vector<std::size_t> templates; ///< entries that name a class template, for which nothing can stand in
};

/// Those that the unit declares.
ReplacedTypes replaced_types(clang::ASTContext &context, const config::Configuration &configuration);

/// The one among \p types that \p function takes as it is, and whose entry says that calls with it need no wrapper;
/// null when there is none.
const ReplacedType *answering(const clang::FunctionDecl &function, const std::vector<ReplacedType> &types,
                              const config::Configuration &configuration);

} // namespace tripwire::tool
