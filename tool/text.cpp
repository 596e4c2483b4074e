#include "tool/text.hpp"

#include "tool/lexemes.hpp"

#include "clang/Basic/IdentifierTable.h"
#include "clang/Basic/LangOptions.h"
#include "llvm/ADT/StringExtras.h"

namespace tripwire::tool {

std::string as_literal(llvm::StringRef text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    if (c == '\n')
      result += "\\n";
    else
      result += c;
  }
  return result + "\"";
}

bool mentions(llvm::StringRef expression, llvm::StringRef name) {
  const Lexemes tokens(expression);
  for (std::size_t i = 0; i < tokens.size(); ++i)
    if (tokens[i].kind == LexemeKind::identifier && tokens.text(i) == name)
      return true;
  return false;
}

bool is_plain_identifier(llvm::StringRef name) {
  if (name.empty() || llvm::isDigit(name.front()) ||
      !llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_'; }))
    return false;
  clang::LangOptions options;
  options.CPlusPlus = options.CPlusPlus11 = options.CPlusPlus17 = options.CPlusPlus20 = true;
  options.Bool = options.WChar = true;
  static clang::IdentifierTable table(options);
  return !table.get(name).isKeyword(options);
}

} // namespace tripwire::tool
