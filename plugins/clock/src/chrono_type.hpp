// the name of a type of <chrono>, and its bits --(chrono_type)--> nanoseconds
#ifndef TRIPWIRE_PLUGINS_CLOCK_CHRONO_TYPE_HPP
#define TRIPWIRE_PLUGINS_CLOCK_CHRONO_TYPE_HPP

#include "time.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace tripwire::plugins {

/// A `std::chrono::time_point`: of which clock, and its span since that clock's start.
struct ChronoPoint {
  ClockKind kind;
  std::chrono::nanoseconds since_start;
};

/// The span that a `std::chrono::duration` at \p address holds, whose type has that name, as a compiler spells it.
/// Nothing for what counts in a type of the project's own.
std::optional<std::chrono::nanoseconds> span_at(std::string_view type, const void *address);

/// The same for a time point of `system_clock` or `steady_clock`. Nothing for another clock.
std::optional<ChronoPoint> point_at(std::string_view type, const void *address);

} // namespace tripwire::plugins

#endif
