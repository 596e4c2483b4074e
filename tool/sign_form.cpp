#include "tool/sign_form.hpp"

#include "tool/operator_sign.hpp"
#include "tool/verdict.hpp"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {
namespace {

using Call = clang::CXXOperatorCallExpr;

bool is_step(const Call &call) {
  return call.getOperator() == clang::OO_PlusPlus || call.getOperator() == clang::OO_MinusMinus;
}
/// The sign comes last, or what comes behind it stands in brackets.
bool is_postfix(const Call &call) {
  const clang::OverloadedOperatorKind kind = call.getOperator();
  return kind == clang::OO_Subscript || kind == clang::OO_Call || kind == clang::OO_Arrow ||
         (is_step(call) && call.getNumArgs() == 2);
}
bool is_between(const Call &call) { return call.getNumArgs() == 2 && !is_postfix(call); }

/// Whether no other expression can change what evaluating \p operand gives, nor notice that it is evaluated: a
/// constant, or an object that is named.
bool is_steady(const clang::Expr &operand) {
  const clang::Expr *bare = operand.IgnoreParens();
  if (const auto *cast = llvm::dyn_cast<clang::ImplicitCastExpr>(bare)) {
    const bool reads = cast->getCastKind() == clang::CK_LValueToRValue;
    return !reads && is_steady(*cast->getSubExpr());
  }
  if (const auto *temporary = llvm::dyn_cast<clang::MaterializeTemporaryExpr>(bare))
    return is_steady(*temporary->getSubExpr());
  if (const auto *name = llvm::dyn_cast<clang::DeclRefExpr>(bare))
    return name->isGLValue() || llvm::isa<clang::EnumConstantDecl>(name->getDecl());
  if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(bare))
    return llvm::isa<clang::FieldDecl>(member->getMemberDecl()) && is_steady(*member->getBase());
  if (const auto *dereference = llvm::dyn_cast<clang::UnaryOperator>(bare))
    return dereference->getOpcode() == clang::UO_Deref && is_steady(*dereference->getSubExpr());
  return llvm::isa<clang::CXXThisExpr, clang::IntegerLiteral, clang::FloatingLiteral, clang::CharacterLiteral,
                   clang::StringLiteral, clang::CXXBoolLiteralExpr, clang::CXXNullPtrLiteralExpr>(bare);
}

/// Whether evaluating \p operand may do more than look at something. What the language's own library has under `*`,
/// `->` and `[]` only looks, but for maps.
bool has_effects(const clang::Expr &operand, const clang::ASTContext &context) {
  if (!operand.HasSideEffects(context))
    return false;
  const clang::Expr *bare = operand.IgnoreParenImpCasts();
  if (const auto *member = llvm::dyn_cast<clang::MemberExpr>(bare))
    return has_effects(*member->getBase(), context);
  const auto *call = llvm::dyn_cast<Call>(bare);
  if (!call || !(call->getOperator() == clang::OO_Star || call->getOperator() == clang::OO_Arrow ||
                 call->getOperator() == clang::OO_Subscript))
    return true;
  const auto *method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(call->getDirectCallee());
  const std::string name = method ? qualified_name(*method->getParent(), false) : "";
  const bool is_of_library = llvm::StringRef(name).starts_with("std::") || name == "__gnu_cxx::__normal_iterator";
  return !is_of_library || llvm::StringRef(name).ends_with("map") ||
         llvm::any_of(call->arguments(), [&](const clang::Expr *each) { return has_effects(*each, context); });
}

/// Whether the call of the wrapper evaluates the operands as the sign does. C++17 has the right side of an assignment
/// come first, and the left one of `<<` and a few others; a call of a member has its object come first. What is in no
/// order comes as the compiler likes, which is another way for members than for signs.
bool keeps_order(const Call &call, bool is_member, const clang::ASTContext &context) {
  const clang::OverloadedOperatorKind kind = call.getOperator();
  if (call.getNumArgs() < 2 || kind == clang::OO_Call || is_step(call))
    return true;
  const bool left_first = kind == clang::OO_LessLess || kind == clang::OO_GreaterGreater || kind == clang::OO_AmpAmp ||
                          kind == clang::OO_PipePipe || kind == clang::OO_Comma || kind == clang::OO_ArrowStar ||
                          (kind == clang::OO_Subscript && context.getLangOpts().CPlusPlus17);
  if (left_first ? is_member : !is_member && !call.isAssignmentOp())
    return true;
  const clang::Expr &left = *call.getArg(0);
  const clang::Expr &right = *call.getArg(1);
  return is_steady(left) || is_steady(right) || (!has_effects(left, context) && !has_effects(right, context));
}

