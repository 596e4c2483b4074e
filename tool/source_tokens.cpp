// a source file --(source_tokens)--> its tokens before preprocessing, by line
#include "tool/source_tokens.hpp"

#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace tripwire::tool {
namespace {

std::vector<SourceToken> spelled(const std::vector<SourceToken> &tokens, llvm::StringRef spelling) {
  std::vector<SourceToken> found;
  std::copy_if(tokens.begin(), tokens.end(), std::back_inserter(found),
               [&](const SourceToken &token) { return token.spelling == spelling; });
  return found;
}

/// The body of the macro that the tokens of a `#define` give, from `#` on.
llvm::ArrayRef<SourceToken> body_of(llvm::ArrayRef<SourceToken> directive) {
  if (directive.size() < 4 || directive[1].spelling != "define")
    return {};
  std::size_t first = 3;
  if (directive[3].spelling == "(" && directive[3].offset == directive[2].offset + directive[2].length) {
    while (first < directive.size() && directive[first].spelling != ")")
      ++first;
    ++first;
  }
  return first < directive.size() ? directive.drop_front(first) : llvm::ArrayRef<SourceToken>();
}

} // namespace

SourceTokens::SourceTokens(llvm::StringRef text, Language language) {
  clang::LangOptions options;
  options.LineComment = true;
  options.C99 = language == Language::c;
  options.CPlusPlus = options.CPlusPlus11 = options.CPlusPlus14 = language == Language::cxx;
  options.RawStringLiterals = language == Language::cxx;
  const std::string buffer = text.str(); // the lexer wants a final zero
  const char *begin = buffer.c_str();
  clang::Lexer lexer(clang::SourceLocation(), options, begin, begin, begin + buffer.size());
  std::vector<SourceToken> directive;
  bool in_directive = false;
  unsigned line = 1;
  std::size_t counted = 0;
  const auto end_directive = [&] {
    const llvm::ArrayRef<SourceToken> body = body_of(directive);
    for (std::size_t i = 0; i < body.size(); ++i) {
      const bool is_operand = (i > 0 && llvm::StringRef(body[i - 1].spelling).starts_with("#")) ||
                              (i + 1 < body.size() && body[i + 1].spelling == "##");
      if (!is_operand)
        bodies_.push_back(body[i]);
    }
    directive.clear();
  };
  while (true) {
    clang::Token token;
    const bool at_end = lexer.LexFromRawLexer(token);
    if (token.is(clang::tok::eof))
      break;
    const auto length = static_cast<std::size_t>(token.getLength());
    const auto offset = static_cast<std::size_t>(lexer.getBufferLocation() - begin) - length;
    line += static_cast<unsigned>(std::count(begin + counted, begin + offset, '\n'));
    counted = offset;
    if (token.isAtStartOfLine()) {
      end_directive();
      in_directive = token.is(clang::tok::hash);
    }
    SourceToken found = {offset, length, std::string(begin + offset, length)};
    if (in_directive)
      directive.push_back(std::move(found));
    else
      lines_[line].push_back(std::move(found));
    if (at_end)
      break;
  }
  end_directive();
}

std::vector<SourceToken> SourceTokens::in_line(unsigned line, llvm::StringRef spelling) const {
  const auto found = lines_.find(line);
  return found == lines_.end() ? std::vector<SourceToken>() : spelled(found->second, spelling);
}

std::vector<SourceToken> SourceTokens::in_macro_bodies(llvm::StringRef spelling) const {
  return spelled(bodies_, spelling);
}

bool SourceTokens::has(llvm::StringRef spelling) const {
  const auto is_it = [&](const SourceToken &token) { return token.spelling == spelling; };
  return llvm::any_of(bodies_, is_it) ||
         llvm::any_of(lines_, [&](const auto &line) { return llvm::any_of(line.second, is_it); });
}

} // namespace tripwire::tool
