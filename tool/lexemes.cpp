#include "tool/lexemes.hpp"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>

namespace tripwire::tool {
namespace {

bool starts_identifier(char c) {
  return llvm::isAlpha(c) || c == '_' || c == '$' || (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool continues_identifier(char c) { return starts_identifier(c) || llvm::isDigit(c); }

/// The end of the literal whose quote is at \p at.
std::size_t end_of_quoted(llvm::StringRef text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == quote)
      return i + 1;
    else if (text[i] == '\n')
      return i; // not closed: the compiler has said so already
  }
  return text.size();
}

std::size_t end_of_raw_string(llvm::StringRef text, std::size_t quote) {
  const std::size_t open = text.find('(', quote);
  if (open == llvm::StringRef::npos)
    return text.size();
  const std::string close = ")" + text.slice(quote + 1, open).str() + "\"";
  const std::size_t end = text.find(close, open);
  return end == llvm::StringRef::npos ? text.size() : end + close.size();
}

std::size_t end_of_number(llvm::StringRef text, std::size_t at) {
  std::size_t i = at + 1;
  while (i < text.size()) {
    const char c = text[i];
    const bool signs_exponent = (c == '+' || c == '-') && llvm::StringRef("eEpP").contains(text[i - 1]);
    if (c == '\'' && i + 1 < text.size() && continues_identifier(text[i + 1]))
      i += 2;
    else if (signs_exponent || continues_identifier(c) || c == '.')
      ++i;
    else
      break;
  }
  return i;
}

bool is_raw_prefix(llvm::StringRef word) {
  return word == "R" || word == "LR" || word == "uR" || word == "UR" || word == "u8R";
}
bool is_literal_prefix(llvm::StringRef word) { return word == "L" || word == "u" || word == "U" || word == "u8"; }

} // namespace

Lexemes::Lexemes(llvm::StringRef text) : text_(text) {
  tokens_.reserve(text.size() / 5);
  bool line_start = true;
  std::size_t i = 0;
  auto add = [&](std::size_t end, LexemeKind kind) {
    tokens_.push_back({i, end - i, kind});
    i = end;
    line_start = false;
  };
  while (i < text.size()) {
    const char c = text[i];
    if (c == '\n') {
      line_start = true;
      ++i;
    } else if (llvm::isSpace(c)) {
      ++i;
    } else if (c == '#' && line_start) {
      i = std::min(text.find('\n', i), text.size());
    } else if (starts_identifier(c)) {
      std::size_t end = i + 1;
      while (end < text.size() && continues_identifier(text[end]))
        ++end;
      const llvm::StringRef word = text.slice(i, end);
      if (end < text.size() && text[end] == '"' && is_raw_prefix(word))
        add(end_of_raw_string(text, end), LexemeKind::literal);
      else if (end < text.size() && (text[end] == '"' || text[end] == '\'') && is_literal_prefix(word))
        add(end_of_quoted(text, end), LexemeKind::literal);
      else
        add(end, LexemeKind::identifier);
    } else if (llvm::isDigit(c) || (c == '.' && i + 1 < text.size() && llvm::isDigit(text[i + 1]))) {
      add(end_of_number(text, i), LexemeKind::number);
    } else if (c == '"' || c == '\'') {
      add(end_of_quoted(text, i), LexemeKind::literal);
    } else if (text.substr(i).starts_with("::") || text.substr(i).starts_with("->")) {
      add(i + 2, LexemeKind::punctuation);
    } else if (text.substr(i).starts_with("...")) {
      add(i + 3, LexemeKind::punctuation);
    } else {
      add(i + 1, LexemeKind::punctuation);
    }
  }
}

std::size_t Lexemes::at(std::size_t offset) const {
  const auto found = std::lower_bound(tokens_.begin(), tokens_.end(), offset,
                                      [](const Lexeme &token, std::size_t wanted) { return token.offset < wanted; });
  if (found == tokens_.end() || found->offset != offset)
    return size();
  return static_cast<std::size_t>(found - tokens_.begin());
}

std::size_t Lexemes::closing(std::size_t index) const {
  std::size_t depth = 0;
  for (std::size_t i = index; i < size(); ++i) {
    if (tokens_[i].kind != LexemeKind::punctuation)
      continue;
    const llvm::StringRef token = text(i);
    if (token == "(" || token == "[" || token == "{")
      ++depth;
    else if ((token == ")" || token == "]" || token == "}") && --depth == 0)
      return i;
  }
  return size();
}

std::size_t Lexemes::opening(std::size_t index) const {
  std::size_t depth = 0;
  for (std::size_t i = index + 1; i-- > 0;) {
    if (tokens_[i].kind != LexemeKind::punctuation)
      continue;
    const llvm::StringRef token = text(i);
    if (token == ")" || token == "]" || token == "}")
      ++depth;
    else if ((token == "(" || token == "[" || token == "{") && --depth == 0)
      return i;
  }
  return size();
}

} // namespace tripwire::tool
