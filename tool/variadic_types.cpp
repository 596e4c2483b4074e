#include "tool/variadic_types.hpp"

#include "tool/describe.hpp"
#include "tool/verdict.hpp"

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {
namespace {

std::optional<std::string> letters_of(const Sighting &sighting, const clang::ASTContext &context) {
  std::string letters;
  for (unsigned i = sighting.seam->getNumParams(); i < sighting.call->getNumArgs(); ++i) {
    const clang::Expr *argument = sighting.call->getArg(i);
    const bool literal = llvm::isa<clang::StringLiteral>(argument->IgnoreParenImpCasts());
    const std::optional<char> letter = variadic_letter(argument->getType(), literal, context);
    if (!letter)
      return std::nullopt;
    letters += *letter;
  }
  return letters;
}

} // namespace

bool take_variadic_types(Reference &reference, llvm::ArrayRef<Sighting> here, const clang::ASTContext &context) {
  bool is_undecided = false;
  std::optional<std::string> types;
  for (const Sighting &sighting : here) {
    if (!sighting.seam || !sighting.call || sighting.exempt)
      continue;
    reference.variadic_call = true;
    if (llvm::any_of(sighting.call->arguments(), [](const clang::Expr *argument) {
          return argument->isTypeDependent() || llvm::isa<clang::PackExpansionExpr>(argument);
        })) {
      is_undecided = true;
      continue;
    }
    std::optional<std::string> letters = letters_of(sighting, context);
    if (!letters) {
      refuse(reference, "an argument of a variadic seam has a type that no wrapper can take on",
             "pass an integer, a floating-point number or a pointer, converted before the call");
      return is_undecided;
    }
    if (types && *types != *letters) {
      refuse(reference, "the instantiations of this template pass arguments of different types to a variadic seam",
             "call it through functions that are no templates, one for each type");
      return is_undecided;
    }
    types = std::move(letters);
  }
  if (reference.variadic_call && !types)
    exempt(reference, "in a template that nobody instantiates here");
  reference.variadic_types = types.value_or("");
  return is_undecided;
}

} // namespace tripwire::tool
