#include "tool/reached.hpp"

#include "tool/body.hpp"
#include "tool/match.hpp"

#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace tripwire::tool {
namespace {

using Functions = llvm::SetVector<const clang::FunctionDecl *>;

/// Whether the function has a body here that the parse has left out: it is one of a system header.
bool is_left_out(const clang::FunctionDecl &function) {
  const clang::FunctionDecl *pattern = function.getTemplateInstantiationPattern();
  return llvm::any_of((pattern != nullptr ? pattern : &function)->redecls(),
                      [](const clang::FunctionDecl *one) { return one->hasSkippedBody(); });
}

/// What code that nobody reads may run of what it is given: every member of the project's classes in it.
class Given {
public:
  Given(Functions &functions, llvm::function_ref<bool(clang::SourceLocation)> is_of_project)
      : functions_(functions), is_of_project_(is_of_project) {}

  void to(const clang::FunctionDecl &function) {
    for (const clang::ParmVarDecl *parameter : function.parameters())
      add(parameter->getType());
    if (const clang::TemplateArgumentList *arguments = function.getTemplateSpecializationArgs())
      add(arguments->asArray());
    if (const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function))
      add(*method->getParent());
  }

private:
  void add(clang::QualType type) {
    const clang::Type *bare = type.getNonReferenceType()->getBaseElementTypeUnsafe();
    while (bare->isPointerType())
      bare = bare->getPointeeType()->getBaseElementTypeUnsafe();
    if (const clang::CXXRecordDecl *record = bare->getAsCXXRecordDecl())
      add(*record);
  }

  void add(llvm::ArrayRef<clang::TemplateArgument> arguments) {
    for (const clang::TemplateArgument &argument : arguments) {
      if (argument.getKind() == clang::TemplateArgument::Type)
        add(argument.getAsType());
      else if (argument.getKind() == clang::TemplateArgument::Pack)
        add(argument.getPackAsArray());
    }
  }

  void add(const clang::CXXRecordDecl &named) {
    const clang::CXXRecordDecl *record = named.getDefinition();
    if (record == nullptr || !classes_.insert(record).second)
      return;
    if (is_of_project_(record->getLocation()))
      for (const clang::Decl *member : record->decls()) {
        if (const auto *of_template = llvm::dyn_cast<clang::FunctionTemplateDecl>(member))
          member = of_template->getTemplatedDecl();
        if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(member))
          functions_.insert(function);
      }
    if (const auto *specialisation = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(record))
      add(specialisation->getTemplateArgs().asArray());
    for (const clang::CXXBaseSpecifier &base : record->bases())
      add(base.getType());
    for (const clang::FieldDecl *field : record->fields())
      add(field->getType());
  }

  Functions &functions_;
  llvm::function_ref<bool(clang::SourceLocation)> is_of_project_;
  llvm::DenseSet<const clang::CXXRecordDecl *> classes_;
};

} // namespace

llvm::StringSet<> reached_from(llvm::ArrayRef<const clang::FunctionDecl *> seams, EditableFiles &editable,
                               const clang::SourceManager &sources) {
  auto is_of_project = [&](clang::SourceLocation at) {
    return editable.contains(sources.getFileID(sources.getExpansionLoc(at)));
  };
  // What a library's template is given, it may run: so bodies in headers that are not rewritten are followed, too, and
  // such a template may itself be the seam.
  Functions reached(seams.begin(), seams.end());
  Given given(reached, is_of_project);
  llvm::StringSet<> names;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const clang::FunctionDecl &function = *reached[i];
    const clang::FunctionDecl *definition = nullptr;
    if (function.hasBody(definition) && is_of_project(definition->getLocation()))
      names.insert(qualified_name(written(function), false));
    const Body body = body_of(function);
    reached.insert(body.functions.begin(), body.functions.end());
    if (is_left_out(function))
      given.to(function);
  }
  return names;
}

} // namespace tripwire::tool
