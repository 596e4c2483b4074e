// a call that is written as an operator between its operands --(sign_form)--> where it is edited, or why it is refused
#pragma once

#include "tool/found.hpp"
#include "tool/sightings.hpp"
#include "tool/token_log.hpp"

#include "tripwire/config/configuration.hpp"

namespace tripwire::tool {

/// The identifier by which a reference to \p function is known among the tokens: `operator` for every operator.
std::string name_token_of(const clang::FunctionDecl &function);

/// Whether \p configuration may name operators, whose signs are no identifiers: all tokens have to be kept then.
bool may_name_operators(const config::Configuration &configuration);

/// Whether \p sighting is a call that is written as a sign, as far as its kind tells.
bool is_sign(const Sighting &sighting);

/// Gives \p reference the places of the sign at \p location and of its operands, or refuses it: what is sighted \p here
/// depends on a template's parameter, or a call would not keep the order in which the operands are evaluated.
void place_sign(Reference &reference, clang::SourceLocation location, llvm::ArrayRef<Sighting> here,
                const Sighting &seam, const TokenLog &tokens, const clang::ASTContext &context, Found &found);

} // namespace tripwire::tool
