// preprocessed text --(lexemes)--> its tokens, so that a declaration can be walked in both directions
#pragma once

#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <vector>

namespace tripwire::tool {

enum class LexemeKind { identifier, number, literal, punctuation };

/// One token of the text. Punctuation is one character, except `::`, `->` and `...`.
struct Lexeme {
  std::size_t offset = 0;
  std::size_t length = 0;
  LexemeKind kind = LexemeKind::punctuation;
};

/// The tokens of preprocessed text: line markers and other directives are none. Raw strings, digit separators and
/// prefixes are understood.
class Lexemes {
public:
  /// \p text must outlive this object.
  explicit Lexemes(llvm::StringRef text);

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] const Lexeme &operator[](std::size_t index) const { return tokens_[index]; }
  [[nodiscard]] llvm::StringRef text(std::size_t index) const {
    return text_.substr(tokens_[index].offset, tokens_[index].length);
  }
  /// The index of the token that begins at \p offset; size() when none does.
  [[nodiscard]] std::size_t at(std::size_t offset) const;

  /// For an opening `(`, `[` or `{` at \p index, the index of what closes it; size() when nothing does.
  [[nodiscard]] std::size_t closing(std::size_t index) const;
  /// For a closing one, the index of what opens it; size() when nothing does.
  [[nodiscard]] std::size_t opening(std::size_t index) const;

private:
  llvm::StringRef text_;
  std::vector<Lexeme> tokens_;
};

} // namespace tripwire::tool
