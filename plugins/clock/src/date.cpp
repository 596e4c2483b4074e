#include "date.hpp"

#include <cstdint>

namespace tripwire::plugins {

namespace {

/// Reads \p count digits from the front; negative when they are none.
int taken(std::string_view &text, std::size_t count) {
  int number = 0;
  for (std::size_t index = 0; index < count; ++index) {
    if (index >= text.size() || text[index] < '0' || text[index] > '9')
      return -1;
    number = number * 10 + (text[index] - '0');
  }
  text.remove_prefix(count);
  return number;
}

bool takes(std::string_view &text, char sign) {
  if (text.empty() || text.front() != sign)
    return false;
  text.remove_prefix(1);
  return true;
}

constexpr bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

std::int64_t days_since_1970(int year, int month, int day) {
  std::int64_t days = day - 1;
  for (int one = 1; one < month; ++one)
    days += days_in(year, one);
  const std::int64_t before = year - 1; // whole years since the year 1
  return days + before * 365 + before / 4 - before / 100 + before / 400 - 719162;
}

} // namespace

std::optional<std::chrono::nanoseconds> date_of(std::string_view text) {
  const int year = taken(text, 4);
  const bool has_year = takes(text, '-');
  const int month = taken(text, 2);
  const bool has_month = takes(text, '-');
  const int day = taken(text, 2);
  const bool has_day = takes(text, 'T');
  const int hour = taken(text, 2);
  const bool has_hour = takes(text, ':');
  const int minute = taken(text, 2);
  const bool has_minute = takes(text, ':');
  const int second = taken(text, 2);
  if (!has_year || !has_month || !has_day || !has_hour || !has_minute || year < 1 || month < 1 || month > 12 ||
      day < 1 || day > days_in(year, month) || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 59)
    return std::nullopt;
  std::int64_t fraction = 0;
  if (takes(text, '.')) {
    std::int64_t worth = 100'000'000;
    for (; !text.empty() && text.front() != 'Z'; worth /= 10) {
      const int digit = taken(text, 1);
      if (digit < 0 || worth == 0)
        return std::nullopt;
      fraction += digit * worth;
    }
    if (worth == 100'000'000)
      return std::nullopt;
  }
  if (!takes(text, 'Z') || !text.empty())
    return std::nullopt;
  const std::int64_t seconds = ((days_since_1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  std::int64_t nanoseconds = 0;
  if (__builtin_mul_overflow(seconds, std::int64_t{1'000'000'000}, &nanoseconds) ||
      __builtin_add_overflow(nanoseconds, fraction, &nanoseconds))
    return std::nullopt;
  return std::chrono::nanoseconds(nanoseconds);
}

} // namespace tripwire::plugins
