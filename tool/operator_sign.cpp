#include "tool/operator_sign.hpp"

#include "llvm/ADT/StringExtras.h"

namespace tripwire::tool {
namespace {

/// Behind the lexemes from \p index on that spell \p sign; a word may stand for it (`and`). None when they do not.
std::optional<std::size_t> behind_sign(const Lexemes &lexemes, std::size_t index, llvm::StringRef sign) {
  if (index < lexemes.size() && lexemes[index].kind == LexemeKind::identifier)
    return index + 1;
  for (; !sign.empty(); ++index)
    if (index >= lexemes.size() || !sign.consume_front(lexemes.text(index)))
      return std::nullopt;
  return index;
}

llvm::StringRef sign_in(llvm::StringRef identifier) {
  identifier.consume_front("operator");
  return identifier;
}

} // namespace

bool is_operator_name(llvm::StringRef identifier) {
  return identifier.consume_front("operator") && !identifier.empty() && !llvm::isAlnum(identifier.front()) &&
         identifier.front() != '_' && identifier.front() != '$' && llvm::isASCII(identifier.front());
}

std::optional<std::size_t> operator_lexemes(const Lexemes &lexemes, std::size_t index, llvm::StringRef identifier) {
  const std::optional<std::size_t> behind = behind_sign(lexemes, index + 1, sign_in(identifier));
  return behind ? std::optional(*behind - index - 1) : std::nullopt;
}

std::size_t end_of_operand(const Lexemes &lexemes, std::size_t index) {
  if (index + 1 >= lexemes.size() || lexemes[index].offset + lexemes[index].length != lexemes[index + 1].offset)
    return index;
  const bool has_suffix =
      lexemes[index].kind == LexemeKind::literal && lexemes[index + 1].kind == LexemeKind::identifier;
  const llvm::StringRef token = lexemes.text(index);
  const bool is_step = (token == "+" || token == "-") && lexemes.text(index + 1) == token;
  return has_suffix || is_step ? index + 1 : index;
}

int rank_of_closing(std::size_t from, bool is_sign) {
  return rank_behind_bracket - 1 - 2 * static_cast<int>(from) - (is_sign ? 1 : 0);
}
int rank_of_opening(std::size_t to, bool is_sign) { return -2 * static_cast<int>(to) - (is_sign ? 0 : 1); }

std::optional<std::vector<Edit>> edits_of_sign(const Reference &reference, const Declaration &declaration,
                                               const std::string &wrapper, const Lexemes &lexemes, LineTokens &tokens) {
  const std::optional<std::size_t> sign = tokens.lexeme(reference.name);
  const std::optional<std::size_t> from = tokens.lexeme(reference.insertion->from);
  const std::optional<std::size_t> to = tokens.lexeme(reference.insertion->to);
  if (!sign || !from || !to)
    return std::nullopt;
  const llvm::StringRef spelling = sign_in(declaration.identifier);
  const bool is_call = spelling == "()";
  const bool is_subscript = spelling == "[]";
  const std::optional<std::size_t> end =
      behind_sign(lexemes, *sign, is_call || is_subscript ? spelling.take_front() : spelling);
  if (!end)
    return std::nullopt;

  const bool is_prefix = *from == *sign;
  const bool is_postfix = *to == *sign;
  const Lexeme &first = lexemes[*sign];
  const std::size_t length = lexemes[*end - 1].offset + lexemes[*end - 1].length - first.offset;
  const Lexeme &last = lexemes[is_postfix ? *end - 1 : end_of_operand(lexemes, *to)];
  const std::size_t behind = last.offset + last.length;
  const std::size_t begin = lexemes[*from].offset;
  auto open = [&](std::string text) { return Edit{begin, 0, std::move(text), rank_of_opening(behind, true)}; };
  auto instead = [&](std::string text) { return Edit{first.offset, length, std::move(text), 0}; };
  auto close = [&](std::string text) { return Edit{behind, 0, std::move(text), rank_of_closing(begin, true)}; };
  if (!declaration.member) {
    const std::string call = " " + declaration.scope + wrapper + "(";
    if (is_prefix)
      return std::vector<Edit>{instead(call), close(")")};
    if (is_postfix)
      return std::vector<Edit>{open(call), instead(", 0)")};
    return std::vector<Edit>{open(call), instead(","), close(")")};
  }
  if (is_call)
    return std::vector<Edit>{{first.offset, 0, "." + wrapper, 0}};
  if (spelling == "->")
    return std::vector<Edit>{{first.offset, 0, "." + wrapper + "()", 0}};
  if (is_subscript) {
    const std::size_t bracket = lexemes.closing(*sign);
    if (bracket >= lexemes.size())
      return std::nullopt;
    return std::vector<Edit>{instead("." + wrapper + "("), {lexemes[bracket].offset, 1, ")", 0}};
  }
  if (is_prefix)
    return std::vector<Edit>{instead("("), close(")." + wrapper + "()")};
  if (is_postfix)
    return std::vector<Edit>{instead("." + wrapper + "(0)")};
  return std::vector<Edit>{open("("), instead(")." + wrapper + "("), close(")")};
}

} // namespace tripwire::tool
