#include "tool/body.hpp"

#include "tool/construction_forms.hpp"
#include "tool/visitor.hpp"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace tripwire::tool {
namespace {

class Collector : public Visitor {
public:
  explicit Collector(Body &body) : body_(body) {
    ShouldVisitImplicitCode = true;
    ShouldVisitTemplateInstantiations = true;
  }

  bool VisitDeclRefExpr(clang::DeclRefExpr *name) override {
    if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(name->getDecl()))
      body_.functions.insert(function);
    return true;
  }
  bool VisitMemberExpr(clang::MemberExpr *member) override {
    if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(member->getMemberDecl()))
      body_.functions.insert(function);
    return true;
  }
  bool VisitCXXConstructExpr(clang::CXXConstructExpr *construction) override {
    body_.functions.insert(construction->getConstructor());
    body_.constructors.insert(&constructor_of(*construction));
    add_class(construction->getConstructor()->getParent());
    return true;
  }
  bool VisitLambdaExpr(clang::LambdaExpr *lambda) override {
    body_.functions.insert(lambda->getCallOperator());
    return true;
  }
  /// A library's template may run whatever its arguments can do.
  bool VisitCallExpr(clang::CallExpr *call) override {
    for (const clang::Expr *argument : call->arguments())
      if (const clang::CXXRecordDecl *record = argument->getType()->getAsCXXRecordDecl())
        add_class(record);
    return true;
  }
  bool VisitCXXDeleteExpr(clang::CXXDeleteExpr *deletion) override {
    if (const clang::CXXRecordDecl *record = deletion->getDestroyedType()->getAsCXXRecordDecl())
      add_class(record);
    return true;
  }

private:
  void add_class(const clang::CXXRecordDecl *record) {
    if (!record->hasDefinition() || !classes_.insert(record->getCanonicalDecl()).second)
      return;
    for (const clang::CXXMethodDecl *method : record->methods())
      body_.functions.insert(method);
    for (const clang::CXXBaseSpecifier &base : record->bases())
      if (const clang::CXXRecordDecl *of = base.getType()->getAsCXXRecordDecl())
        add_class(of);
    for (const clang::FieldDecl *field : record->fields())
      if (const clang::CXXRecordDecl *of = field->getType()->getBaseElementTypeUnsafe()->getAsCXXRecordDecl())
        add_class(of);
  }

  Body &body_;
  llvm::DenseSet<const clang::CXXRecordDecl *> classes_;
};

} // namespace

Body body_of(const clang::FunctionDecl &function) {
  Body body;
  const clang::FunctionDecl *definition = nullptr;
  if (function.hasBody(definition))
    Collector(body).TraverseDecl(const_cast<clang::FunctionDecl *>(definition));
  return body;
}

} // namespace tripwire::tool
