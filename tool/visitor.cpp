// a tree of Clang's --(visitor)--> each of its nodes, one virtual call a kind
#include "tool/visitor.hpp"

#if CLANG_VERSION_MAJOR < 20
#include "clang/AST/RecursiveASTVisitor.h"

namespace tripwire::tool {
namespace {

/// Hands each step to the visitor, which hands what it leaves as it is back to the base of this.
class Walk : public clang::RecursiveASTVisitor<Walk> {
public:
  using Base = clang::RecursiveASTVisitor<Walk>;
  explicit Walk(Visitor &visitor) : visitor_(visitor) {}

  bool shouldVisitTemplateInstantiations() const { return visitor_.ShouldVisitTemplateInstantiations; }
  bool shouldVisitImplicitCode() const { return visitor_.ShouldVisitImplicitCode; }

  bool TraverseDecl(clang::Decl *declaration) { return visitor_.TraverseDecl(declaration); }
  bool TraverseStmt(clang::Stmt *statement) { return visitor_.TraverseStmt(statement); }
  bool TraverseType(clang::QualType type) { return visitor_.TraverseType(type); }
  bool TraverseTemplateArgument(const clang::TemplateArgument &argument) {
    return visitor_.TraverseTemplateArgument(argument);
  }
  bool TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc qualifier) {
    return visitor_.TraverseNestedNameSpecifierLoc(qualifier);
  }
  bool TraverseDeclarationNameInfo(clang::DeclarationNameInfo name) {
    return visitor_.TraverseDeclarationNameInfo(name);
  }
  bool TraverseDecltypeTypeLoc(clang::DecltypeTypeLoc type) { return visitor_.TraverseDecltypeTypeLoc(type, true); }
  bool TraverseTypeOfExprTypeLoc(clang::TypeOfExprTypeLoc type) {
    return visitor_.TraverseTypeOfExprTypeLoc(type, true);
  }
  bool VisitTypeLoc(clang::TypeLoc type) { return visitor_.VisitTypeLoc(type); }
#define TRIPWIRE_NODE(kind)                                                                                            \
  bool Visit##kind(clang::kind *node) { return visitor_.Visit##kind(node); }
  TRIPWIRE_VISITED_NODES(TRIPWIRE_NODE)
#undef TRIPWIRE_NODE
#define TRIPWIRE_NODE(kind)                                                                                            \
  bool Traverse##kind(clang::kind *node) { return visitor_.Traverse##kind(node); }
  TRIPWIRE_TRAVERSED_NODES(TRIPWIRE_NODE)
#undef TRIPWIRE_NODE

private:
  Visitor &visitor_;
};

} // namespace

bool Visitor::TraverseDecl(clang::Decl *declaration) { return Walk(*this).Walk::Base::TraverseDecl(declaration); }
bool Visitor::TraverseStmt(clang::Stmt *statement) { return Walk(*this).Walk::Base::TraverseStmt(statement); }
bool Visitor::TraverseType(clang::QualType type, bool) { return Walk(*this).Walk::Base::TraverseType(type); }
bool Visitor::TraverseTemplateArgument(const clang::TemplateArgument &argument) {
  return Walk(*this).Walk::Base::TraverseTemplateArgument(argument);
}
bool Visitor::TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc qualifier) {
  return Walk(*this).Walk::Base::TraverseNestedNameSpecifierLoc(qualifier);
}
bool Visitor::TraverseDeclarationNameInfo(clang::DeclarationNameInfo name) {
  return Walk(*this).Walk::Base::TraverseDeclarationNameInfo(name);
}
bool Visitor::TraverseDecltypeTypeLoc(clang::DecltypeTypeLoc type, bool) {
  return Walk(*this).Walk::Base::TraverseDecltypeTypeLoc(type);
}
bool Visitor::TraverseTypeOfExprTypeLoc(clang::TypeOfExprTypeLoc type, bool) {
  return Walk(*this).Walk::Base::TraverseTypeOfExprTypeLoc(type);
}
#define TRIPWIRE_NODE(kind)                                                                                            \
  bool Visitor::Traverse##kind(clang::kind *node) { return Walk(*this).Walk::Base::Traverse##kind(node); }
TRIPWIRE_TRAVERSED_NODES(TRIPWIRE_NODE)
#undef TRIPWIRE_NODE

} // namespace tripwire::tool

#endif
