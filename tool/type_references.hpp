// where the project names types that others stand in for --(type_references)--> references, decided
#pragma once

#include "tool/comments.hpp"
#include "tool/found.hpp"
#include "tool/token_log.hpp"
#include "tool/type_names.hpp"

namespace tripwire::tool {

/// Adds the references, and what must be refused as a whole, to \p found. \p tokens has placed the types' identifiers.
void decide_type_names(const TypeNames &types, clang::ASTContext &context, const config::Configuration &configuration,
                       const TokenLog &tokens, const IgnoreComments &ignored, Found &found);

} // namespace tripwire::tool