/// Whether \p operand is `a, b` without parentheses, which would be two arguments of a call.
bool is_list(const clang::Expr &operand) {
  const clang::Expr *bare = operand.IgnoreImplicit();
  if (const auto *binary = llvm::dyn_cast<clang::BinaryOperator>(bare))
    return binary->getOpcode() == clang::BO_Comma;
  const auto *call = llvm::dyn_cast<Call>(bare);
  return call && call->getOperator() == clang::OO_Comma;
}

bool has_list(const Call &call, bool is_member) {
  if (call.getOperator() == clang::OO_Comma)
    return !is_member && is_list(*call.getArg(0));
  return call.getOperator() == clang::OO_Subscript && call.getNumArgs() == 2 && is_list(*call.getArg(1));
}

/// `a->m` runs one `operator->` after the other, until a pointer comes out.
bool is_one_of_several(const Call &call) {
  const auto *inner = llvm::dyn_cast<Call>(call.getArg(0)->IgnoreImplicit());
  return call.getOperator() == clang::OO_Arrow && inner && inner->getOperator() == clang::OO_Arrow &&
         inner->getOperatorLoc() == call.getOperatorLoc();
}

/// What stands in the text for \p call: `[` for `operator[]`.
llvm::StringRef sign_of(const Call &call) {
  const llvm::StringRef spelling = clang::getOperatorSpelling(call.getOperator());
  return spelling == "()" || spelling == "[]" ? spelling.take_front() : spelling;
}

} // namespace

std::string name_token_of(const clang::FunctionDecl &function) {
  return function.isOverloadedOperator() ? "operator" : function.getDeclName().getAsString();
}

bool may_name_operators(const config::Configuration &configuration) {
  return llvm::any_of(configuration.seams, [](const config::Seam &seam) {
    return seam.kind == config::SeamKind::header || !config::is_exact(seam.pattern) ||
           llvm::StringRef(seam.pattern).contains("operator");
  });
}

bool is_sign(const Sighting &sighting) { return sighting.seam && sighting.call && llvm::isa<Call>(sighting.call); }

void place_sign(Reference &reference, clang::SourceLocation location, llvm::ArrayRef<Sighting> here,
                const Sighting &seam, const TokenLog &tokens, const clang::ASTContext &context, Found &found) {
  const auto &call = *llvm::cast<Call>(seam.call);
  const clang::SourceManager &sources = context.getSourceManager();
  const unsigned operands = call.getNumArgs();
  if (seam.from_another || tokens.punctuation_at(location) != sign_of(call)) {
    refuse(reference, "the compiler makes this call, which nobody wrote down",
           "write the operator that is declared, or call it by name");
    return;
  }
  if (llvm::all_of(here, [](const Sighting &each) { return !each.seam || each.instantiated; })) {
    refuse(reference, "what this operator means depends on a template's parameter",
           "write the operation in a function of its own, overloaded for the seam's type");
    return;
  }
  if (llvm::any_of(here, [](const Sighting &each) {
        return is_sign(each) && is_one_of_several(*llvm::cast<Call>(each.call));
      })) {
    refuse(reference, "this arrow runs several operators", "call the first of them by name");
    return;
  }
  const bool is_member = llvm::isa<clang::CXXMethodDecl>(seam.seam);
  if (has_list(call, is_member)) {
    refuse(reference, "an operand is a list with a comma", "put the list in parentheses");
    return;
  }
  if (!keeps_order(call, is_member, context)) {
    refuse(reference, "the operator's operands are evaluated in an order that a call does not keep",
           "give one operand a name of its own in front of this expression");
    return;
  }
  const bool is_prefix = !is_between(call) && !is_postfix(call);
  const std::optional<TokenPlace> sign = tokens.any_at(location, sources, found);
  const std::optional<TokenPlace> from =
      is_prefix ? sign : tokens.any_at(call.getArg(0)->getBeginLoc(), sources, found);
  const std::optional<TokenPlace> to =
      is_postfix(call) ? sign : tokens.any_at(call.getArg(operands - 1)->getEndLoc(), sources, found);
  if (!sign || !from || !to) {
    refuse(reference, "its text cannot be followed here", "call the operator by name");
    return;
  }
  reference.name = *sign;
  reference.insertion = {Insertion::Form::around, *from, *to};
}

} // namespace tripwire::tool
