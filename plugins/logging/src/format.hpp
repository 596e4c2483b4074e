// a format and its arguments, one by one --(formatted)--> the text that vsnprintf would make of them
#ifndef TRIPWIRE_PLUGINS_LOGGING_FORMAT_HPP
#define TRIPWIRE_PLUGINS_LOGGING_FORMAT_HPP

#include <cstdarg>
#include <cstdint>
#include <string>
#include <vector>

namespace tripwire::plugins {

/// One variadic argument after promotion.
struct FormatArgument {
  FormatArgument(std::int64_t value) : integer(value) {} // NOLINT: stands for a value
  FormatArgument(long double value) : floating(value) {} // NOLINT: stands for a value
  FormatArgument(const void *value)                      // NOLINT: stands for a value
      : integer(static_cast<std::int64_t>(reinterpret_cast<std::intptr_t>(value))), pointer(value) {}

  std::int64_t integer = 0;    ///< of its own width, extended as its sign says; the bits of a pointer
  long double floating = 0.0L; ///< holds every double exactly
  const void *pointer = nullptr;
};

/// The text. \p error is what `%m` speaks of. `%n` stores, as it does for printf. A conversion without an argument
/// stays as it is written: libc would read what is not there.
std::string formatted(const char *format, const std::vector<FormatArgument> &arguments, int error);

/// The same from a list, of which a copy is read.
std::string formatted_list(const char *format, std::va_list arguments, int error);

} // namespace tripwire::plugins

#endif
