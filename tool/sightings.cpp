#include "tool/sightings.hpp"

#include "tool/clang_compat.hpp"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Builtins.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/SaveAndRestore.h"

namespace tripwire::tool {
namespace {

constexpr const char *unevaluated = "an unevaluated operand";
constexpr const char *constant = "a constant expression, evaluated by the compiler";
constexpr const char *names_for_tripwire = "a template argument of tripwire";
constexpr const char *own_definition = "inside the seam's own definition";
constexpr const char *in_template_argument = "part of a template argument, evaluated by the compiler";

bool is_ours(const clang::Decl *declaration) {
  for (const clang::DeclContext *scope = declaration->getDeclContext(); scope; scope = scope->getParent())
    if (const auto *space = llvm::dyn_cast<clang::NamespaceDecl>(scope))
      if (space->getName() == "tripwire" && space->getParent()->getRedeclContext()->isTranslationUnit())
        return true;
  return false;
}

/// The expression below parentheses, casts that nobody wrote, `&` and `*`: `(&f)` and `(*f)` are `f` when called.
clang::Expr *bare(clang::Expr *expression) {
  for (;;) {
    expression = expression->IgnoreParenImpCasts();
    if (auto *full = llvm::dyn_cast<clang::FullExpr>(expression))
      expression = full->getSubExpr();
    else if (auto *unary = llvm::dyn_cast<clang::UnaryOperator>(expression);
             unary && (unary->getOpcode() == clang::UO_AddrOf || unary->getOpcode() == clang::UO_Deref))
      expression = unary->getSubExpr();
    else
      return expression;
  }
}

class Walker : public clang::RecursiveASTVisitor<Walker> {
  using Base = clang::RecursiveASTVisitor<Walker>;

  /// What the walk knows of the place it is at.
  struct Surroundings {
    const char *exempt = nullptr;
    bool quiet = false;
    bool constant = false; ///< what a variable begins with is known to the compiler
    bool template_argument = false;
    bool instantiated = false;
    const clang::FunctionDecl *function = nullptr;
  };

public:
  Walker(clang::ASTContext &context, SeamMatcher &matcher, EditableFiles &editable, Sightings &result)
      : context_(context), sources_(context.getSourceManager()), matcher_(matcher), editable_(editable),
        result_(result) {}

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool shouldVisitImplicitCode() const { return true; }

  bool TraverseDecl(clang::Decl *declaration) {
    if (!declaration)
      return true;
    if (skips(declaration))
      return true;
    llvm::SaveAndRestore keep(now_);
    if (const auto *named = llvm::dyn_cast<clang::NamedDecl>(declaration))
      claim(named->getLocation());
    enter(declaration);
    if (matcher_.names_constructors())
      forms_.see(*declaration);
    return Base::TraverseDecl(declaration);
  }

  bool TraverseStmt(clang::Stmt *statement) {
    if (!statement)
      return true;
    if (llvm::isa<clang::CXXDefaultArgExpr, clang::CXXDefaultInitExpr>(statement))
      return true; // edited where they are written
    if (llvm::isa<clang::SubstNonTypeTemplateParmExpr>(statement))
      return true; // edited where the template's argument is written
    llvm::SaveAndRestore keep(now_);
    if (const char *reason = exempt_roots_.lookup(statement))
      exempt(reason);
    if (quiet_roots_.contains(statement))
      now_.quiet = true;
    if (constant_roots_.contains(statement))
      now_.constant = true;
    if (const clang::FunctionDecl *owner = owners_.lookup(statement)) {
      now_.function = owner;
      now_.quiet = false;
      now_.constant = false;
    }
    enter(statement);
    if (matcher_.names_constructors()) {
      forms_.see(*statement);
      if (const auto *construction = llvm::dyn_cast<clang::CXXConstructExpr>(statement))
        sight_construction(*construction);
      sight_library_call(*statement);
    }
    return Base::TraverseStmt(statement);
  }

