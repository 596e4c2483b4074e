// a call of the standard library's templates --(inside_library)--> the seams that its instantiation constructs
#include "tool/inside_library.hpp"

#include "tool/body.hpp"
#include "tool/llvm_compat.hpp"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

namespace tripwire::tool {
namespace {

const clang::CXXRecordDecl *record_at(const clang::TemplateArgumentList &arguments, unsigned index) {
  if (arguments.size() <= index || arguments[index].getKind() != clang::TemplateArgument::Type)
    return nullptr;
  return arguments[index].getAsType()->getAsCXXRecordDecl();
}

} // namespace

bool InsideLibrary::is_of_library(const clang::FunctionDecl &function) const {
  const clang::SourceLocation at = sources_.getExpansionLoc(function.getLocation());
  return at.isValid() && sources_.isInSystemHeader(at) &&
         (function.isTemplateInstantiation() || function.getTemplateInstantiationPattern() ||
          (llvm::isa<clang::CXXMethodDecl>(function) &&
           llvm::isa<clang::ClassTemplateSpecializationDecl>(function.getDeclContext())));
}

const InsideLibrary::Facts &InsideLibrary::facts_of(const clang::FunctionDecl &function) {
  std::unique_ptr<Facts> &facts = facts_[&function];
  if (facts)
    return *facts;
  facts = std::make_unique<Facts>();
  Facts &result = *facts;
  const Body body = body_of(function);
  for (const clang::FunctionDecl *called : body.functions)
    if (is_of_library(*called))
      result.calls.insert(called);
  for (const clang::CXXConstructorDecl *constructor : body.constructors)
    if (matcher_.match(*constructor))
      result.seams.insert(constructor);
  return result;
}

llvm::SetVector<const clang::CXXConstructorDecl *> InsideLibrary::constructed_by(const clang::FunctionDecl &function) {
  llvm::SetVector<const clang::CXXConstructorDecl *> seams;
  if (!is_of_library(function))
    return seams;
  llvm::SetVector<const clang::FunctionDecl *> reached;
  reached.insert(&function);
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const Facts &facts = facts_of(*reached[i]);
    reached.insert(facts.calls.begin(), facts.calls.end());
    seams.insert(facts.seams.begin(), facts.seams.end());
  }
  return seams;
}

std::optional<unsigned> first_forwarded(const clang::FunctionDecl &callee, const clang::CXXRecordDecl &made) {
  const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&callee);
  const bool is_of_standard = method ? method->getParent()->isInStdNamespace() : callee.isInStdNamespace();
  if (!is_of_standard || !callee.getIdentifier() || !callee.isTemplateInstantiation())
    return std::nullopt;
  const llvm::StringRef name = callee.getName();
  const clang::CXXRecordDecl *type = nullptr;
  const auto *holder = method ? llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(method->getParent()) : nullptr;
  if (!method && callee.getTemplateSpecializationArgs())
    type = record_at(*callee.getTemplateSpecializationArgs(), 0);
  else if (holder && (holder->getName() != "variant"))
    type = record_at(holder->getTemplateArgs(), 0);
  if (!type || type->getCanonicalDecl() != made.getCanonicalDecl())
    return std::nullopt;
  if (!method)
    return StringSwitch<std::optional<unsigned>>(name)
        .Cases({"make_unique", "make_shared", "make_optional"}, 0)
        .Cases({"allocate_shared", "construct_at"}, 1)
        .Default(std::nullopt);
  if (name == "emplace_back" || name == "emplace_front")
    return 0;
  if (name == "emplace") // behind a position in sequences
    return StringSwitch<std::optional<unsigned>>(holder->getName())
        .Cases({"vector", "deque", "list"}, 1)
        .Cases({"optional", "set", "multiset", "unordered_set", "unordered_multiset", "queue", "stack"}, 0)
        .Case("priority_queue", 0)
        .Default(std::nullopt);
  return std::nullopt;
}

} // namespace tripwire::tool
