#include "tool/replaced_types.hpp"

#include "tool/match.hpp"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {
namespace {

/// What \p name, a qualified one, stands for; null when the unit does not declare it.
const clang::NamedDecl *look_up(clang::ASTContext &context, llvm::StringRef name) {
  const clang::DeclContext *scope = context.getTranslationUnitDecl();
  for (name.consume_front("::");;) {
    const auto [part, rest] = name.split("::");
    const clang::NamedDecl *found = nullptr;
    for (const clang::NamedDecl *each : scope->lookup(&context.Idents.get(part)))
      if (llvm::isa<clang::TypeDecl, clang::NamespaceDecl, clang::ClassTemplateDecl, clang::UsingShadowDecl>(each))
        found = each->getUnderlyingDecl();
    if (!found || rest.empty())
      return found;
    scope = llvm::dyn_cast<clang::DeclContext>(found);
    if (const auto *tag = llvm::dyn_cast<clang::TagDecl>(found))
      scope = tag->getDefinition();
    if (!scope)
      return nullptr;
    name = rest;
  }
}

} // namespace

ReplacedTypes replaced_types(clang::ASTContext &context, const config::Configuration &configuration) {
  ReplacedTypes result;
  for (std::size_t i = 0; i < configuration.seams.size(); ++i) {
    const config::Seam &seam = configuration.seams[i];
    if (seam.kind != config::SeamKind::type)
      continue;
    const clang::NamedDecl *named = look_up(context, seam.pattern);
    if (llvm::isa_and_nonnull<clang::ClassTemplateDecl>(named))
      result.templates.push_back(i);
    const auto *type = llvm::dyn_cast_or_null<clang::TypeDecl>(named);
    if (!type)
      continue;
    ReplacedType replaced;
    replaced.entry = i;
    replaced.named = type;
    replaced.type = context.getTypeDeclType(type).getCanonicalType().getUnqualifiedType();
    if (const clang::NamedDecl *drop_in = look_up(context, seam.becomes))
      replaced.drop_in = drop_in->getCanonicalDecl();
    replaced.becomes = llvm::StringRef(seam.becomes).ltrim(':').str();
    result.types.push_back(std::move(replaced));
  }
  return result;
}

const ReplacedType *answering(const clang::FunctionDecl &function, const std::vector<ReplacedType> &types,
                              const config::Configuration &configuration) {
  for (const ReplacedType &replaced : types) {
    const bool takes_it = llvm::any_of(function.parameters(), [&](const clang::ParmVarDecl *parameter) {
      return parameter->getType().getNonReferenceType().getCanonicalType().getUnqualifiedType() == replaced.type;
    });
    if (takes_it && config::answers(configuration.seams[replaced.entry], qualified_name(function, false)))
      return &replaced;
  }
  return nullptr;
}

} // namespace tripwire::tool
