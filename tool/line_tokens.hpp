// tokens of Clang's parse + the compiler's own text --(line_tokens)--> where any token stands in that text
#pragma once

#include "tool/found.hpp"
#include "tool/lexemes.hpp"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace tripwire::tool {

/// Finds tokens that are no names of seams, brackets for one, by their number among their like in a line.
class LineTokens {
public:
  /// All must outlive this object. The text is not looked at before the first question.
  LineTokens(const Found &found, llvm::StringRef text, const Lexemes &lexemes)
      : found_(found), text_(text), lexemes_(lexemes) {}

  /// The index of the token among the lexemes; none when the text's line has not as many of its like as Clang saw.
  [[nodiscard]] std::optional<std::size_t> lexeme(const TokenPlace &place);

private:
  void read_lines();

  const Found &found_;
  llvm::StringRef text_;
  const Lexemes &lexemes_;
  bool read_ = false;
  /// By line without a name: the lexemes that stand in it, from the first to behind the last.
  std::map<LineOfName, std::vector<std::pair<std::size_t, std::size_t>>> lines_;
};

} // namespace tripwire::tool
