// values --(json)--> the text of a JSON document, whatever bytes the values hold
#include "report/json.hpp"

#include <cstddef>
#include <cstdio>

namespace tripwire::runtime::report {

namespace {

constexpr bool continues(unsigned char byte) noexcept { return (byte & 0xc0u) == 0x80u; }

/// How many bytes the character at the front of \p text has; 0 when it is none: overlong, a surrogate, cut short.
std::size_t character_length(std::string_view text) noexcept {
  const auto at = [text](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const unsigned char first = at(0);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xc2 ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
  if (length == 0 || length > text.size()) {
    return 0;
  }
  for (std::size_t index = 1; index < length; ++index) {
    if (!continues(at(index))) {
      return 0;
    }
  }
  const bool is_overlong = (first == 0xe0 && at(1) < 0xa0) || (first == 0xf0 && at(1) < 0x90);
  const bool is_outside = (first == 0xed && at(1) >= 0xa0) || (first == 0xf4 && at(1) >= 0x90);
  return is_overlong || is_outside ? 0 : length;
}

void escape(std::string &into, char c) {
  switch (c) {
  case '"':
    into += "\\\"";
    return;
  case '\\':
    into += "\\\\";
    return;
  case '\n':
    into += "\\n";
    return;
  case '\t':
    into += "\\t";
    return;
  default:
    break;
  }
  if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
    into += c;
    return;
  }
  char digits[8];
  std::snprintf(digits, sizeof digits, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
  into += digits;
}

} // namespace

void Json::separate() {
  if (!is_first_) {
    text_ += ',';
  }
  is_first_ = false;
}

Json &Json::open(char bracket) {
  separate();
  text_ += bracket;
  is_first_ = true;
  return *this;
}

Json &Json::close(char bracket) {
  text_ += bracket;
  is_first_ = false;
  return *this;
}

Json &Json::key(std::string_view name) {
  text(name);
  text_ += ':';
  is_first_ = true;
  return *this;
}

Json &Json::text(std::string_view value) {
  separate();
  text_ += '"';
  while (!value.empty()) {
    const std::size_t length = character_length(value);
    if (length == 0) {
      text_ += "\\ufffd";
    } else if (length == 1) {
      escape(text_, value.front());
    } else {
      text_ += value.substr(0, length);
    }
    value.remove_prefix(length == 0 ? 1 : length);
  }
  text_ += '"';
  return *this;
}

Json &Json::number(long long value) {
  separate();
  text_ += std::to_string(value);
  return *this;
}

Json &Json::boolean(bool value) {
  separate();
  text_ += value ? "true" : "false";
  return *this;
}

Json &Json::null() {
  separate();
  text_ += "null";
  return *this;
}

} // namespace tripwire::runtime::report
