// the names of wrappers, which users see in debuggers
#include "tool/wrapper_name.hpp"

#include "gtest/gtest.h"

namespace tripwire::tool {
namespace {

TEST(WrapperName, CarriesTheContextAndTheVariadicArguments) {
  EXPECT_EQ(wrapper_name("open", {}), "tripwire_seam_open");
  EXPECT_EQ(wrapper_name("open", {true, false, {}}), "tripwire_may_throw_open");
  EXPECT_EQ(wrapper_name("open", {false, true, "i"}), "tripwire_seam_open_vi");
  EXPECT_EQ(wrapper_name("open", {true, true, ""}), "tripwire_may_throw_open_v");
}

TEST(WrapperName, NeverHoldsTwoUnderscoresInARow) {
  for (const char *name : {"_exit", "__libc_start", "a__b", "trailing_"})
    EXPECT_EQ(wrapper_name(name, {false, true, "i"}).find("__"), std::string::npos) << name;
}

TEST(WrapperName, DiffersWhereNamesDoInUnderscoresOnly) {
  EXPECT_NE(wrapper_name("_exit", {}), wrapper_name("exit", {}));
  EXPECT_NE(wrapper_name("a__b", {}), wrapper_name("a_b", {}));
}

TEST(WrapperName, SpellsTheSignOfAnOperatorInWords) {
  EXPECT_EQ(wrapper_name("operator+", {}), "tripwire_seam_operator_plus");
  EXPECT_EQ(wrapper_name("operator<<=", {true, false, {}}), "tripwire_may_throw_operator_less_less_equal");
  EXPECT_EQ(wrapper_name("operator()", {}), "tripwire_seam_operator_call");
  EXPECT_EQ(wrapper_name("operator[]", {}), "tripwire_seam_operator_at");
  EXPECT_EQ(wrapper_name("operator->*", {}), "tripwire_seam_operator_minus_greater_star");
}

} // namespace
} // namespace tripwire::tool