  bool TraverseDecltypeTypeLoc(clang::DecltypeTypeLoc type, bool qualifier = true) {
    llvm::SaveAndRestore keep(now_);
    exempt(unevaluated);
    return Base::TraverseDecltypeTypeLoc(TRIPWIRE_TYPE_LOC(type, qualifier));
  }
  bool TraverseTypeOfExprTypeLoc(clang::TypeOfExprTypeLoc type, bool qualifier = true) {
    llvm::SaveAndRestore keep(now_);
    exempt(unevaluated);
    return Base::TraverseTypeOfExprTypeLoc(TRIPWIRE_TYPE_LOC(type, qualifier));
  }
  bool TraverseFunctionProtoTypeLoc(clang::FunctionProtoTypeLoc type, bool qualifier = true) {
    if (const clang::Expr *expression = type.getTypePtr()->getNoexceptExpr())
      exempt_roots_[expression] = unevaluated;
    return Base::TraverseFunctionProtoTypeLoc(TRIPWIRE_TYPE_LOC(type, qualifier));
  }
  bool TraverseConstantArrayTypeLoc(clang::ConstantArrayTypeLoc type, bool qualifier = true) {
    exempt_roots_[type.getSizeExpr()] = constant;
    return Base::TraverseConstantArrayTypeLoc(TRIPWIRE_TYPE_LOC(type, qualifier));
  }
  bool TraverseDependentSizedArrayTypeLoc(clang::DependentSizedArrayTypeLoc type, bool qualifier = true) {
    exempt_roots_[type.getSizeExpr()] = constant;
    return Base::TraverseDependentSizedArrayTypeLoc(TRIPWIRE_TYPE_LOC(type, qualifier));
  }
  bool TraverseTemplateSpecializationTypeLoc(clang::TemplateSpecializationTypeLoc type, bool qualifier = true) {
    llvm::SaveAndRestore keep(now_);
    if (const auto *specialised =
            llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(type.getType()->getAsCXXRecordDecl()))
      for (unsigned i = 0; i < type.getNumArgs(); ++i)
        resolve_argument(type.getArgLoc(i), specialised->getTemplateArgs(), i);
    claim(type.getTemplateNameLoc());
    const clang::TemplateDecl *named = type.getTypePtr()->getTemplateName().getAsTemplateDecl();
    if (named && is_ours(named))
      exempt(names_for_tripwire);
    return Base::TraverseTemplateSpecializationTypeLoc(TRIPWIRE_TYPE_LOC(type, qualifier));
  }
  bool TraverseTemplateArgumentLoc(const clang::TemplateArgumentLoc &argument) {
    llvm::SaveAndRestore keep(now_);
    now_.template_argument = true;
    if (argument.getArgument().getKind() == clang::TemplateArgument::Expression ||
        argument.getArgument().getKind() == clang::TemplateArgument::Declaration)
      if (clang::Expr *expression = argument.getSourceExpression())
        template_arguments_.insert(bare(expression));
    return Base::TraverseTemplateArgumentLoc(argument);
  }
  bool TraverseNestedNameSpecifierLoc(clang::NestedNameSpecifierLoc qualifier) {
    claim_all(qualifier);
    return Base::TraverseNestedNameSpecifierLoc(qualifier);
  }
  bool TraverseConstructorInitializer(clang::CXXCtorInitializer *initialiser) {
    claim(initialiser->getSourceLocation());
    if (matcher_.names_constructors())
      forms_.see(*initialiser);
    return Base::TraverseConstructorInitializer(initialiser);
  }
  bool VisitTypeLoc(clang::TypeLoc type) {
    claim(type.getBeginLoc());
    claim(type.getEndLoc());
    return true;
  }
  bool VisitTypeSpecTypeLoc(clang::TypeSpecTypeLoc type) {
    claim(type.getNameLoc());
    return true;
  }
  bool VisitCXXRecordDecl(clang::CXXRecordDecl *record) {
    if (!matcher_.names_constructors() || !record->isThisDeclarationADefinition() || record->isImplicit())
      return true;
    const std::optional<std::size_t> entry = matcher_.match_class(*record);
    const bool has_constructor = llvm::any_of(record->ctors(), [](const clang::CXXConstructorDecl *constructor) {
      return !constructor->isImplicit() && !constructor->isCopyOrMoveConstructor();
    });
    if (entry && !has_constructor && !record->isDependentContext())
      result_.without_constructors.emplace_back(record, *entry);
    return true;
  }
  bool VisitUsingShadowDecl(clang::UsingShadowDecl *name) {
    const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(name->getTargetDecl());
    if (llvm::isa<clang::CXXConstructorDecl>(name->getTargetDecl()))
      return true; // `using Base::Base` brings all along
    if (method && name->getIntroducer() && matcher_.match(*method)) {
      auto &seams = result_.republished[name->getIntroducer()->getLocation()];
      if (!llvm::is_contained(seams, &written(*method)))
        seams.push_back(&written(*method));
    }
    return true;
  }
  bool VisitAttr(clang::Attr *attribute) {
    result_.attributes.push_back(attribute->getRange());
    return true;
  }
  bool VisitCleanupAttr(clang::CleanupAttr *attribute) {
    claim(named_at(*attribute));
    if (const clang::FunctionDecl *function = attribute->getFunctionDecl())
      if (matcher_.match(*function))
        result_.cleanups.emplace_back(named_at(*attribute), function);
    return true;
  }

private:
  /// Most system headers hold nothing to rewrite; their templates are seen where the project's text instantiates its
  /// own.
  bool skips(const clang::Decl *declaration) {
    const clang::DeclContext *scope = declaration->getLexicalDeclContext();
    if (!scope || !(scope->isFileContext() || llvm::isa<clang::LinkageSpecDecl>(scope)))
      return false;
    const clang::SourceLocation at = declaration->getLocation();
    const clang::SourceLocation expansion = sources_.getExpansionLoc(at);
    return at.isValid() && sources_.isInSystemHeader(expansion) && !editable_.contains(sources_.getFileID(expansion));
  }

