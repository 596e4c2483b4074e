// what a test writes for a value, parameters, a statement --> what the plugin compares and puts into rows
#ifndef TRIPWIRE_PLUGINS_SQLITE_VALUE_HPP
#define TRIPWIRE_PLUGINS_SQLITE_VALUE_HPP

#include <tripwire/matcher.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace tripwire::plugins {

/// Bytes that are no text.
struct SqliteBlob {
  std::string bytes;
};
inline bool operator==(const SqliteBlob &one, const SqliteBlob &other) { return one.bytes == other.bytes; }

/// A value of one of SQLite's types: `nullptr` is NULL, `7` INTEGER, `7.0` REAL, `"seven"` TEXT.
class SqliteValue {
public:
  SqliteValue() = default;
  SqliteValue(std::nullptr_t) {} // NOLINT: stands for a value
  template <class T, std::enable_if_t<std::is_integral_v<T>, int> = 0>
  SqliteValue(T value) : value_(static_cast<std::int64_t>(value)) {} // NOLINT: stands for a value
  template <class T, std::enable_if_t<std::is_floating_point_v<T>, int> = 0>
  SqliteValue(T value) : value_(static_cast<double>(value)) {} // NOLINT: stands for a value
  template <class T, std::enable_if_t<detail::is_text_v<T>, int> = 0>
  SqliteValue(const T &text) : value_(std::string(std::string_view(text))) {} // NOLINT: stands for a value
  SqliteValue(SqliteBlob blob) : value_(std::move(blob)) {}                   // NOLINT: stands for a value

  using Any = std::variant<std::nullptr_t, std::int64_t, double, std::string, SqliteBlob>;
  const Any &any() const noexcept { return value_; }

private:
  Any value_ = nullptr;
};
/// Values of different types are different: 7 is not 7.0.
bool operator==(const SqliteValue &one, const SqliteValue &other);
void tripwire_print(seam::Out &out, const SqliteValue &value);

/// What was bound to a statement, by index from 1.
struct SqliteParameters {
  std::vector<SqliteValue> values;
};
/// `[7, "Ada", NULL]`
void tripwire_print(seam::Out &out, const SqliteParameters &parameters);

/// A value or a matcher, for one parameter. A matcher gets the number, the text, the bytes.
class SqliteExpected {
public:
  template <class T> SqliteExpected(const T &expected) : matcher_(made(expected)) {} // NOLINT: stands for a matcher

  const Matcher &matcher() const noexcept { return matcher_; }

private:
  static Matcher is(SqliteValue value);
  static Matcher holds(Matcher matcher);
  template <class T> static Matcher made(const T &expected) {
    if constexpr (std::is_convertible_v<const T &, Matcher>)
      return holds(expected);
    else
      return is(SqliteValue(expected));
  }

  Matcher matcher_;
};

/// All parameters of a statement, each as expected.
Matcher parameters_are(std::initializer_list<SqliteExpected> expected);

/// A statement as a test writes it: text, which is compared without regard to spaces, comments apart; or a matcher for
/// that text with single spaces and no semicolon.
class SqliteSql {
public:
  template <class T> explicit SqliteSql(const T &expected) : SqliteSql(made(expected)) {}

  const Matcher &matcher() const noexcept { return matcher_; }
  /// Empty for a matcher.
  const std::string &text() const noexcept { return text_; }

private:
  struct Made {
    Matcher matcher;
    std::string text;
  };
  explicit SqliteSql(Made made) : matcher_(std::move(made.matcher)), text_(std::move(made.text)) {}
  static Made of_text(std::string_view text);
  template <class T> static Made made(const T &expected) {
    if constexpr (detail::is_text_v<T>)
      return of_text(std::string_view(expected));
    else
      return Made{matcher_for<std::string>(expected), {}};
  }

  Matcher matcher_;
  std::string text_;
};

} // namespace tripwire::plugins

#endif
