// text --> letters: bytes, and in a pattern the wildcards, which no byte is mistaken for
//
// Requests and rules are both normalised as letters, by the same functions.
#ifndef TRIPWIRE_SRC_FIREWALL_LETTERS_HPP
#define TRIPWIRE_SRC_FIREWALL_LETTERS_HPP

#include <optional>
#include <string>
#include <string_view>

namespace tripwire::runtime {

/// Bytes as 0 to 255, then the wildcards.
using Letters = std::u16string;
constexpr char16_t star = 0x100;        ///< `*`: within one part
constexpr char16_t double_star = 0x101; ///< `**`: any parts

enum class Wildcards : unsigned char { no, yes };
enum class Percent : unsigned char {
  kept,
  decoded, ///< `%41` is `A`, once: `%2541` is `%41`. What is no escape stays as it is
};

/// A `*` that stands in the text as `%2A` is a byte, also in a pattern.
Letters letters_of(std::string_view text, Wildcards wildcards, Percent percent);

/// The bytes; wildcards as `*` and `**`.
std::string text_of(const Letters &letters);

bool has_wildcard(const Letters &letters) noexcept;

/// Without empty and `.` parts, and without `..` and the part before it. Absent when that part holds a wildcard, since
/// nobody knows then what is left.
std::optional<Letters> resolved_path(const Letters &path);

/// In lower case, without brackets and without a dot at the end. An address in its one spelling; each name and address
/// of this machine's loopback is `localhost`.
Letters resolved_host(const Letters &host);

} // namespace tripwire::runtime

#endif