  void claim(clang::SourceLocation location) {
    if (location.isValid())
      result_.claimed.insert(location);
  }
  void claim_all(clang::NestedNameSpecifierLoc qualifier) {
    for (; qualifier; qualifier = prefix_of(qualifier)) {
      claim(qualifier.getLocalBeginLoc());
      if (step_of(qualifier) != QualifierStep::name_space)
        return;
    }
  }
  void exempt(const char *reason) {
    if (!now_.exempt)
      now_.exempt = reason;
  }

  static bool is_instantiation(const clang::Decl *declaration) {
    if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(declaration))
      return function->isTemplateInstantiation();
    if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration))
      return clang::isTemplateInstantiation(variable->getTemplateSpecializationKind());
    const auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(declaration);
    return record && clang::isTemplateInstantiation(record->getTemplateSpecializationKind());
  }

  void enter(const clang::Decl *declaration) {
    now_.instantiated = now_.instantiated || is_instantiation(declaration);
    if (const auto *function = llvm::dyn_cast<clang::FunctionDecl>(declaration)) {
      now_.function = function;
      now_.quiet = false;
      now_.constant = false;
      now_.template_argument = false;
      if (function->getPointOfInstantiation().isValid() &&
          function->getTemplateSpecializationKind() != clang::TSK_ImplicitInstantiation)
        claim(function->getPointOfInstantiation()); // the name in an explicit instantiation
      if (const clang::Expr *constraint = trailing_constraint(*function))
        exempt_roots_[constraint] = unevaluated;
    } else if (const auto *parameter = llvm::dyn_cast<clang::ParmVarDecl>(declaration)) {
      if (parameter->hasUninstantiatedDefaultArg())
        quiet_roots_.insert(parameter->getUninstantiatedDefaultArg());
      else if (parameter->hasDefaultArg() && !parameter->hasUnparsedDefaultArg())
        quiet_roots_.insert(parameter->getDefaultArg());
    } else if (const auto *field = llvm::dyn_cast<clang::FieldDecl>(declaration)) {
      if (const clang::Expr *initialiser = field->getInClassInitializer())
        quiet_roots_.insert(initialiser);
      if (const clang::Expr *width = field->isBitField() ? field->getBitWidth() : nullptr)
        exempt_roots_[width] = constant;
    } else if (const auto *enumerator = llvm::dyn_cast<clang::EnumConstantDecl>(declaration)) {
      if (const clang::Expr *value = enumerator->getInitExpr())
        exempt_roots_[value] = constant;
    } else if (const auto *variable = llvm::dyn_cast<clang::VarDecl>(declaration)) {
      if (variable->getInit() && begins_constant(*variable))
        constant_roots_.insert(variable->getInit());
    } else if (const auto *assertion = llvm::dyn_cast<clang::StaticAssertDecl>(declaration)) {
      exempt_roots_[assertion->getAssertExpr()] = constant;
    } else if (const auto *idea = llvm::dyn_cast<clang::ConceptDecl>(declaration)) {
      exempt_roots_[idea->getConstraintExpr()] = unevaluated;
    } else if (const auto *parameters = llvm::dyn_cast<clang::TemplateDecl>(declaration)) {
      if (const clang::TemplateParameterList *list = parameters->getTemplateParameters())
        if (const clang::Expr *requires_clause = list->getRequiresClause())
          exempt_roots_[requires_clause] = unevaluated;
    }
  }

  void enter(clang::Stmt *statement) {
    using namespace clang;
    if (auto *call = llvm::dyn_cast<CallExpr>(statement)) {
      calls_[bare(call->getCallee())] = call;
      if (const FunctionDecl *callee = call->getDirectCallee(); callee && callee->getBuiltinID())
        if (context_.BuiltinInfo.isUnevaluated(callee->getBuiltinID()) || is_constant_question(callee))
          exempt(unevaluated);
    }
    if (const auto *name = llvm::dyn_cast<DeclRefExpr>(statement)) {
      enter_name(name);
    } else if (const auto *member = llvm::dyn_cast<MemberExpr>(statement)) {
      enter_member(member);
    } else if (const auto *overload = llvm::dyn_cast<OverloadExpr>(statement)) {
      if (overload->hasExplicitTemplateArgs() && overload->getNumDecls() > 0 && is_ours(*overload->decls_begin()))
        exempt(names_for_tripwire);
      if (const FunctionDecl *meant = resolved_.lookup(overload)) {
        claim(overload->getNameLoc());
        sight(statement, overload->getNameLoc(), meant, overload->getQualifierLoc(), false);
        return;
      }
      sight_dependent(statement, overload->getNameLoc(), overload->getName(), overload->getQualifierLoc());
    } else if (const auto *unknown_member = llvm::dyn_cast<CXXDependentScopeMemberExpr>(statement)) {
      sight_dependent(statement, unknown_member->getMemberLoc(), unknown_member->getMember(),
                      unknown_member->getQualifierLoc());
    } else if (const auto *unknown = llvm::dyn_cast<DependentScopeDeclRefExpr>(statement)) {
      sight_dependent(statement, unknown->getLocation(), unknown->getDeclName(), unknown->getQualifierLoc());
    } else if (const auto *trait = llvm::dyn_cast<UnaryExprOrTypeTraitExpr>(statement)) {
      if (!trait->getTypeOfArgument()->isVariablyModifiedType())
        exempt(unevaluated);
    } else if (llvm::isa<CXXNoexceptExpr, RequiresExpr>(statement)) {
      exempt(unevaluated);
    } else if (const auto *type_of = llvm::dyn_cast<CXXTypeidExpr>(statement)) {
      if (type_of->isTypeOperand() || !type_of->isPotentiallyEvaluated())
        exempt(unevaluated);
    } else if (llvm::isa<ConstantExpr>(statement)) {
      if (!now_.template_argument)
        exempt(constant);
    } else if (const auto *label = llvm::dyn_cast<CaseStmt>(statement)) {
      exempt_roots_[label->getLHS()] = constant;
      if (label->getRHS())
        exempt_roots_[label->getRHS()] = constant;
    } else if (const auto *branch = llvm::dyn_cast<IfStmt>(statement)) {
      if (branch->isConstexpr())
        exempt_roots_[branch->getCond()] = constant;
    } else if (auto *generic = llvm::dyn_cast<GenericSelectionExpr>(statement)) {
      if (generic->isExprPredicate())
        exempt_roots_[generic->getControllingExpr()] = unevaluated;
      if (!generic->isResultDependent())
        for (const auto &association : generic->associations())
          if (!association.isSelected())
            exempt_roots_[association.getAssociationExpr()] = unevaluated;
    } else if (const auto *choice = llvm::dyn_cast<ChooseExpr>(statement)) {
      exempt_roots_[choice->getCond()] = constant;
      if (!choice->isConditionDependent())
        exempt_roots_[choice->isConditionTrue() ? choice->getRHS() : choice->getLHS()] = unevaluated;
    } else if (const auto *lambda = llvm::dyn_cast<LambdaExpr>(statement)) {
      owners_[lambda->getBody()] = lambda->getCallOperator();
      for (const LambdaCapture &capture : lambda->captures())
        claim(capture.getLocation());
    } else if (const auto *target = llvm::dyn_cast<LabelStmt>(statement)) {
      claim(target->getIdentLoc());
    } else if (const auto *jump = llvm::dyn_cast<GotoStmt>(statement)) {
      claim(jump->getLabelLoc());
    } else if (const auto *address = llvm::dyn_cast<AddrLabelExpr>(statement)) {
      claim(address->getLabelLoc());
    } else if (const auto *list = llvm::dyn_cast<DesignatedInitExpr>(statement)) {
      for (const DesignatedInitExpr::Designator &designator : list->designators())
        if (designator.isFieldDesignator())
          claim(designator.getFieldLoc());
    } else if (const auto *offset = llvm::dyn_cast<OffsetOfExpr>(statement)) {
      for (unsigned i = 0; i < offset->getNumComponents(); ++i) {
        claim(offset->getComponent(i).getSourceRange().getBegin());
        claim(offset->getComponent(i).getSourceRange().getEnd());
      }
    } else if (const auto *pack = llvm::dyn_cast<SizeOfPackExpr>(statement)) {
      claim(pack->getPackLoc());
    } else if (const auto *rewritten = llvm::dyn_cast<CXXRewrittenBinaryOperator>(statement)) {
      const CXXRewrittenBinaryOperator::DecomposedForm form = rewritten->getDecomposedForm();
      from_another_.insert(form.InnerBinOp);
      from_another_.insert(rewritten->getSemanticForm());
    } else if (const auto *binary = llvm::dyn_cast<BinaryOperator>(statement)) {
      if (binary->isTypeDependent())
        sight_dependent_sign(statement, binary->getOperatorLoc(),
                             BinaryOperator::getOverloadedOperator(binary->getOpcode()));
    } else if (const auto *unary = llvm::dyn_cast<UnaryOperator>(statement)) {
      if (unary->isTypeDependent())
        sight_dependent_sign(statement, unary->getOperatorLoc(),
                             UnaryOperator::getOverloadedOperator(unary->getOpcode()));
    }
  }

  /// Whether the compiler itself works out what \p variable begins with, as far as a template's pattern tells.
  bool begins_constant(const clang::VarDecl &variable) const {
    if (variable.isConstexpr() || variable.hasAttr<clang::ConstInitAttr>())
      return true;
    const clang::QualType type = variable.getType();
    if (variable.getDeclContext()->isDependentContext())
      return type.isConstQualified() && !type->isDependentType() && type->isIntegralOrEnumerationType();
    return variable.hasConstantInitialization() &&
           (variable.hasGlobalStorage() || variable.isUsableInConstantExpressions(context_));
  }

  /// `__builtin_constant_p` and its like look at the operand, at compile time, and never call it.
  static bool is_constant_question(const clang::FunctionDecl *callee) {
    switch (callee->getBuiltinID()) {
    case clang::Builtin::BI__builtin_constant_p:
    case clang::Builtin::BI__builtin_object_size:
    case clang::Builtin::BI__builtin_dynamic_object_size:
      return true;
    default:
      return false;
    }
  }

  /// Remembers which overload the template argument \p written turned out to mean: the \p index-th of \p converted.
  void resolve_argument(const clang::TemplateArgumentLoc &written, const clang::TemplateArgumentList &converted,
                        unsigned index) {
    if (written.getArgument().getKind() != clang::TemplateArgument::Expression || index >= converted.size() ||
        converted[index].getKind() != clang::TemplateArgument::Declaration)
      return;
    if (const auto *overload = llvm::dyn_cast<clang::OverloadExpr>(bare(written.getSourceExpression())))
      resolved_[overload] = llvm::dyn_cast<clang::FunctionDecl>(converted[index].getAsDecl());
  }
  void resolve_arguments(const clang::ValueDecl *named, llvm::ArrayRef<clang::TemplateArgumentLoc> written) {
    const auto *function = llvm::dyn_cast<clang::FunctionDecl>(named);
    const clang::TemplateArgumentList *converted = function ? function->getTemplateSpecializationArgs() : nullptr;
    for (unsigned i = 0; converted && i < written.size(); ++i)
      resolve_argument(written[i], *converted, i);
  }

  void enter_name(const clang::DeclRefExpr *name) {
    claim(name->getLocation());
    resolve_arguments(name->getDecl(), name->template_arguments());
    if (name->hasExplicitTemplateArgs() && is_ours(name->getDecl()))
      exempt(names_for_tripwire);
    sight(name, name->getLocation(), llvm::dyn_cast<clang::FunctionDecl>(name->getDecl()), name->getQualifierLoc(),
          false);
  }

  void enter_member(const clang::MemberExpr *member) {
    claim(member->getMemberLoc());
    resolve_arguments(member->getMemberDecl(), member->template_arguments());
    const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(member->getMemberDecl());
    // A conversion that nobody wrote has no place but its operand's.
    sight(member, member->getMemberLoc().isValid() ? member->getMemberLoc() : member->getBeginLoc(), method,
          member->getQualifierLoc(), method && method->isVirtual() && member->hasQualifier());
  }

  void sight(const clang::Stmt *node, clang::SourceLocation location, const clang::FunctionDecl *function,
             clang::NestedNameSpecifierLoc qualifier, bool past_virtual) {
    const bool is_seam = function && matcher_.match(*function).has_value();
    if (!is_seam && !dependent_.contains(location))
      return;
    Sighting sighting = surroundings(node, qualifier);
    sighting.past_virtual = past_virtual;
    if (is_seam) {
      sighting.seam = &written(*function);
      sighting.named = function;
      sighting.identifier = sighting.seam->getDeclName().getAsString();
      const bool is_call = sighting.call != nullptr;
      if (!sighting.exempt && is_call && (function->isConsteval() || (function->isConstexpr() && now_.constant)))
        sighting.exempt = constant;
      sighting.perhaps_constant =
          function->isConstexpr() && now_.function && now_.function->isConstexpr() && !is_lambda(*now_.function);
      if (!sighting.exempt && now_.function && &written(*now_.function) == sighting.seam)
        sighting.exempt = own_definition;
    }
    result_.by_name[location].push_back(std::move(sighting));
  }

  void sight_construction(const clang::CXXConstructExpr &construction) {
    const clang::CXXConstructorDecl &constructor = constructor_of(construction);
    const bool is_seam = matcher_.match(constructor).has_value();
    // Another constructor of the class matters where an instantiation runs a seam at the same place.
    if (!is_seam && !llvm::any_of(constructor.getParent()->ctors(), [this](const clang::CXXConstructorDecl *each) {
          return matcher_.match(*each).has_value();
        }))
      return;
    Construction found;
    found.form = forms_.of(construction);
    found.sighting = surroundings(&construction, {});
    if (is_seam) {
      found.sighting.seam = &written(constructor);
      const auto *around = llvm::dyn_cast_or_null<clang::CXXConstructorDecl>(now_.function);
      if (!found.sighting.exempt && around && around->isDelegatingConstructor() &&
          written(*around).getDeclContext() == found.sighting.seam->getDeclContext())
        found.sighting.exempt = own_definition;
    }
    const clang::SourceLocation key = found.form.from.isValid() ? found.form.from : construction.getBeginLoc();
    if (key.isInvalid())
      return;
    if (forms_.is_of_parameter(key))
      result_.of_parameter.insert(key);
    result_.constructions[key].push_back(std::move(found));
  }

  void sight_library_call(const clang::Stmt &statement) {
    const clang::FunctionDecl *callee = nullptr;
    if (const auto *call = llvm::dyn_cast<clang::CallExpr>(&statement))
      callee = call->getDirectCallee();
    else if (const auto *construction = llvm::dyn_cast<clang::CXXConstructExpr>(&statement))
      callee = construction->getConstructor();
    if (callee && callee->getLocation().isValid() &&
        sources_.isInSystemHeader(sources_.getExpansionLoc(callee->getLocation())))
      result_.library_calls.push_back({callee, llvm::cast<clang::Expr>(&statement), surroundings(&statement, {})});
  }

  void sight_dependent(const clang::Stmt *node, clang::SourceLocation location, clang::DeclarationName name,
                       clang::NestedNameSpecifierLoc qualifier) {
    claim(location);
    if (!name.isIdentifier() && name.getNameKind() != clang::DeclarationName::CXXOperatorName)
      return;
    dependent_.insert(location);
    Sighting sighting = surroundings(node, qualifier);
    sighting.dependent = true;
    sighting.identifier = name.getAsString();
    result_.by_name[location].push_back(std::move(sighting));
  }

  /// A sign between operands of which a template's arguments say what it is.
  void sight_dependent_sign(const clang::Stmt *node, clang::SourceLocation location,
                            clang::OverloadedOperatorKind kind) {
    if (kind != clang::OO_None)
      sight_dependent(node, location, context_.DeclarationNames.getCXXOperatorName(kind), {});
  }

  /// Their calls are taken for run-time ones, `constexpr` being theirs unasked.
  static bool is_lambda(const clang::FunctionDecl &function) {
    const auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
    return method && method->getParent()->isLambda();
  }

  Sighting surroundings(const clang::Stmt *node, clang::NestedNameSpecifierLoc qualifier) const {
    Sighting sighting;
    sighting.exempt = now_.exempt;
    if (!sighting.exempt && now_.template_argument && !template_arguments_.contains(node))
      sighting.exempt = in_template_argument;
    sighting.quiet = now_.quiet;
    sighting.instantiated = now_.instantiated;
    sighting.call = now_.template_argument ? nullptr : calls_.lookup(node);
    sighting.from_another = sighting.call && from_another_.contains(sighting.call);
    sighting.function = now_.function;
    sighting.qualifier = qualifier;
    return sighting;
  }

  clang::ASTContext &context_;
  const clang::SourceManager &sources_;
  SeamMatcher &matcher_;
  EditableFiles &editable_;
  Sightings &result_;
  ConstructionForms forms_;
  Surroundings now_;
  llvm::DenseMap<const clang::Stmt *, const char *> exempt_roots_;
  llvm::DenseSet<const clang::Stmt *> quiet_roots_;
  llvm::DenseSet<const clang::Stmt *> constant_roots_;
  llvm::DenseMap<const clang::Stmt *, const clang::FunctionDecl *> owners_;
  llvm::DenseMap<const clang::Stmt *, const clang::CallExpr *> calls_;
  llvm::DenseSet<const clang::Stmt *> template_arguments_;
  llvm::DenseSet<const clang::Stmt *> from_another_; ///< calls that the compiler makes out of another operator
  llvm::DenseMap<const clang::OverloadExpr *, const clang::FunctionDecl *> resolved_; ///< of template arguments
  llvm::DenseSet<clang::SourceLocation> dependent_;
};

} // namespace

Sightings collect_sightings(clang::ASTContext &context, SeamMatcher &matcher, EditableFiles &editable) {
  Sightings result;
  Walker(context, matcher, editable, result).TraverseDecl(context.getTranslationUnitDecl());
  return result;
}

} // namespace tripwire::tool
