#include "format.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <cwchar>
#include <optional>

namespace tripwire::plugins {

namespace {

// What one conversion makes, of any length.
template <class... Values> void append(std::string &out, const std::string &conversion, Values... values) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
  const int size = std::snprintf(nullptr, 0, conversion.c_str(), values...);
  if (size <= 0)
    return;
  const std::size_t before = out.size();
  out.resize(before + static_cast<std::size_t>(size) + 1);
  std::snprintf(&out[before], static_cast<std::size_t>(size) + 1, conversion.c_str(), values...);
  out.pop_back();
#pragma GCC diagnostic pop
}

// `%-*.3ld`, taken apart: positions (`%2$s`) are gone, stars are the numbers they stand for.
struct Conversion {
  std::string flags_and_width; ///< with the percent sign, up to the length
  std::string length;
  char letter = '\0';
  std::optional<std::size_t> position; ///< of its argument, from 0; none: the next one
};

class Formatter {
public:
  Formatter(const char *format, const std::vector<FormatArgument> &arguments, int error)
      : at_(format), arguments_(arguments), error_(error) {}

  std::string run() {
    while (*at_ != '\0') {
      const char *percent = std::strchr(at_, '%');
      if (percent == nullptr) {
        out_ += at_;
        break;
      }
      out_.append(at_, percent);
      at_ = percent;
      convert();
    }
    return std::move(out_);
  }

private:
  void convert() {
    const char *start = at_;
    lacks_ = false;
    const Conversion conversion = read();
    if (conversion.letter == '\0' || lacks_ || !print(conversion))
      out_.append(start, at_);
  }

  Conversion read() {
    Conversion read;
    read.flags_and_width = "%";
    ++at_;
    read.position = position();
    while (*at_ != '\0' && std::strchr("-+ #0'I", *at_) != nullptr)
      read.flags_and_width += *at_++;
    number(read.flags_and_width);
    if (*at_ == '.') {
      read.flags_and_width += *at_++;
      number(read.flags_and_width);
    }
    while (*at_ != '\0' && std::strchr("hlLqjzZt", *at_) != nullptr)
      read.length += *at_++;
    if (*at_ != '\0')
      read.letter = *at_++;
    return read;
  }

  // `2$`; leaves anything else where it is.
  std::optional<std::size_t> position() {
    const char *end = at_;
    std::size_t number = 0;
    while (*end >= '0' && *end <= '9')
      number = number * 10 + static_cast<std::size_t>(*end++ - '0');
    if (*end != '$' || number == 0)
      return std::nullopt;
    at_ = end + 1;
    return number - 1;
  }

  // A width or a precision: digits, or a star, which takes an argument.
  void number(std::string &into) {
    if (*at_ != '*') {
      while (*at_ >= '0' && *at_ <= '9')
        into += *at_++;
      return;
    }
    ++at_;
    const FormatArgument *argument = take(position());
    const int value = argument == nullptr ? 0 : static_cast<int>(argument->integer);
    // A negative precision is none at all, a negative width is a flag.
    if (!into.empty() && into.back() == '.' && value < 0)
      into.pop_back();
    else
      into += std::to_string(value);
  }

  const FormatArgument *take(std::optional<std::size_t> position) {
    const std::size_t index = position ? *position : next_++;
    if (index < arguments_.size())
      return &arguments_[index];
    lacks_ = true;
    return nullptr;
  }

  static bool is_long(const std::string &length) { return length == "l" || length == "ll" || length == "q"; }

  void print_integer(const Conversion &conversion, std::int64_t value) {
    const std::string text = conversion.flags_and_width + conversion.length + conversion.letter;
    const std::string &length = conversion.length;
    if (length == "l")
      append(out_, text, static_cast<long>(value));
    else if (length == "ll" || length == "q" || length == "L")
      append(out_, text, static_cast<long long>(value));
    else if (length == "j")
      append(out_, text, static_cast<std::intmax_t>(value));
    else if (length == "z" || length == "Z")
      append(out_, text, static_cast<std::size_t>(value));
    else if (length == "t")
      append(out_, text, static_cast<std::ptrdiff_t>(value));
    else
      append(out_, text, static_cast<int>(value)); // also for h and hh, which the conversion narrows
  }

