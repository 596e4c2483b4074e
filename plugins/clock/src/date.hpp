// 2026-03-01T12:00:00Z --(date)--> nanoseconds since 1970
#ifndef TRIPWIRE_PLUGINS_CLOCK_DATE_HPP
#define TRIPWIRE_PLUGINS_CLOCK_DATE_HPP

#include <chrono>
#include <optional>
#include <string_view>

namespace tripwire::plugins {

/// Nothing for what is not written so, is no day, or is too far away for nanoseconds. A fraction may have nine digits.
std::optional<std::chrono::nanoseconds> date_of(std::string_view text);

} // namespace tripwire::plugins

#endif
