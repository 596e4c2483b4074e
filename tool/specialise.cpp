// a function that an instantiation names --(specialise)--> Specialisation: what another unit says to define its
// wrappers
#include "tool/specialise.hpp"

#include "tool/clang_compat.hpp"
#include "tool/match.hpp"
#include "tool/spelled_signature.hpp"
#include "tool/wrapper_name.hpp"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {
namespace {

class Specialiser {
public:
  Specialiser(const clang::FunctionDecl &function, clang::ASTContext &context, const IncludeLog &includes,
              llvm::function_ref<bool(clang::FileID)> editable, llvm::ArrayRef<ReplacedType> replaced)
      : function_(function), context_(context), includes_(includes), editable_(editable),
        signature_(function, context, includes, editable, replaced) {}

  Specialisation describe() {
    const std::string identifier = function_.getDeclName().getAsString();
    const std::string qualified = qualified_name(function_, true);
    result_.name = qualified.substr(0, qualified.size() - identifier.size());
    result_.scope = "::" + result_.name;
    if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function_))
      describe_member(*method);
    result_.name += identifier;
    if (const clang::TemplateArgumentList *arguments = function_.getTemplateSpecializationArgs()) {
      ++result_.heads;
      const std::string gap = function_.isOverloadedOperator() ? " " : ""; // `operator< <int>`
      result_.arguments = gap + "<" + spelled(arguments->asArray(), true) + ">";
      result_.name += "<" + spelled(arguments->asArray(), false) + ">";
    }
    const std::vector<std::string> symbols = symbols_of(function_, context_);
    result_.symbol = symbols.empty() ? result_.name : symbols.front();
    result_.printed = signature_.declaration(type_name_of(result_));
    result_.headers = headers_for(file_of(written(function_)), context_.getSourceManager(), includes_, editable_);
    if (result_.headers.empty())
      refuse("it is a template that no header declares", "declare it in a header that this file includes");
    check_own_declaration();
    add_headers(signature_.headers());
    if (!signature_.local_type().empty())
      refuse("this specialisation names '" + signature_.local_type() + "', which no other unit can see",
             "declare its types in headers that this file includes; of functions, pass a pointer or a std::function "
             "rather than a lambda");
    return std::move(result_);
  }

private:
  void describe_member(const clang::CXXMethodDecl &method) {
    result_.member_of = signature_.spell(type_of_class(context_, *method.getParent()));
    result_.scope = result_.member_of + "::";
    result_.name = spelled(clang::TemplateArgument(type_of_class(context_, *method.getParent())), false) + "::";
    result_.is_static = method.isStatic();
    result_.qualifiers = qualifiers_of(method);
    for (const clang::DeclContext *scope = method.getParent(); scope && scope->isRecord(); scope = scope->getParent()) {
      const auto &record = *llvm::cast<clang::CXXRecordDecl>(scope);
      if (record.getAccess() == clang::AS_private || record.getAccess() == clang::AS_protected)
        result_.is_public = false;
      const auto *specialised = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
      if (!specialised)
        continue;
      if (specialised->getSpecializationKind() == clang::TSK_ExplicitSpecialization)
        break; // a class like any other from here on
      ++result_.heads;
      check_explicit_instantiation(*specialised);
    }
    if (method.getAccess() != clang::AS_public && method.getAccess() != clang::AS_none)
      result_.is_public = false;
  }

  /// A class that a header instantiates explicitly has its members instantiated before the definitions can speak of
  /// them.
  void check_explicit_instantiation(const clang::ClassTemplateSpecializationDecl &specialised) {
    const clang::SourceLocation keyword = specialised.getTemplateKeywordLoc();
    const bool is_explicit = specialised.getSpecializationKind() != clang::TSK_ImplicitInstantiation;
    if (is_explicit && keyword.isValid() &&
        !headers_for(file_at(keyword), context_.getSourceManager(), includes_, editable_).empty())
      refuse("a header instantiates '" + specialised.getNameAsString() + "' explicitly",
             "have only one source instantiate it, or name a function that its members call");
  }

  /// An explicit specialisation has to be known where the definitions are made.
  void check_own_declaration() {
    if (function_.getTemplateSpecializationKind() != clang::TSK_ExplicitSpecialization)
      return;
    const std::vector<Include> headers =
        headers_for(file_of(function_), context_.getSourceManager(), includes_, editable_);
    if (headers.empty())
      refuse("it is specialised explicitly in this file only", "declare the specialisation in a header");
    add_headers(headers);
  }

  std::string spelled(llvm::ArrayRef<clang::TemplateArgument> arguments, bool from_global) {
    const std::optional<std::string> text = signature_.arguments(arguments, from_global);
    if (!text)
      refuse("a template argument of it cannot be written down elsewhere",
             "name a function that takes it as an ordinary argument");
    return text.value_or("");
  }

  void refuse(std::string why, std::string next_step) {
    if (!result_.refused.empty())
      return;
    result_.refused = std::move(why);
    result_.next_step = std::move(next_step);
  }

  void add_headers(const std::vector<Include> &headers) {
    for (const Include &header : headers)
      if (!llvm::is_contained(result_.headers, header))
        result_.headers.push_back(header);
  }

  [[nodiscard]] clang::FileID file_at(clang::SourceLocation at) const {
    const clang::SourceManager &sources = context_.getSourceManager();
    return sources.getFileID(sources.getExpansionLoc(at));
  }
  [[nodiscard]] clang::FileID file_of(const clang::FunctionDecl &function) const {
    return file_at(function.getLocation());
  }

  const clang::FunctionDecl &function_;
  clang::ASTContext &context_;
  const IncludeLog &includes_;
  llvm::function_ref<bool(clang::FileID)> editable_;
  SpelledSignature signature_;
  Specialisation result_;
};

} // namespace

Specialisation specialise(const clang::FunctionDecl &function, clang::ASTContext &context, const IncludeLog &includes,
                          llvm::function_ref<bool(clang::FileID)> editable, llvm::ArrayRef<ReplacedType> replaced) {
  return Specialiser(function, context, includes, editable, replaced).describe();
}

std::string type_name_of(const Specialisation &specialisation) {
  llvm::StringRef name = specialisation.name;
  const std::size_t arguments = name.find('<');
  return type_name(inner_name("template", name.take_front(arguments), specialisation.symbol));
}

std::string use_of(const Specialisation &specialisation, llvm::StringRef identifier) {
  const std::string stands_for = type_name_of(specialisation);
  std::string text = specialisation.printed;
  const std::size_t at = text.find(stands_for + "(");
  if (at == std::string::npos)
    return {};
  const bool is_object = !specialisation.member_of.empty() && !specialisation.is_static;
  text.replace(at, stands_for.size(),
               "(" + (is_object ? specialisation.scope : "") + "*" + use_prefix + stands_for + ")");
  llvm::StringRef pointer = text;
  pointer.consume_back(" noexcept");
  return pointer.str() + specialisation.qualifiers + " = &" + specialisation.scope + identifier.str() +
         specialisation.arguments + ";\n";
}

} // namespace tripwire::tool
