// a seam's pattern, and which qualified names answer to it.
#include "reading.hpp"

using namespace reading;
using config::is_exact;
using config::matches;
using config::parse_pattern;

TEST(Name, APlainNameNamesItself) {
  EXPECT_TRUE(matches("open", "open"));
  EXPECT_TRUE(matches("::open", "open"));
  EXPECT_TRUE(matches("open", "::open"));
  EXPECT_FALSE(matches("open", "reopen"));
  EXPECT_FALSE(matches("open", "acme::open"));
}

TEST(Name, OneStarStaysWithinOneComponent) {
  EXPECT_TRUE(matches("acme::v1::*", "acme::v1::charge"));
  EXPECT_FALSE(matches("acme::v1::*", "acme::v1::Gateway::charge"));
  EXPECT_FALSE(matches("acme::v1::*", "acme::v1"));
  EXPECT_TRUE(matches("curl_easy_*", "curl_easy_perform"));
  EXPECT_TRUE(matches("acme::*::charge", "acme::v2::charge"));
  EXPECT_TRUE(matches("sqlite3_?pen", "sqlite3_open"));
}

TEST(Name, TwoStarsSpanScopes) {
  EXPECT_TRUE(matches("acme::**", "acme::v1::Gateway::charge"));
  EXPECT_TRUE(matches("acme::**", "acme::charge"));
  EXPECT_FALSE(matches("acme::**", "acme"));
  EXPECT_TRUE(matches("**::charge", "charge"));
  EXPECT_TRUE(matches("**::charge", "acme::v1::charge"));
  EXPECT_TRUE(matches("acme::**::charge", "acme::charge"));
  EXPECT_TRUE(matches("acme::**::v1::*", "acme::a::v1::b::v1::charge"));
  EXPECT_FALSE(matches("acme::**::charge", "acme::v1::refund"));
}

TEST(Name, TemplateArgumentsAreNoScopes) {
  EXPECT_TRUE(matches("acme::Box<*>::get", "acme::Box<std::string>::get"));
  EXPECT_TRUE(matches("acme::*::get", "acme::Box<std::string>::get"));
  EXPECT_FALSE(matches("acme::Box::get", "acme::Box<int>::get"));
}

TEST(Name, AnOperatorIsOneComponent) {
  EXPECT_TRUE(matches("acme::operator<<", "acme::operator<<"));
  EXPECT_TRUE(matches("acme::Call::operator()", "acme::Call::operator()"));
  EXPECT_TRUE(matches("acme::Text::operator std::string", "acme::Text::operator std::string"));
  EXPECT_TRUE(is_exact("acme::operator*"));
  EXPECT_TRUE(matches("acme::operator*", "acme::operator*"));
  EXPECT_FALSE(matches("acme::operator*", "acme::operator*="));
  EXPECT_FALSE(matches("acme::operator*", "acme::operator+"));
  EXPECT_TRUE(matches("operators::x", "operators::x"));
}

TEST(Name, AnAnonymousNamespaceIsOneComponent) {
  EXPECT_TRUE(matches("acme::(anonymous namespace)::parse", "acme::(anonymous namespace)::parse"));
  EXPECT_TRUE(matches("acme::**::parse", "acme::(anonymous namespace)::parse"));
}

TEST(Name, APatternHasAFileANameAndParameters) {
  config::Pattern it = parse_pattern("config.cpp:acme::parse_line(const char *, std::map<int, int>) const");
  EXPECT_EQ(it.file, "config.cpp");
  EXPECT_EQ(it.name, "acme::parse_line");
  EXPECT_EQ(it.parameters, "const char *, std::map<int, int>");
  EXPECT_EQ(it.qualifiers, "const");
  EXPECT_EQ(parse_pattern("f").parameters, std::nullopt);
  EXPECT_EQ(parse_pattern("f()").parameters, "");
  EXPECT_EQ(parse_pattern("Call::operator()").parameters, std::nullopt);
  EXPECT_EQ(parse_pattern("Call::operator()(int)").parameters, "int");
  EXPECT_EQ(parse_pattern("Call::operator()(int)").name, "Call::operator()");
}

TEST(Name, TheParametersOfAPatternDoNotChangeWhichNameItMatches) {
  EXPECT_TRUE(matches("acme::send(int)", "acme::send"));
  EXPECT_TRUE(matches("a.cpp:send", "send"));
}

TEST(Name, OnlyAPatternWithoutWildcardsIsExact) {
  EXPECT_TRUE(is_exact("acme::send(char *)"));
  EXPECT_FALSE(is_exact("acme::*"));
  EXPECT_FALSE(is_exact("acme::sen?"));
  EXPECT_FALSE(is_exact("**::send"));
}

TEST(Name, AnExceptionTakesItsNamesOut) {
  config::Seam it;
  it.pattern = "acme::v1::*";
  it.except = {"acme::v1::version", "acme::v1::get_*"};
  EXPECT_TRUE(names(it, "acme::v1::charge"));
  EXPECT_FALSE(names(it, "acme::v1::version"));
  EXPECT_FALSE(names(it, "acme::v1::get_id"));
  EXPECT_FALSE(names(it, "acme::v2::charge"));
}

TEST(Name, AnExceptionForOneOverloadLeavesTheOthers) {
  config::Seam it;
  it.pattern = "acme::*";
  it.except = {"acme::send(int)"};
  EXPECT_TRUE(names(it, "acme::send"));
}

TEST(Name, ManyStarsTakeNoTime) {
  std::string pattern, name = std::string(20000, 'a') + "b";
  for (int i = 0; i < 50; ++i)
    pattern += "*a";
  EXPECT_FALSE(matches(pattern, name));
}
