// a construction's place among the tokens of the text --(insertion)--> the edits that add an argument to it
#include "tool/operator_sign.hpp"
#include "tool/plan.hpp"

namespace tripwire::tool {
namespace {

Edit behind(const Lexeme &token, std::string text, int rank) {
  return {token.offset + token.length, 0, std::move(text), rank};
}

/// As the only argument `T x(Tag())` would declare a function.
std::string alone(const std::string &tag) { return "(" + tag + ")"; }

/// Behind everything that belongs to a declarator that has no initialiser: the last lexeme in front of `,` or `;`.
std::size_t end_of_declarator(const Lexemes &lexemes, std::size_t name) {
  std::size_t i = name + 1;
  while (i < lexemes.size() && lexemes.text(i) != ";" && lexemes.text(i) != ",") {
    const llvm::StringRef token = lexemes.text(i);
    if (token == "=" || token == "{" || token == ":" || token == ")")
      return lexemes.size();
    i = token == "(" || token == "[" ? lexemes.closing(i) + 1 : i + 1;
  }
  return i < lexemes.size() ? i - 1 : lexemes.size();
}

} // namespace

std::optional<std::vector<Edit>> edits_of(const Insertion &insertion, const std::string &type, const std::string &tag,
                                          const Lexemes &lexemes, LineTokens &tokens) {
  const std::optional<std::size_t> from = tokens.lexeme(insertion.from);
  const std::optional<std::size_t> to = tokens.lexeme(insertion.to);
  if (!from || !to)
    return std::nullopt;
  const int closes = rank_of_closing(lexemes[*from].offset, false);
  switch (insertion.form) {
  case Insertion::Form::first_argument:
  case Insertion::Form::braced_list: {
    const llvm::StringRef open = lexemes.text(*from);
    const std::size_t close = lexemes.closing(*from);
    if ((open != "(" && open != "{") || close >= lexemes.size())
      return std::nullopt;
    if (insertion.form == Insertion::Form::braced_list)
      return std::vector<Edit>{behind(lexemes[*from], tag + ", {", rank_behind_bracket),
                               {lexemes[close].offset, 0, "}", 0}};
    return std::vector<Edit>{behind(lexemes[*from], close == *from + 1 ? alone(tag) : tag + ", ", rank_behind_bracket)};
  }
  case Insertion::Form::declarator: {
    const std::size_t last = end_of_declarator(lexemes, *from);
    if (last >= lexemes.size())
      return std::nullopt;
    return std::vector<Edit>{behind(lexemes[last], "(" + alone(tag) + ")", closes)};
  }
  case Insertion::Form::argument:
    return std::vector<Edit>{
        {lexemes[*from].offset, 0, lexemes.text(*from) == ")" ? alone(tag) : tag + ", ", rank_behind_bracket}};
  case Insertion::Form::type_name:
    return std::vector<Edit>{behind(lexemes[*from], "(" + alone(tag) + ")", closes)};
  case Insertion::Form::around: {
    const Lexeme &last = lexemes[end_of_operand(lexemes, *to)];
    return std::vector<Edit>{
        {lexemes[*from].offset, 0, " " + type + "(" + tag + ", ", rank_of_opening(last.offset + last.length, false)},
        behind(last, ")", closes)};
  }
  }
  return std::nullopt;
}

} // namespace tripwire::tool
