// preprocessed text --(lexemes)--> tokens: what is one, and what only looks like one
#include "tool/lexemes.hpp"

#include "commands.hpp"

#include "gtest/gtest.h"

namespace tripwire::tool {
namespace {

std::vector<std::string> tokens(llvm::StringRef text) {
  const Lexemes lexemes(text);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < lexemes.size(); ++i)
    words.push_back(lexemes.text(i).str());
  return words;
}

TEST(Lexemes, LineMarkersAndPragmasAreNoTokens) {
  EXPECT_EQ(tokens("# 1 \"a b.c\" 1 3\nint x;\n#pragma once\nint y;"), (Words{"int", "x", ";", "int", "y", ";"}));
}

TEST(Lexemes, ARawStringIsOneTokenWhateverStandsInIt) {
  EXPECT_EQ(tokens("u8R\"x(a \" ) b\n# 5 \"c\"\n)x\" + f"), (Words{"u8R\"x(a \" ) b\n# 5 \"c\"\n)x\"", "+", "f"}));
}

TEST(Lexemes, DigitSeparatorsAreNoCharacterLiterals) {
  EXPECT_EQ(tokens("1'000'000+'x'"), (Words{"1'000'000", "+", "'x'"}));
  EXPECT_EQ(tokens("0x1p-3f"), (Words{"0x1p-3f"}));
}

TEST(Lexemes, PrefixesBelongToTheirLiterals) { EXPECT_EQ(tokens("L\"a\" u'b' R"), (Words{"L\"a\"", "u'b'", "R"})); }

TEST(Lexemes, ScopesAndArrowsAreOneToken) {
  EXPECT_EQ(tokens("a::b->c...d"), (Words{"a", "::", "b", "->", "c", "...", "d"}));
}

TEST(Lexemes, BracketsFindEachOther) {
  const Lexemes lexemes("f((a)[{1}], \")\")");
  EXPECT_EQ(lexemes.closing(1), lexemes.size() - 1);
  EXPECT_EQ(lexemes.opening(lexemes.size() - 1), 1U);
}

TEST(Lexemes, AnUnclosedBracketHasNoEnd) {
  const Lexemes lexemes("f(a");
  EXPECT_EQ(lexemes.closing(1), lexemes.size());
}

TEST(Lexemes, ATokenIsFoundByWhereItBegins) {
  const Lexemes lexemes("int open(void);");
  EXPECT_EQ(lexemes.text(lexemes.at(4)), "open");
  EXPECT_EQ(lexemes.at(5), lexemes.size());
}

} // namespace
} // namespace tripwire::tool