  void print_floating(const Conversion &conversion, long double value) {
    const std::string text = conversion.flags_and_width + conversion.length + conversion.letter;
    if (conversion.length == "L")
      append(out_, text, value);
    else
      append(out_, text, static_cast<double>(value));
  }

  void print_text(const Conversion &conversion, const void *text) {
    const bool is_wide = conversion.letter == 'S' || is_long(conversion.length);
    if (is_wide)
      append(out_, conversion.flags_and_width + "ls", static_cast<const wchar_t *>(text));
    else
      append(out_, conversion.flags_and_width + "s", static_cast<const char *>(text));
  }

  void print_character(const Conversion &conversion, std::int64_t letter) {
    if (conversion.letter == 'C' || is_long(conversion.length))
      append(out_, conversion.flags_and_width + "lc", static_cast<std::wint_t>(letter));
    else
      append(out_, conversion.flags_and_width + "c", static_cast<int>(letter));
  }

  // The program gets the number of characters so far.
  void store(const Conversion &conversion, const void *into) {
    void *place = const_cast<void *>(into);
    const std::string &length = conversion.length;
    if (place == nullptr)
      return;
    if (length == "hh")
      *static_cast<signed char *>(place) = static_cast<signed char>(out_.size());
    else if (length == "h")
      *static_cast<short *>(place) = static_cast<short>(out_.size());
    else if (length.empty())
      *static_cast<int *>(place) = static_cast<int>(out_.size());
    else
      *static_cast<std::int64_t *>(place) = static_cast<std::int64_t>(out_.size());
  }

  // Whether the letter is one that libc knows.
  bool print(const Conversion &conversion) {
    if (conversion.letter == '%') {
      out_ += '%';
      return true;
    }
    if (conversion.letter == 'm') {
      errno = error_;
      append(out_, conversion.flags_and_width + "m");
      return true;
    }
    if (std::strchr("diouxXcCsSpnfFeEgGaA", conversion.letter) == nullptr)
      return false;
    const FormatArgument *argument = take(conversion.position);
    if (argument == nullptr)
      return false;
    switch (conversion.letter) {
    case 'c':
    case 'C':
      print_character(conversion, argument->integer);
      break;
    case 's':
    case 'S':
      print_text(conversion, argument->pointer);
      break;
    case 'p':
      append(out_, conversion.flags_and_width + "p", argument->pointer);
      break;
    case 'n':
      store(conversion, argument->pointer);
      break;
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
    case 'X':
      print_integer(conversion, argument->integer);
      break;
    default:
      print_floating(conversion, argument->floating);
      break;
    }
    return true;
  }

  const char *at_;
  const std::vector<FormatArgument> &arguments_;
  int error_;
  std::size_t next_ = 0;
  bool lacks_ = false; ///< an argument of the conversion at hand
  std::string out_;
};

} // namespace

std::string formatted(const char *format, const std::vector<FormatArgument> &arguments, int error) {
  return Formatter(format, arguments, error).run();
}

std::string formatted_list(const char *format, std::va_list arguments, int error) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  std::va_list measured;
  va_copy(measured, arguments);
  errno = error;
  const int size = std::vsnprintf(nullptr, 0, format, measured);
  va_end(measured);
  if (size <= 0)
    return {};
  std::string text(static_cast<std::size_t>(size) + 1, '\0');
  std::va_list written;
  va_copy(written, arguments);
  errno = error;
  std::vsnprintf(text.data(), text.size(), format, written);
  va_end(written);
  text.pop_back();
  return text;
#pragma GCC diagnostic pop
}

} // namespace tripwire::plugins
