// an operator between its operands --(operator_sign)--> the edits that make it a call of the wrapper
#pragma once

#include "tool/lexemes.hpp"
#include "tool/line_tokens.hpp"
#include "tool/plan.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// Whether \p identifier, as in \c Declaration, is the name of an operator: `operator+`.
bool is_operator_name(llvm::StringRef identifier);

/// How many lexemes behind the word `operator` at \p index spell the sign of \p identifier: one in `operator+`, two in
/// `operator()` and `operator<<`. None when another sign stands there.
std::optional<std::size_t> operator_lexemes(const Lexemes &lexemes, std::size_t index, llvm::StringRef identifier);

/// The last lexeme of the token that begins at \p index and ends an operand: `++` is two, and a literal's suffix is one
/// of its own.
std::size_t end_of_operand(const Lexemes &lexemes, std::size_t index);

/// The edits of a reference that is a sign: its name is where the sign stands, its insertion goes from the first token
/// of the first operand, or the sign, to the last of the last, or the sign. None when the text is another there.
std::optional<std::vector<Edit>> edits_of_sign(const Reference &reference, const Declaration &declaration,
                                               const std::string &wrapper, const Lexemes &lexemes, LineTokens &tokens);

/// Ranks of edits at one offset: what closes an operand that begins at \p from, the innermost first; then what is put
/// behind a bracket; then what opens an operand that ends at \p to, the outermost first. What replaces text has none,
/// and comes last. Around one operand, a sign is inside of a construction.
int rank_of_closing(std::size_t from, bool is_sign);
int rank_of_opening(std::size_t to, bool is_sign);
constexpr int rank_behind_bracket = -1000000000;

} // namespace tripwire::tool
