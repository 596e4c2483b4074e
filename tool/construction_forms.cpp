// a construction in the syntax tree + what stands around it --(construction_forms)--> how its text takes an argument
// more
#include "tool/construction_forms.hpp"

#include "clang/AST/Stmt.h"

namespace tripwire::tool {
namespace {

constexpr const char *write_it = "write the construction with its type: TYPE(...)";

/// The construction that an initialiser is, below what nobody wrote.
const clang::CXXConstructExpr *construction_in(const clang::Expr *expression) {
  while (expression) {
    if (const auto *construction = llvm::dyn_cast<clang::CXXConstructExpr>(expression)) {
      // A copy or move that may be left out, around the construction that is meant.
      if (construction->isElidable() && construction->getNumArgs() > 0) {
        expression = construction->getArg(0);
        continue;
      }
      return construction;
    }
    if (const auto *full = llvm::dyn_cast<clang::FullExpr>(expression))
      expression = full->getSubExpr();
    else if (const auto *bound = llvm::dyn_cast<clang::CXXBindTemporaryExpr>(expression))
      expression = bound->getSubExpr();
    else if (const auto *temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(expression))
      expression = temporary->getSubExpr();
    else if (const auto *cast = llvm::dyn_cast<clang::ImplicitCastExpr>(expression))
      expression = cast->getSubExpr();
    else
      return nullptr;
  }
  return nullptr;
}

/// How many arguments somebody wrote.
unsigned written_arguments(const clang::CXXConstructExpr &construction) {
  unsigned count = 0;
  for (const clang::Expr *argument : construction.arguments())
    count += llvm::isa<clang::CXXDefaultArgExpr>(argument) ? 0 : 1;
  return count;
}

/// `return local;` tries a move first, which a local that is an argument does not get.
bool is_moved_by_return(const clang::Expr &argument) {
  return argument.isXValue() && argument.IgnoreParenImpCasts()->isLValue();
}

ConstructionForm refused(const char *why, const char *next_step) {
  ConstructionForm form;
  form.refused = why;
  form.next_step = next_step;
  return form;
}

} // namespace

const clang::CXXConstructorDecl &constructor_of(const clang::CXXConstructExpr &construction) {
  const clang::CXXConstructorDecl *constructor = construction.getConstructor();
  while (constructor->isInheritingConstructor())
    constructor = constructor->getInheritedConstructor().getConstructor();
  return *constructor;
}

void ConstructionForms::allow_around(const clang::Expr *initialiser) {
  const clang::CXXConstructExpr *construction = construction_in(initialiser);
  if (!construction || construction->getParenOrBraceRange().isValid() || written_arguments(*construction) == 0)
    return;
  const clang::Expr &argument = *construction->getArg(0);
  const bool takes_names = construction->getConstructor()->getParamDecl(0)->getType()->isLValueReferenceType();
  if (!takes_names && is_moved_by_return(argument)) {
    known_[construction] = refused("the value is moved into it by 'return' alone", write_it);
    return;
  }
  ConstructionForm form;
  form.form = Insertion::Form::around;
  form.from = argument.getBeginLoc();
  form.to = argument.getEndLoc();
  known_.try_emplace(construction, form);
}

void ConstructionForms::see_arguments(llvm::ArrayRef<const clang::Expr *> arguments, bool is_overloaded) {
  for (const clang::Expr *argument : arguments)
    if (!is_overloaded)
      allow_around(argument);
    else if (const clang::CXXConstructExpr *construction = construction_in(argument);
             construction && !construction->getParenOrBraceRange().isValid())
      known_.try_emplace(construction, refused("an argument is converted to it, and the conversion has chosen between "
                                               "overloads",
                                               write_it));
}

/// In a template: marks the place that an instantiation's construction will be edited at, if the type depends.
void ConstructionForms::see_dependent(clang::QualType type, const clang::Expr *initialiser,
                                      clang::SourceLocation without) {
  if (type.isNull() || !type->isDependentType())
    return;
  if (const auto *list = llvm::dyn_cast_or_null<clang::ParenListExpr>(initialiser))
    of_parameter_.insert(list->getLParenLoc());
  else if (const auto *braces = llvm::dyn_cast_or_null<clang::InitListExpr>(initialiser))
    of_parameter_.insert(braces->getLBraceLoc());
  else if (!initialiser)
    of_parameter_.insert(without);
  else
    of_parameter_.insert(initialiser->getBeginLoc());
}

void ConstructionForms::see(const clang::Decl &declaration) {
  const auto *variable = llvm::dyn_cast<clang::VarDecl>(&declaration);
  if (!variable || llvm::isa<clang::ParmVarDecl>(variable))
    return;
  see_dependent(variable->getType(), variable->getInit(), variable->getLocation());
  if (variable->getInitStyle() == clang::VarDecl::CInit)
    allow_around(variable->getInit());
  const clang::CXXConstructExpr *construction = construction_in(variable->getInit());
  if (!construction || construction->getParenOrBraceRange().isValid() || written_arguments(*construction) != 0)
    return;
  ConstructionForm form;
  form.form = Insertion::Form::declarator;
  form.from = variable->getLocation();
  known_.try_emplace(construction, form);
}

void ConstructionForms::see(const clang::Stmt &statement) {
  using namespace clang;
  if (const auto *back = dyn_cast<ReturnStmt>(&statement)) {
    allow_around(back->getRetValue());
  } else if (const auto *call = dyn_cast<CallExpr>(&statement)) {
    const Expr *callee = call->getCallee()->IgnoreParenImpCasts();
    bool is_overloaded = llvm::isa<CXXOperatorCallExpr>(call);
    if (const auto *name = dyn_cast<DeclRefExpr>(callee))
      is_overloaded = is_overloaded || name->hadMultipleCandidates();
    else if (const auto *member = dyn_cast<MemberExpr>(callee))
      is_overloaded = is_overloaded || member->hadMultipleCandidates();
    see_arguments(llvm::ArrayRef(call->getArgs(), call->getNumArgs()), is_overloaded);
  } else if (const auto *outer = dyn_cast<CXXConstructExpr>(&statement)) {
    if (!outer->isElidable())
      see_arguments(llvm::ArrayRef(outer->getArgs(), outer->getNumArgs()), true);
  } else if (const auto *made = dyn_cast<CXXNewExpr>(&statement)) {
    see_dependent(made->getAllocatedType(), made->getInitializer(), made->getEndLoc());
    const CXXConstructExpr *construction = construction_in(made->getInitializer());
    if (!construction)
      return;
    if (made->isArray()) {
      known_[construction] = refused("an array of them is made", "make each with a constructor's arguments of its own");
    } else if (construction->getParenOrBraceRange().isInvalid()) {
      ConstructionForm form;
      form.form = Insertion::Form::type_name;
      form.from = made->getEndLoc();
      known_.try_emplace(construction, form);
    }
  } else if (const auto *functional = dyn_cast<CXXFunctionalCastExpr>(&statement)) {
    const CXXConstructExpr *construction = construction_in(functional->getSubExpr());
    if (construction && construction->getParenOrBraceRange().isInvalid() && functional->getLParenLoc().isValid()) {
      ConstructionForm form;
      form.from = functional->getLParenLoc();
      known_.try_emplace(construction, form);
    }
  } else if (const auto *cast = dyn_cast<ExplicitCastExpr>(&statement)) {
    if (const CXXConstructExpr *construction = construction_in(cast->getSubExpr()))
      if (llvm::isa<CXXStaticCastExpr, CStyleCastExpr>(cast) && cast->getCastKind() == CK_ConstructorConversion)
        known_[construction] = refused("a cast makes it", write_it);
  } else if (const auto *unresolved = dyn_cast<CXXUnresolvedConstructExpr>(&statement)) {
    if (unresolved->getTypeAsWritten()->isDependentType()) {
      of_parameter_.insert(unresolved->getLParenLoc());
      if (unresolved->getNumArgs() == 1)
        if (const auto *list = dyn_cast<InitListExpr>(unresolved->getArg(0)))
          of_parameter_.insert(list->getLBraceLoc());
    }
  }
}

void ConstructionForms::see(const clang::CXXCtorInitializer &initialiser) {
  const clang::QualType type = initialiser.isBaseInitializer() || initialiser.isDelegatingInitializer()
                                   ? initialiser.getTypeSourceInfo()->getType()
                                   : initialiser.getAnyMember()->getType();
  see_dependent(type, initialiser.getInit(), initialiser.getSourceLocation());
  const clang::CXXConstructExpr *construction = construction_in(initialiser.getInit());
  if (!construction || initialiser.isWritten())
    return;
  if (initialiser.isBaseInitializer())
    known_[construction] = refused("it is a base class that no initialiser names",
                                   "write a constructor that names it among its initialisers: ': BASE()'");
  else
    known_[construction] = refused("it is a member that no initialiser names",
                                   "write an initialiser where the member is declared: 'TYPE member{};'");
}

ConstructionForm ConstructionForms::of(const clang::CXXConstructExpr &construction) const {
  ConstructionForm form;
  if (construction.getType()->isArrayType())
    return refused("an array of them is made", "make each with a constructor's arguments of its own");
  const auto known = known_.find(&construction);
  if (known != known_.end())
    return known->second;
  const clang::SourceRange range = construction.getParenOrBraceRange();
  if (range.isInvalid())
    return written_arguments(construction) > 0
               ? refused("a value is converted to it where nobody wrote that", write_it)
               : refused("it is made without being named", "write it out, as in 'TYPE member{};'");
  form.from = range.getBegin();
  form.form = construction.isStdInitListInitialization() && construction.isListInitialization()
                  ? Insertion::Form::braced_list
                  : Insertion::Form::first_argument;
  return form;
}

} // namespace tripwire::tool
