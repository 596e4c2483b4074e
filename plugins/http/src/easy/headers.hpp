// header lines <-> names and values, compared as HTTP does
#ifndef TRIPWIRE_PLUGINS_HTTP_HEADERS_HPP
#define TRIPWIRE_PLUGINS_HTTP_HEADERS_HPP

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tripwire::plugins::curl {

/// Names and values in the order of the message; names may repeat.
using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// Whether two names, schemes or hosts are equal without regard to ASCII case.
bool same_name(std::string_view left, std::string_view right);

/// Whether \p text holds \p part, without regard to ASCII case.
bool contains_ignoring_case(std::string_view text, std::string_view part);

std::string lower_case(std::string_view text);
std::string_view trimmed(std::string_view text);

/// The value of the first header of that name; null when there is none.
const std::string *find_header(const HeaderList &headers, std::string_view name);

/// `Name: value` taken apart, blanks around the value dropped. A line without a colon is a name without a value.
std::pair<std::string, std::string> split_header(std::string_view line);

} // namespace tripwire::plugins::curl

#endif
