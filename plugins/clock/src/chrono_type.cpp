#include "chrono_type.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

namespace tripwire::plugins {

namespace {

/// What stands behind \p words and before one of the signs that end it; empty when the words are not there.
std::string between(std::string_view text, std::string_view words, const char *ends) {
  const std::size_t at = text.find(words);
  if (at == std::string_view::npos)
    return {};
  const std::size_t begin = at + words.size();
  const std::size_t stop = text.find_first_of(ends, begin);
  return stop == std::string_view::npos ? std::string() : std::string(text.substr(begin, stop - begin));
}

template <class T> long double read(const void *address) {
  T value{};
  std::memcpy(&value, address, sizeof value);
  return static_cast<long double>(value);
}

/// A count in the type that \p name spells. GCC says `long int`, Clang `long`.
std::optional<long double> count_at(const std::string &name, const void *address) {
  if (name == "double")
    return read<double>(address);
  if (name == "float")
    return read<float>(address);
  if (name == "long double")
    return read<long double>(address);
  const auto has = [&name](const char *word) { return name.find(word) != std::string::npos; };
  const bool is_integer = has("int") || has("long") || has("short") || has("char") || has("unsigned");
  if (!is_integer || name.find_first_of(":<_") != std::string::npos)
    return std::nullopt;
  const bool is_unsigned = has("unsigned");
  if (has("long"))
    return is_unsigned ? read<std::uint64_t>(address) : read<std::int64_t>(address);
  if (has("short"))
    return is_unsigned ? read<std::uint16_t>(address) : read<std::int16_t>(address);
  if (has("char"))
    return is_unsigned ? read<std::uint8_t>(address) : read<std::int8_t>(address);
  return is_unsigned ? read<std::uint32_t>(address) : read<std::int32_t>(address);
}

} // namespace

std::optional<std::chrono::nanoseconds> span_at(std::string_view type, const void *address) {
  constexpr std::string_view duration = "std::chrono::duration<";
  const std::size_t at = type.find(duration);
  if (at == std::string_view::npos)
    return std::nullopt;
  type.remove_prefix(at);
  // Compilers leave out what is the default: seconds, and parts of one.
  const auto count = count_at(between(type, duration, ",>"), address);
  const std::string ratio = between(type, "ratio<", ">");
  const std::size_t comma = ratio.find(',');
  const long long numerator = ratio.empty() ? 1 : std::atoll(ratio.c_str());
  const long long denominator = comma == std::string::npos ? 1 : std::atoll(ratio.c_str() + comma + 1);
  if (!count || numerator <= 0 || denominator <= 0)
    return std::nullopt;
  const long double nanoseconds =
      *count * static_cast<long double>(numerator) * 1e9L / static_cast<long double>(denominator);
  using Nanoseconds = std::chrono::nanoseconds;
  if (nanoseconds >= static_cast<long double>(Nanoseconds::max().count()))
    return Nanoseconds::max();
  if (nanoseconds <= static_cast<long double>(Nanoseconds::min().count()))
    return Nanoseconds::min();
  return Nanoseconds(static_cast<std::int64_t>(nanoseconds));
}

std::optional<ChronoPoint> point_at(std::string_view type, const void *address) {
  constexpr std::string_view point = "std::chrono::time_point<";
  const std::size_t at = type.find(point);
  if (at == std::string_view::npos)
    return std::nullopt;
  const std::string clock = between(type.substr(at), point, ",>");
  const bool is_date = clock == "std::chrono::system_clock" || clock == "std::chrono::_V2::system_clock";
  const bool is_steady = clock == "std::chrono::steady_clock" || clock == "std::chrono::_V2::steady_clock";
  const auto span = span_at(type.substr(at + point.size()), address);
  if ((!is_date && !is_steady) || !span)
    return std::nullopt;
  return ChronoPoint{is_steady ? ClockKind::steady : ClockKind::date, *span};
}

} // namespace tripwire::plugins
