// What tests say of values
#include "acme_seams.hpp"
#include "violations.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace {

using tripwire::Matcher;
using tripwire::Value;

template <class P, class T> bool accepts(const P &given, const T &expected) {
  return tripwire::matcher_for<P>(expected).matches(Value{&given, &tripwire::seam::type_of<P>(), nullptr, {}, false});
}

bool accepts_text(const char *given, const Matcher &expected) {
  return expected.matches(Value{&given, &tripwire::seam::type_of<const char *>(), nullptr, given, true});
}

std::string described(const Matcher &matcher) {
  std::string text;
  tripwire::seam::Out out(text);
  matcher.describe(out);
  return text;
}

enum class Colour { red, green };

struct Point {
  int x;
  int y;
};

TEST(Matchers, NumbersCompareByValueAcrossTypes) {
  EXPECT_TRUE(accepts(5L, 5));
  EXPECT_FALSE(accepts(5L, 6));
  EXPECT_TRUE(accepts(0xffffffffu, -1)) << "as the compiler converts it for the parameter";
  EXPECT_TRUE(accepts(0.1F, 0.1));
  EXPECT_TRUE(accepts(Colour::green, Colour::green));
  EXPECT_FALSE(accepts(Colour::green, Colour::red));
  EXPECT_TRUE(accepts(true, true));
  const std::uint64_t big = ~std::uint64_t{0};
  EXPECT_FALSE(accepts(big, tripwire::less_than(0)));
  EXPECT_TRUE(accepts(big, tripwire::greater_than(-1)));
  EXPECT_TRUE(accepts(-5, tripwire::less_than(0u)));
}

TEST(Matchers, ComparisonsCombine) {
  EXPECT_TRUE(accepts(5, tripwire::between(1, 5)));
  EXPECT_FALSE(accepts(6, tripwire::between(1, 5)));
  EXPECT_TRUE(accepts(6, !tripwire::at_most(5)));
  EXPECT_TRUE(accepts(6, tripwire::equals(5) || tripwire::equals(6)));
  EXPECT_TRUE(accepts(6, tripwire::not_equal(5) && tripwire::at_least(6)));
  EXPECT_EQ(described(tripwire::at_least(6) && !tripwire::equals(7)), "at least 6 and not (7)");
}

TEST(Matchers, TextMatchesByItsParts) {
  EXPECT_TRUE(accepts_text("hello", tripwire::contains("ell")));
  EXPECT_TRUE(accepts_text("hello", tripwire::starts_with("he")));
  EXPECT_TRUE(accepts_text("hello", tripwire::ends_with("lo")));
  EXPECT_FALSE(accepts_text("hello", tripwire::ends_with("he")));
  EXPECT_TRUE(accepts_text("hello", tripwire::regex("h.*o")));
  EXPECT_FALSE(accepts_text("hello!", tripwire::regex("h.*o")));
  EXPECT_TRUE(accepts(std::string("x"), "x"));
  EXPECT_TRUE(accepts(std::string_view("x"), std::string("x")));
  EXPECT_TRUE(accepts_text("b", tripwire::less_than("c")));
}

TEST(Matchers, ABadRegularExpressionIsAConfigurationError) {
  tripwire::Verifier verifier;
  const std::string text = text_of<tripwire::ConfigurationError>([] { tripwire::regex("("); });
  EXPECT_TRUE(contains(text, "ConfigurationError: bad regular expression \"(\": ")) << text;
  violations_seen();
}

TEST(Matchers, PredicatesTakeTheValueItself) {
  EXPECT_TRUE(accepts(5, [](int number) { return number == 5; }));
  EXPECT_TRUE(accepts(5, tripwire::that([](auto number) { return number == 5; })));
  EXPECT_FALSE(accepts(5, [](int) -> bool { throw 1; }));
}

TEST(Matchers, PointersAreNullOrNot) {
  int number = 0;
  EXPECT_TRUE(accepts<int *>(nullptr, nullptr));
  EXPECT_TRUE(accepts<int *>(&number, &number));
  EXPECT_TRUE(accepts<int *>(&number, tripwire::not_null));
  EXPECT_FALSE(accepts<int *>(nullptr, tripwire::not_null));
}

TEST(Matchers, FieldsOfAStructMatchOneByOne) {
  using tripwire::field;
  using tripwire::fields;
  const Point point{1, 2};
  EXPECT_TRUE(accepts(point, fields(field(&Point::x, 1))));
  EXPECT_FALSE(accepts(point, fields(field(&Point::x, 1), field(&Point::y, 1))));
  EXPECT_TRUE(accepts(point, fields(field(&Point::y, tripwire::greater_than(1)))));
  const acme_receipt receipt{"ch_1", 7};
  EXPECT_TRUE(accepts(receipt, fields(field(&acme_receipt::id, "ch_1"), field(&acme_receipt::cents, 7))));
  EXPECT_FALSE(accepts(receipt, fields(field(&acme_receipt::id, "ch_2"))));
}

TEST(Matchers, AnyComparableTypeComparesWithItself) {
  EXPECT_TRUE(accepts(std::vector<int>{1, 2}, std::vector<int>{1, 2}));
  EXPECT_FALSE(accepts(std::vector<int>{1, 2}, std::vector<int>{1}));
  EXPECT_TRUE(accepts(std::optional<int>(3), 3));
  EXPECT_TRUE(accepts(std::unique_ptr<int>(), nullptr));
}

TEST(Matchers, OnlyAnythingIsAWildcard) {
  EXPECT_TRUE(Matcher(tripwire::anything).is_wildcard());
  EXPECT_FALSE(Matcher(tripwire::not_null).is_wildcard());
  EXPECT_EQ(described(tripwire::anything), "anything");
}

} // namespace
