// What generated definitions rely on: keys, function types, printing, slots that nobody watches
#include "acme_seams.hpp"
#include "real_calls.hpp"

#include <tripwire/mock.hpp>
#include <tripwire/seam/definition.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <optional>
#include <set>

namespace {

namespace tw = tripwire::seam;

template <class T> std::string printed(const T &value, tw::Style style = tw::Style::read) {
  std::string text;
  tw::Out out(text, style);
  tw::print(out, value);
  return text;
}

struct Opaque {
  int numbers[3];
};
struct Own {
  int number;
  int get() const noexcept { return number; }
};
[[gnu::nonnull]] int with_attributes(const char *text) noexcept;
int with_attributes(const char *text) noexcept { return *text; }
void tripwire_print(tw::Out &out, const Own &own) { out.put("Own #").put_signed(own.number); }

enum class Colour { red, green };

TEST(Keys, TellOverloadsAndMembersApart) {
  using Text = int (*)(std::string_view);
  using Number = int (*)(int);
  EXPECT_NE(tw::key<static_cast<Text>(&acme::send)>(), tw::key<static_cast<Number>(&acme::send)>());
  EXPECT_NE(tw::key<&acme_charge>(), tw::key<&acme_plain>());
  EXPECT_EQ(tw::key<&acme_charge>(), tw::key<&acme_charge>());
  EXPECT_EQ(tw::key<&acme::Client::count>(), tw::key<&acme::Client::count>());
}

TEST(FunctionTypes, KnowTheirPartsInEverySpelling) {
  using Variadic = int(const char *, ...);
  static_assert(std::is_same_v<tw::parameter_t<1, long(char, int *)>, int *>);
  static_assert(std::is_same_v<tw::result_t<long(char) noexcept>, long>);
  static_assert(std::is_same_v<tw::result_t<long(char) const &>, long>);
  static_assert(std::is_same_v<tw::parameter_t<0, Variadic>, const char *>);
  static_assert(tw::FunctionType<Variadic>::variadic);
  static_assert(tw::FunctionType<int()>::count == 0);
  // Said without a warning: GCC has one for a type that is written out with its attributes.
  static_assert(std::is_same_v<tripwire::detail::function_of<&with_attributes>, int(const char *)>);
  EXPECT_EQ(with_attributes("a"), 'a');
  static_assert(std::is_same_v<tripwire::detail::function_of<&Own::get>, int()>);
  EXPECT_EQ(tw::signature<int(const char *)>(), tw::signature<int(const char *)>());
  EXPECT_EQ(tw::type_name<int>(), "int");
  EXPECT_EQ(tw::type_name<acme::Client>(), "acme::Client");
}

TEST(Printing, ValuesReadAsTheyAreWritten) {
  EXPECT_EQ(printed(5), "5");
  EXPECT_EQ(printed(-5L), "-5");
  EXPECT_EQ(printed(5u), "5");
  EXPECT_EQ(printed(5u, tw::Style::paste), "5u");
  EXPECT_EQ(printed(true), "true");
  EXPECT_EQ(printed('\n'), "'\\n'");
  EXPECT_EQ(printed(1.5), "1.5");
  EXPECT_EQ(printed(0.1F), "0.1");
  EXPECT_EQ(printed(2.0), "2.0");
  EXPECT_EQ(printed(static_cast<const char *>("a\"b\t\1")), R"("a\"b\t\1")");
  EXPECT_EQ(printed(static_cast<const char *>(nullptr)), "nullptr");
  EXPECT_EQ(printed(std::string("x\0y", 3)), "\"x\\0y\"");
  EXPECT_EQ(printed(std::string("x\0y", 3), tw::Style::paste), "std::string_view(\"x\\0y\", 3u)");
  EXPECT_EQ(printed(std::string("what\?\?="), tw::Style::paste), "\"what?\\?=\"");
  EXPECT_EQ(printed(std::string("what\?\?=")), "\"what\?\?=\"");
  EXPECT_EQ(printed(std::vector<int>{1, 2}), "[1, 2]");
  EXPECT_EQ(printed(std::map<std::string, int>{{"a", 1}}), "[{\"a\", 1}]");
  EXPECT_EQ(printed(std::optional<int>()), "nothing");
  EXPECT_EQ(printed(std::optional<int>(3)), "3");
  EXPECT_EQ(printed(std::filesystem::path("/a/b")), "\"/a/b\"");
  EXPECT_EQ(printed(Colour::green), "1");
  EXPECT_EQ(printed(Own{3}), "Own #3");
  EXPECT_EQ(printed(static_cast<int *>(nullptr)), "nullptr");
  EXPECT_EQ(printed(std::unique_ptr<int>()), "nullptr");
  EXPECT_TRUE(printed(Opaque{}).find("Opaque, 12 bytes)") != std::string::npos) << printed(Opaque{});
}

TEST(Printing, BuffersReadAsTextOrAsHexadecimalBytes) {
  std::string text;
  tw::Out out(text);
  out.put_bytes("plain\n").put(" ").put_bytes(std::string_view("\0\xff", 2));
  EXPECT_EQ(text, "\"plain\\n\" bytes 00 ff");
}

TEST(Slots, ACallThatNobodyWatchesReachesTheRealFunction) {
  real_calls = 0;
  EXPECT_EQ(tripwire_may_throw_acme_plain(1, nullptr, 2), 3);
  EXPECT_EQ(tripwire_seam_acme_send("x", 1, 0), 1);
  EXPECT_EQ(*acme::tripwire_may_throw_give(std::make_unique<int>(4)), 4);
  EXPECT_EQ(acme::tripwire_may_throw_pin(3).number, 3);
  acme::tripwire_may_throw_swap_in({});
  EXPECT_EQ(++acme::tripwire_may_throw_counter(), 8);
  EXPECT_EQ(tripwire_may_throw_acme_log_text_double("%s %.1f", "a", 1.5), 5);
  EXPECT_EQ(real_calls, 7);
}

// a seam of the same types as every other one: an exception of the real function passes through
TEST(Slots, AnExceptionOfTheRealFunctionPassesThrough) {
  EXPECT_THROW(acme::tripwire_seam_send("bad"), std::runtime_error);
  EXPECT_THROW(acme::tripwire_may_throw_send("bad"), std::runtime_error);
}

} // namespace
