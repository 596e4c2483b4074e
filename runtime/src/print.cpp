// values --> text: quoting, escaping, numbers; the parts of seam/out.hpp that need no template
#include "tripwire/seam/out.hpp"
#include "tripwire/seam/type.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>

namespace tripwire::seam {

namespace {

bool is_plain(unsigned char c) noexcept { return c >= 0x20 && c != 0x7f; }

bool is_octal(char c) noexcept { return c >= '0' && c <= '7'; }

/// Appends \p c escaped for a literal between \p quote; \p next is what follows, since an octal escape must not swallow
/// a digit.
void escape(std::string &text, char c, char next, char quote) {
  switch (c) {
  case '\n':
    text += "\\n";
    return;
  case '\r':
    text += "\\r";
    return;
  case '\t':
    text += "\\t";
    return;
  case '\\':
    text += "\\\\";
    return;
  default:
    break;
  }
  if (c == quote) {
    text += '\\';
    text += c;
    return;
  }
  if (is_plain(static_cast<unsigned char>(c))) {
    text += c;
    return;
  }
  char octal[5];
  const auto *format = is_octal(next) ? "\\%03o" : "\\%o";
  std::snprintf(octal, sizeof octal, format, static_cast<unsigned>(static_cast<unsigned char>(c)));
  text += octal;
}

/// What is pasted has no trigraph in it: of two question marks the second is escaped.
void quote(std::string &text, std::string_view content, bool is_pasted) {
  text += '"';
  for (std::size_t at = 0; at < content.size(); ++at) {
    if (is_pasted && at != 0 && content[at] == '?' && content[at - 1] == '?') {
      text += '\\';
    }
    escape(text, content[at], at + 1 < content.size() ? content[at + 1] : '\0', '"');
  }
  text += '"';
}

/// Reads as text: every byte is printable, white space, or part of a multi-byte character.
bool reads_as_text(std::string_view bytes) noexcept {
  for (const char c : bytes) {
    if (!is_plain(static_cast<unsigned char>(c)) && c != '\n' && c != '\r' && c != '\t') {
      return false;
    }
  }
  return true;
}

constexpr std::size_t shown_bytes = 64;
constexpr std::size_t shown_characters = 1024;

} // namespace

Out &Out::put(std::string_view text) {
  text_ += text;
  return *this;
}

Out &Out::put_quoted(std::string_view text) {
  if (pasting() && text.find('\0') != std::string_view::npos) {
    put("std::string_view(");
    quote(text_, text, true);
    put(", ").put_unsigned(text.size()).put(")");
    return *this;
  }
  if (!pasting() && text.size() > shown_characters) {
    quote(text_, text.substr(0, shown_characters), false);
    put("... (").put_unsigned(text.size()).put(" bytes)");
    return *this;
  }
  quote(text_, text, pasting());
  return *this;
}

Out &Out::put_bytes(std::string_view bytes) {
  if (pasting() || reads_as_text(bytes)) {
    return put_quoted(bytes);
  }
  put("bytes");
  const char *separator = " ";
  for (const char c : bytes.substr(0, shown_bytes)) {
    char digits[4];
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    put(separator).put(digits);
  }
  if (bytes.size() > shown_bytes) {
    put(" ... (").put_unsigned(bytes.size()).put(" bytes)");
  }
  return *this;
}

Out &Out::put_character(char c) {
  text_ += '\'';
  escape(text_, c, '\0', '\'');
  text_ += '\'';
  return *this;
}

Out &Out::put_signed(long long number) {
  if (pasting() && number == std::numeric_limits<long long>::min()) {
    return put("(-9223372036854775807LL - 1)"); // no literal has its absolute value
  }
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number);
  text_.append(digits, end.ptr);
  return *this;
}

Out &Out::put_unsigned(unsigned long long number) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number);
  text_.append(digits, end.ptr);
  if (pasting()) {
    text_ += 'u';
  }
  return *this;
}

template <class T> void put_floating_as(Out &out, T number) {
  if (std::isnan(number)) {
    // It equals nothing, itself included, and is on neither side of any number.
    out.put(out.pasting() ? "!(tripwire::at_most(0.0) || tripwire::at_least(0.0))" : "nan");
    return;
  }
  if (std::isinf(number)) {
    out.put(number < 0 ? "-" : "").put(out.pasting() ? "std::numeric_limits<double>::infinity()" : "inf");
    return;
  }
  char digits[40];
  const auto end = std::to_chars(digits, digits + sizeof digits, number);
  const std::string_view shown(digits, static_cast<std::size_t>(end.ptr - digits));
  out.put(shown);
  if (shown.find_first_of(".e") == std::string_view::npos) {
    out.put(".0");
  }
}

Out &Out::put_floating(double number) {
  put_floating_as(*this, number);
  return *this;
}

Out &Out::put_floating(float number) {
  put_floating_as(*this, number);
  return *this;
}

Out &Out::put_address(const void *address) {
  if (address == nullptr) {
    return put("nullptr");
  }
  if (pasting()) {
    return put("tripwire::not_null");
  }
  char digits[24];
  std::snprintf(digits, sizeof digits, "0x%llx",
                static_cast<unsigned long long>(reinterpret_cast<std::uintptr_t>(address)));
  return put(digits);
}

Out &Out::put_opaque(std::string_view type, std::size_t size) {
  if (pasting()) {
    return put("tripwire::anything");
  }
  return put("(").put(type).put(", ").put_unsigned(size).put(size == 1 ? " byte)" : " bytes)");
}

namespace detail {

void print_nothing_known(Out &out, const void *object) { out.put_address(object); }

void open_fields(Out &out, std::string_view type) {
  if (out.pasting()) {
    out.put("tripwire::fields(");
  } else {
    out.put(type).put("{");
  }
}

void open_field(Out &out, std::string_view type, std::string_view name, bool first) {
  if (!first) {
    out.put(", ");
  }
  if (out.pasting()) {
    out.put("tripwire::field(&").put(type).put("::").put(name).put(", ");
  } else {
    out.put(name).put(": ");
  }
}

void close_field(Out &out) {
  if (out.pasting()) {
    out.put(")");
  }
}

void close_fields(Out &out) { out.put(out.pasting() ? ")" : "}"); }

} // namespace detail

} // namespace tripwire::seam
