// Formats and their arguments one by one give the text that libc makes of the whole.
#include "format.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <climits>
#include <clocale>
#include <cstdarg>
#include <cstdio>
#include <type_traits>

namespace {

using tripwire::plugins::FormatArgument;
using tripwire::plugins::formatted;
using tripwire::plugins::formatted_list;

template <class T> FormatArgument argument(T *value) { return static_cast<const void *>(value); }
template <class T> std::enable_if_t<std::is_floating_point_v<T>, FormatArgument> argument(T value) {
  return static_cast<long double>(value);
}
template <class T> std::enable_if_t<std::is_integral_v<T>, FormatArgument> argument(T value) {
  return static_cast<std::int64_t>(value);
}

std::string listed(const char *format, ...) {
  std::va_list list;
  va_start(list, format);
  std::string text = formatted_list(format, list, ENOENT);
  // The list is as it was: what reads it next sees the same.
  EXPECT_EQ(formatted_list(format, list, ENOENT), text);
  va_end(list);
  return text;
}

/// Both ways against libc's own.
template <class... Values> void expect_same(const char *format, Values... values) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
  char expected[4096];
  errno = ENOENT;
  std::snprintf(expected, sizeof expected, format, values...);
#pragma GCC diagnostic pop
  EXPECT_EQ(formatted(format, std::vector<FormatArgument>{argument(values)...}, ENOENT), expected) << format;
  EXPECT_EQ(listed(format, values...), expected) << format;
}

TEST(LogFormat, IsWhatLibcMakesOfIt) {
  expect_same("");
  expect_same("plain, 100%% sure");
  expect_same("%d %i %u %o %x %X", -1, 42, 42U, 8, 255, 255);
  expect_same("%ld %lu %lx", LONG_MIN, ULONG_MAX, 1L << 40);
  expect_same("%lld %llu %qd", LLONG_MIN, ULLONG_MAX, 7LL);
  expect_same("%jd %zu %td %zd", static_cast<std::intmax_t>(-5), sizeof(int), static_cast<std::ptrdiff_t>(-3),
              static_cast<std::size_t>(9));
  expect_same("%hd %hhd %hu %hhu", 70000, 300, 70000, 300);
  expect_same("%u", static_cast<unsigned>(UINT_MAX));
  expect_same("%5d|%-5d|%05d|%+d|% d|%#x|%'d", 3, 3, 3, 3, 3, 3, 1234567);
  expect_same("%*d|%-*d|%.*d|%*.*f", 6, 1, 6, 2, 4, 3, 8, 2, 3.14159);
  expect_same("%*d|%.*s|", -6, 1, -1, "whole");
  expect_same("%f %F %e %E %g %G %a %A", 1.5, 1.5, 1.5, 1.5, 0.0001, 1e20, 1.5, 2.5);
  expect_same("%.2f%% of %Lf", 99.5, 1.25L);
  expect_same("%.0Le", 12345.0L);
  expect_same("%c%c%c", 'a', 'b', 'c');
  expect_same("%s and %.3s and %10s|%-10s|", "one", "twothree", "right", "left");
  const char *const nothing = nullptr;
  expect_same("%s", nothing);
  expect_same("%p %p", static_cast<void *>(nullptr), static_cast<const void *>("x"));
  expect_same("%m");
  expect_same("cannot open %s: %m (%d)", "/etc/nothing", 7);
  expect_same("%30m|%-30m|%.4m|");
  expect_same("%2$s %1$s", "world", "hello");
  expect_same("%1$d %1$x %2$*1$d", 5, 9);
  expect_same("%s", std::string(3000, 'x').c_str());
}

TEST(LogFormat, WideTextIsConverted) {
  std::setlocale(LC_CTYPE, "C.UTF-8");
  expect_same("%ls %lc %S", L"gr\u00fc\u00df dich", static_cast<std::wint_t>(L'\u00e4'), L"\u00df");
  std::setlocale(LC_CTYPE, "C");
}

TEST(LogFormat, CountsAreStored) {
  int count = 0;
  long after = 0;
  signed char small = 0;
  EXPECT_EQ(formatted("abc%n%sde%ln%hhn", {argument(&count), argument("-"), argument(&after), argument(&small)}, 0),
            "abc-de");
  EXPECT_EQ(count, 3);
  EXPECT_EQ(after, 6);
  EXPECT_EQ(small, 6);
}

TEST(LogFormat, WhatCannotBeConvertedStaysAsItIsWritten) {
  EXPECT_EQ(formatted("%d of %d", {argument(1)}, 0), "1 of %d");
  EXPECT_EQ(formatted("%*d", {argument(1)}, 0), "%*d");
  EXPECT_EQ(formatted("%3$s", {argument("one")}, 0), "%3$s");
  EXPECT_EQ(formatted("100%", {}, 0), "100%");
  EXPECT_EQ(formatted("%y %5", {argument(1)}, 0), "%y %5");
}

TEST(LogFormat, AZeroIsPartOfTheText) { EXPECT_EQ(formatted("a%cb", {argument(0)}, 0), std::string("a\0b", 3)); }

} // namespace
