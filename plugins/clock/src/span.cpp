#include "span.hpp"

#include <cstdint>

namespace tripwire::plugins {

namespace {

struct Unit {
  std::int64_t nanoseconds;
  const char *suffix;
  const char *type;
};

constexpr Unit units[] = {{1'000'000'000, "s", "seconds"},
                          {1'000'000, "ms", "milliseconds"},
                          {1'000, "us", "microseconds"},
                          {1, "ns", "nanoseconds"}};

const Unit &unit_of(std::chrono::nanoseconds span) {
  const Unit *unit = units;
  while (span.count() % unit->nanoseconds != 0)
    ++unit;
  return *unit;
}

} // namespace

std::string text_of_span(std::chrono::nanoseconds span) {
  const Unit &unit = unit_of(span);
  return std::to_string(span.count() / unit.nanoseconds) + unit.suffix;
}

std::string literal_of_span(std::chrono::nanoseconds span) {
  if (span == std::chrono::nanoseconds::min())
    return "std::chrono::nanoseconds::min()";
  const Unit &unit = unit_of(span);
  return std::string("std::chrono::") + unit.type + "(" + std::to_string(span.count() / unit.nanoseconds) + ")";
}

} // namespace tripwire::plugins
