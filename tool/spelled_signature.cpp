// a function --(spelled_signature)--> its type as a unit that cannot see the function spells it, and what that takes
#include "tool/spelled_signature.hpp"

#include "tool/match.hpp"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/QualTypeNames.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace tripwire::tool {
namespace {

clang::PrintingPolicy policy_for_cxx() {
  clang::LangOptions cxx;
  cxx.CPlusPlus = true;
  cxx.Bool = true;
  clang::PrintingPolicy policy(cxx);
  policy.SuppressUnwrittenScope = true;
  return policy;
}

/// The parameters' names, each once: those of a pack are told apart by numbers.
std::vector<std::string> parameter_names(const clang::FunctionDecl &function) {
  std::vector<std::string> names;
  llvm::StringSet<> taken;
  for (const clang::ParmVarDecl *parameter : function.parameters()) {
    std::string name = parameter->getName().str();
    for (unsigned i = 2; !name.empty() && !taken.insert(name).second; ++i)
      name = parameter->getName().str() + "_" + std::to_string(i);
    names.push_back(std::move(name));
  }
  return names;
}

} // namespace

SpelledSignature::SpelledSignature(const clang::FunctionDecl &function, const clang::ASTContext &context,
                                   const IncludeLog &includes, llvm::function_ref<bool(clang::FileID)> editable,
                                   llvm::ArrayRef<ReplacedType> replaced)
    : function_(function), context_(context), includes_(includes), editable_(editable), replaced_(replaced),
      is_specialisation_(&function != &written(function)) {
  TraverseType(as_spelled(function.getReturnType()));
  for (const clang::ParmVarDecl *parameter : function.parameters())
    TraverseType(as_spelled(parameter->getType()));
}

clang::QualType SpelledSignature::as_spelled(clang::QualType type) const {
  return is_specialisation_ ? type.getCanonicalType() : type;
}

std::string SpelledSignature::spell(clang::QualType type, std::string declared) const {
  type = clang::TypeName::getFullyQualifiedType(as_spelled(type), context_, /*WithGlobalNsPrefix=*/true);
  type.getAsStringInternal(declared, policy_for_cxx());
  return with_drop_ins(std::move(declared), true);
}

std::string SpelledSignature::full_name(clang::QualType type, bool from_global) const {
  return clang::TypeName::getFullyQualifiedName(type, context_, policy_for_cxx(), from_global);
}

std::string SpelledSignature::with_drop_ins(std::string text, bool from_global) const {
  const auto continues_name = [&](std::size_t at) {
    return at < text.size() && (llvm::isAlnum(text[at]) || text[at] == '_' || text[at] == ':');
  };
  for (const ReplacedType &each : replaced_) {
    const std::string type = full_name(each.type, from_global);
    const std::string becomes = (from_global ? "::" : "") + each.becomes;
    for (std::size_t at = text.find(type); at != std::string::npos; at = text.find(type, at)) {
      const bool is_whole = !continues_name(at + type.size()) && (at == 0 || !continues_name(at - 1));
      // What closes the type's own arguments keeps apart from what closes those around it.
      const bool has_gap = type.back() == '>' && llvm::StringRef(text).substr(at + type.size()).starts_with(" >");
      if (is_whole)
        text.replace(at, type.size() + (has_gap ? 1 : 0), becomes);
      at += is_whole ? becomes.size() : type.size();
    }
  }
  return text;
}

std::string SpelledSignature::declaration(const std::string &name) const {
  const std::vector<std::string> names = parameter_names(function_);
  std::string parameters;
  for (unsigned i = 0; i < function_.getNumParams(); ++i)
    parameters += (parameters.empty() ? "" : ", ") + spell(function_.getParamDecl(i)->getType(), names[i]);
  if (function_.isVariadic())
    parameters += parameters.empty() ? "..." : ", ...";
  const auto *type = function_.getType()->getAs<clang::FunctionProtoType>();
  const bool is_noexcept = context_.getLangOpts().CPlusPlus && type && is_known_noexcept(*type);
  return spell(function_.getReturnType(), name + "(" + parameters + ")") + (is_noexcept ? " noexcept" : "");
}

