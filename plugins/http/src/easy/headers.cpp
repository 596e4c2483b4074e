#include "headers.hpp"

#include <algorithm>

namespace tripwire::plugins::curl {

namespace {

// ASCII only and independent of the locale, as header names and host names are.
char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter; }

bool same_letter(char left, char right) { return lower(left) == lower(right); }

} // namespace

bool same_name(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), same_letter);
}

bool contains_ignoring_case(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same_letter) != text.end();
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos)
    return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

const std::string *find_header(const HeaderList &headers, std::string_view name) {
  for (const auto &[each, value] : headers)
    if (same_name(each, name))
      return &value;
  return nullptr;
}

std::pair<std::string, std::string> split_header(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos)
    return {std::string(trimmed(line)), std::string()};
  return {std::string(trimmed(line.substr(0, colon))), std::string(trimmed(line.substr(colon + 1)))};
}

} // namespace tripwire::plugins::curl
