// syntax tree + the types that others stand in for --(type_names)--> every place where the project's code names one
#pragma once

#include "tool/clang_compat.hpp"
#include "tool/editable_files.hpp"
#include "tool/match.hpp"
#include "tool/replaced_types.hpp"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// One name of such a type, where a file of the project says it.
struct TypeName {
  std::size_t entry = 0; ///< index into the configuration's seams
  WrittenName written;
  std::string identifier;                        ///< the type's own, or an alias that a library gives it
  const clang::FunctionDecl *function = nullptr; ///< the enclosing one
  const clang::CXXRecordDecl *record = nullptr;  ///< the class whose bases or members it is among
  bool is_member = false;        ///< it names a constructor or destructor: `using Base::Base`, `x.~Base()`
  const char *exempt = nullptr;  ///< why it stays
  const char *refused = nullptr; ///< why it cannot be rewritten, and what to do then
  const char *next_step = nullptr;
};

/// A function that would have another type than somebody else says.
struct ForeignSignature {
  const clang::FunctionDecl *function = nullptr;
  std::size_t entry = 0;
  bool is_seam = false; ///< its wrapper says so; else a file that is not rewritten
};

struct TypeNames {
  std::vector<TypeName> names;
  std::vector<std::pair<std::size_t, std::string>>
      declared;                       ///< entries whose type the unit declares, and its identifier
  std::vector<std::size_t> templates; ///< entries that name a class template
  std::vector<ForeignSignature> foreign;
};

/// Looks at every type that files of the project name. Nothing when no entry is a type.
TypeNames find_type_names(clang::ASTContext &context, const config::Configuration &configuration,
                          const ReplacedTypes &replaced, SeamMatcher &matcher, EditableFiles &editable);

} // namespace tripwire::tool
