// a tree of Clang's --(visitor)--> each of its nodes, one virtual call a kind
#pragma once

#include "clang/Basic/Version.h"

#if CLANG_VERSION_MAJOR >= 20
#include "clang/AST/DynamicRecursiveASTVisitor.h"
#else
#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/TypeLoc.h"
#endif

namespace tripwire::tool {

#if CLANG_VERSION_MAJOR >= 20

/// A \c RecursiveASTVisitor that is compiled once, and not again in each file that has a walk.
using Visitor = clang::DynamicRecursiveASTVisitor;

#else

// clang-format off
#define TRIPWIRE_VISITED_NODES(X)                                                                                      \
  X(DeclRefExpr) X(MemberExpr) X(CXXConstructExpr) X(LambdaExpr) X(CallExpr) X(CXXDeleteExpr)                          \
  X(FunctionDecl) X(TagType) X(TypedefType) X(TemplateSpecializationType) X(DecltypeType) X(TypeOfExprType) X(AutoType)
#define TRIPWIRE_TRAVERSED_NODES(X)                                                                                    \
  X(UnaryExprOrTypeTraitExpr) X(CXXNoexceptExpr) X(RequiresExpr) X(StaticAssertDecl)
// clang-format on

/// What later versions call \c clang::DynamicRecursiveASTVisitor, with the nodes that the tool's walks ask for.
class Visitor {
public:
  bool ShouldVisitTemplateInstantiations = false;
  bool ShouldVisitImplicitCode = false;

  virtual ~Visitor() = default;

  virtual bool TraverseDecl(clang::Decl *declaration);
  virtual bool TraverseStmt(clang::Stmt *statement);
  virtual bool TraverseType(clang::QualType type, bool = true);
  virtual bool TraverseTemplateArgument(const clang::TemplateArgument &argument);
  virtual bool TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc qualifier);
  virtual bool TraverseDeclarationNameInfo(clang::DeclarationNameInfo name);
  virtual bool TraverseDecltypeTypeLoc(clang::DecltypeTypeLoc type, bool);
  virtual bool TraverseTypeOfExprTypeLoc(clang::TypeOfExprTypeLoc type, bool);
  virtual bool VisitTypeLoc(clang::TypeLoc) { return true; }
#define TRIPWIRE_NODE(kind)                                                                                            \
  virtual bool Visit##kind(clang::kind *) { return true; }
  TRIPWIRE_VISITED_NODES(TRIPWIRE_NODE)
#undef TRIPWIRE_NODE
#define TRIPWIRE_NODE(kind) virtual bool Traverse##kind(clang::kind *node);
  TRIPWIRE_TRAVERSED_NODES(TRIPWIRE_NODE)
#undef TRIPWIRE_NODE
};

#endif

} // namespace tripwire::tool
