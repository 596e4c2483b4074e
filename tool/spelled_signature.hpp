// a function --(spelled_signature)--> its type as a unit that cannot see the function spells it, and what that takes
#pragma once

#include "tool/describe.hpp"
#include "tool/replaced_types.hpp"
#include "tool/visitor.hpp"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The type of \p function, spelled out in full, with the headers that its types need. Of a specialisation every alias
/// is resolved, since its template's own names mean nothing elsewhere, and each of \p replaced is called what stands in
/// for it, as the unit will call it once it is rewritten.
class SpelledSignature : public Visitor {
public:
  SpelledSignature(const clang::FunctionDecl &function, const clang::ASTContext &context, const IncludeLog &includes,
                   llvm::function_ref<bool(clang::FileID)> editable, llvm::ArrayRef<ReplacedType> replaced = {});

  [[nodiscard]] const std::vector<Include> &headers() const { return headers_; }
  /// A type that no header declares; empty when there is none.
  [[nodiscard]] const std::string &local_type() const { return local_type_; }

  /// A function \p name of this type with the parameters' names, in C++.
  [[nodiscard]] std::string declaration(const std::string &name) const;

  /// \p type in full.
  [[nodiscard]] std::string spell(clang::QualType type, std::string declared = {}) const;

  /// Sees to the types in \p arguments as well, and spells them as they stand between `<` and `>`, by commas. None when
  /// there is no spelling that means the same elsewhere.
  std::optional<std::string> arguments(llvm::ArrayRef<clang::TemplateArgument> arguments, bool from_global);

  bool VisitTagType(clang::TagType *type) override;
  bool VisitTypedefType(clang::TypedefType *type) override { return see(*type->getDecl()); }
  bool VisitTemplateSpecializationType(clang::TemplateSpecializationType *type) override;

private:
  bool see(const clang::NamedDecl &declaration);
  std::optional<std::string> argument(const clang::TemplateArgument &argument, bool from_global);
  [[nodiscard]] clang::QualType as_spelled(clang::QualType type) const;
  [[nodiscard]] std::string full_name(clang::QualType type, bool from_global) const;
  [[nodiscard]] std::string with_drop_ins(std::string text, bool from_global) const;

  const clang::FunctionDecl &function_;
  const clang::ASTContext &context_;
  const IncludeLog &includes_;
  llvm::function_ref<bool(clang::FileID)> editable_;
  llvm::ArrayRef<ReplacedType> replaced_;
  bool is_specialisation_;
  std::vector<Include> headers_;
  std::string local_type_;
};

} // namespace tripwire::tool
