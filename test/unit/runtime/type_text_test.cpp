// What GCC and Clang call the same type
#include "type_text.hpp"

#include <gtest/gtest.h>

namespace {

using tripwire::runtime::same_type_text;

struct Pair {
  const char *one;
  const char *other;
};

// As GCC 12 and Clang 22 print them.
constexpr Pair same[] = {
    {"long unsigned int", "unsigned long"},
    {"long long unsigned int", "unsigned long long"},
    {"short int", "short"},
    {"unsigned int", "unsigned int"},
    {"long int(const void*, long unsigned int, int)", "long (const void *, unsigned long, int)"},
    {"std::vector<std::__cxx11::basic_string<char> >", "std::vector<std::basic_string<char>>"},
    {"std::filesystem::__cxx11::path", "std::filesystem::path"},
    {"int (*)(sqlite3*, const char*, int (*)(void*, int, char**, char**), void*, char**)",
     "int (*)(sqlite3 *, const char *, int (*)(void *, int, char **, char **), void *, char **)"},
    {"int(int, int, int) noexcept", "int (int, int, int)"},
    {"int(const char*, ...)", "int (const char *, ...)"},
    {"int (* (*)(int))[3]", "int (*(*)(int))[3]"},
    {"__va_list_tag [1]", "__va_list_tag[1]"},
    {"std::chrono::duration<long int, std::ratio<1, 1000000000> >",
     "std::chrono::duration<long, std::ratio<1, 1000000000>>"},
    {"int (S::*)(short int) const &", "int (S::*)(short) const &"},
    {"const volatile char* const*", "const volatile char *const *"},
};

constexpr Pair different[] = {
    {"long int", "int"},
    {"long int", "long long int"},
    {"signed char", "char"},
    {"unsigned char", "char"},
    {"unsigned int", "int"},
    {"long double", "double"},
    {"long double", "long int"},
    {"integer", "int"},
    {"int*", "int"},
    {"int* const", "int*"},
    {"const char*", "char*"},
    {"intern", "int"},
    {"int(int)", "int(int, int)"},
    {"std::basic_string<char>", "std::basic_string_view<char>"},
    {"__cxx11x::path", "path"},
    {"", "int"},
};

TEST(TypeText, TwoCompilersMeanTheSame) {
  for (const Pair &pair : same) {
    EXPECT_TRUE(same_type_text(pair.one, pair.other)) << pair.one;
    EXPECT_TRUE(same_type_text(pair.other, pair.one)) << pair.other;
  }
}

TEST(TypeText, OtherTypesDiffer) {
  for (const Pair &pair : different) {
    EXPECT_FALSE(same_type_text(pair.one, pair.other)) << pair.one;
    EXPECT_FALSE(same_type_text(pair.other, pair.one)) << pair.other;
  }
}

} // namespace