std::optional<std::string> SpelledSignature::arguments(llvm::ArrayRef<clang::TemplateArgument> arguments,
                                                       bool from_global) {
  std::string list;
  for (const clang::TemplateArgument &each : arguments) {
    const bool is_pack = each.getKind() == clang::TemplateArgument::Pack;
    const std::optional<std::string> text =
        is_pack ? this->arguments(each.getPackAsArray(), from_global) : argument(each, from_global);
    if (!text)
      return std::nullopt;
    if (!text->empty())
      list += (list.empty() ? "" : ", ") + *text;
  }
  return list;
}

std::optional<std::string> SpelledSignature::argument(const clang::TemplateArgument &argument, bool from_global) {
  const char *global = from_global ? "::" : "";
  switch (argument.getKind()) {
  case clang::TemplateArgument::Type: {
    const clang::QualType type = argument.getAsType().getCanonicalType();
    TraverseType(type);
    return with_drop_ins(full_name(type, from_global), from_global);
  }
  case clang::TemplateArgument::Integral: {
    const clang::QualType type = argument.getIntegralType().getCanonicalType();
    TraverseType(type);
    const std::string number = llvm::toString(argument.getAsIntegral(), 10);
    if (type->isBooleanType())
      return argument.getAsIntegral().getBoolValue() ? "true" : "false";
    if (context_.hasSameType(type, context_.IntTy))
      return number;
    return "static_cast<" + full_name(type, from_global) + ">(" + number + ")";
  }
  case clang::TemplateArgument::Declaration: {
    const clang::ValueDecl *named = argument.getAsDecl();
    see(*named);
    const bool is_reference = argument.getParamTypeForDecl()->isReferenceType();
    return (is_reference ? "" : "&") + std::string(global) + qualified_name(*named, true);
  }
  case clang::TemplateArgument::NullPtr:
    return "nullptr";
  case clang::TemplateArgument::Template: {
    const clang::TemplateDecl *named = argument.getAsTemplate().getAsTemplateDecl();
    if (!named)
      return std::nullopt;
    see(*named);
    return global + qualified_name(*named, true);
  }
  default:
    return std::nullopt;
  }
}

bool SpelledSignature::VisitTagType(clang::TagType *type) {
  if (const auto *specialised = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(type->getDecl()))
    for (const clang::TemplateArgument &each : specialised->getTemplateArgs().asArray())
      TraverseTemplateArgument(each);
  return see(*type->getDecl());
}

bool SpelledSignature::VisitTemplateSpecializationType(clang::TemplateSpecializationType *type) {
  const clang::TemplateDecl *declaration = type->getTemplateName().getAsTemplateDecl();
  return !declaration || see(*declaration);
}

bool SpelledSignature::see(const clang::NamedDecl &declaration) {
  const clang::SourceManager &sources = context_.getSourceManager();
  const clang::NamedDecl *declared = &declaration;
  if (const auto *specialised = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(declared))
    if (const clang::CXXRecordDecl *pattern = specialised->getTemplateInstantiationPattern())
      declared = pattern; // its own place may be that of an explicit instantiation
  const clang::SourceLocation at = sources.getExpansionLoc(declared->getLocation());
  if (at.isInvalid())
    return true; // built in
  const std::vector<Include> headers = headers_for(sources.getFileID(at), sources, includes_, editable_);
  const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(&declaration);
  if (record && record->isLambda())
    local_type_ = "a lambda";
  else if (headers.empty() || declaration.isInAnonymousNamespace() || declaration.getParentFunctionOrMethod())
    local_type_ = declaration.getNameAsString();
  headers_.insert(headers_.end(), headers.begin(), headers.end());
  return true;
}

} // namespace tripwire::tool
