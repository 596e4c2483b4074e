// One spelling for each resource, and patterns of many.
#include "easy/url.hpp"
#include "easy/url_pattern.hpp"

#include <gtest/gtest.h>

namespace tripwire::plugins::curl {

namespace {

std::string key(const std::string &text) {
  const ParsedUrl parsed = parse_url(text);
  return parsed.url ? lookup_key(*parsed.url) : parsed.error;
}

bool matches(const std::string &pattern, const std::string &text) {
  return pattern_matches(pattern, parse_url(text).url.value());
}

TEST(HttpUrls, SpellingsOfOneResourceAreOne) {
  const std::string one = key("http://example.com/a/b");
  for (const char *other : {"HTTP://EXAMPLE.com/a/b", "http://example.com:80/a/b", "http://example.com/a/./b",
                            "http://example.com/x/../a/b", "http://example.com//a//b", "http://example.com/%61/b",
                            "http://user:pw@example.com/a/b#part", "http://example.com/a/b?query=no"})
    EXPECT_EQ(one, key(other)) << other;
}

TEST(HttpUrls, DifferentResourcesStayDifferent) {
  const std::string one = key("http://example.com/a/b");
  for (const char *other : {"https://example.com/a/b", "http://example.com:8080/a/b", "http://example.com/a/B",
                            "http://example.com/a/b/", "http://www.example.com/a/b", "http://example.com/a%2fb/c"})
    EXPECT_NE(one, key(other)) << other;
}

TEST(HttpUrls, LoopbackIsOneHost) {
  EXPECT_EQ(key("http://localhost:8080/"), key("http://127.0.0.1:8080/"));
  EXPECT_EQ(key("http://localhost:8080/"), key("http://[::1]:8080"));
}

TEST(HttpUrls, WhatIsRecordedHasNoCredentialsAndNoFragment) {
  EXPECT_EQ(parse_url("https://me:pw@Example.com:443/p?a=1#f").url.value().recorded(), "https://example.com/p?a=1");
}

TEST(HttpUrls, AStarInTheHostSpansSubdomainsAndNotTheDomainItself) {
  EXPECT_TRUE(matches("https://*.x.com/p", "https://a.x.com/p"));
  EXPECT_TRUE(matches("https://*.x.com/p", "https://a.b.x.com/p"));
  EXPECT_FALSE(matches("https://*.x.com/p", "https://x.com/p"));
  EXPECT_FALSE(matches("https://*.x.com/p", "https://ax.com/p"));
}

TEST(HttpUrls, AStarInThePathIsOneSegmentAndTwoAreAny) {
  EXPECT_TRUE(matches("https://x.com/api/*", "https://x.com/api/a"));
  EXPECT_FALSE(matches("https://x.com/api/*", "https://x.com/api/a/b"));
  EXPECT_TRUE(matches("https://x.com/api/**", "https://x.com/api/a/b"));
  EXPECT_TRUE(matches("https://x.com/*/b", "https://x.com/a/b"));
}

TEST(HttpUrls, APatternWithoutAPortMeansTheSchemesOwn) {
  EXPECT_FALSE(matches("http://*/p", "http://x.com:8080/p"));
  EXPECT_TRUE(matches("http://*:*/p", "http://x.com:8080/p"));
  EXPECT_TRUE(matches("http://*:8080/p", "http://x.com:8080/p"));
}

TEST(HttpUrls, QueriesAreReadPairByPairAndDecoded) {
  const std::vector<std::pair<std::string, std::string>> pairs = {{"a", "1"}, {"b c", "x&y"}, {"empty", ""}};
  EXPECT_EQ(query_pairs("a=1&b+c=x%26y&&empty"), pairs);
}

} // namespace

} // namespace tripwire::plugins::curl
