// values and what is expected of them --> text, and matchers of fields
#include "value.hpp"

#include "sql.hpp"

#include <cmath>
#include <cstdio>

namespace tripwire::plugins {

namespace {

std::string hexadecimal(std::string_view bytes) {
  constexpr const char *digits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    const auto number = static_cast<unsigned char>(byte);
    text += digits[number >> 4u];
    text += digits[number & 15u];
  }
  return text;
}

std::string in_quotes(std::string_view text, char quote) {
  std::string made(1, quote);
  for (const char c : text)
    made += c == quote ? std::string(2, quote) : std::string(1, c);
  return made + quote;
}

std::string real_literal(double value) {
  if (std::isnan(value))
    return "NULL"; // as SQLite stores it
  if (std::isinf(value))
    return value > 0 ? "9e999" : "-9e999";
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  std::string made = text;
  return made.find_first_of(".e") == std::string::npos ? made + ".0" : made;
}

/// A value as a matcher of its plain type sees it.
Value plain_view(const SqliteValue &value) {
  return std::visit(
      [](const auto &plain) -> Value {
        using T = std::decay_t<decltype(plain)>;
        if constexpr (std::is_same_v<T, SqliteBlob>)
          return {&plain.bytes, &seam::type_of<std::string>(), nullptr, {}, false};
        else
          return {&plain, &seam::type_of<T>(), nullptr, {}, false};
      },
      value.any());
}

class IsValue final : public Matcher::Body {
public:
  explicit IsValue(SqliteValue value) : value_(std::move(value)) {}
  bool matches(const Value &value) const override {
    const auto *given = value.as<SqliteValue>();
    return given != nullptr && *given == value_;
  }
  void describe(seam::Out &out, const seam::Parameter *) const override { seam::print(out, value_); }

private:
  SqliteValue value_;
};

class HoldsValue final : public Matcher::Body {
public:
  explicit HoldsValue(Matcher matcher) : matcher_(std::move(matcher)) {}
  bool matches(const Value &value) const override {
    const auto *given = value.as<SqliteValue>();
    return given != nullptr && matcher_.holds(plain_view(*given));
  }
  void describe(seam::Out &out, const seam::Parameter *parameter) const override { matcher_.describe(out, parameter); }

private:
  Matcher matcher_;
};

class AreParameters final : public Matcher::Body {
public:
  explicit AreParameters(std::vector<Matcher> expected) : expected_(std::move(expected)) {}
  bool matches(const Value &value) const override {
    const auto *given = value.as<SqliteParameters>();
    if (given == nullptr || given->values.size() != expected_.size())
      return false;
    for (std::size_t index = 0; index < expected_.size(); ++index)
      if (!expected_[index].holds({&given->values[index], &seam::type_of<SqliteValue>(), nullptr, {}, false}))
        return false;
    return true;
  }
  void describe(seam::Out &out, const seam::Parameter *) const override {
    out.put("[");
    for (std::size_t index = 0; index < expected_.size(); ++index) {
      out.put(index == 0 ? "" : ", ");
      expected_[index].describe(out);
    }
    out.put("]");
  }

private:
  std::vector<Matcher> expected_;
};

} // namespace

bool operator==(const SqliteValue &one, const SqliteValue &other) { return one.any() == other.any(); }

void tripwire_print(seam::Out &out, const SqliteValue &value) {
  if (std::holds_alternative<std::nullptr_t>(value.any())) {
    out.put(out.pasting() ? "nullptr" : "NULL");
  } else if (const auto *integer = std::get_if<std::int64_t>(&value.any())) {
    out.put_signed(*integer);
  } else if (const auto *real = std::get_if<double>(&value.any())) {
    out.put_floating(*real);
  } else if (const auto *text = std::get_if<std::string>(&value.any())) {
    out.put_quoted(*text);
  } else if (const auto *blob = std::get_if<SqliteBlob>(&value.any())) {
    if (out.pasting())
      out.put("tripwire::sqlite.blob(").put_quoted(blob->bytes).put(")");
    else
      out.put("x'").put(hexadecimal(blob->bytes)).put("'");
  }
}

void tripwire_print(seam::Out &out, const SqliteParameters &parameters) {
  out.put(out.pasting() ? "{" : "[");
  bool is_first = true;
  for (const SqliteValue &value : parameters.values) {
    out.put(is_first ? "" : ", ");
    seam::print(out, value);
    is_first = false;
  }
  out.put(out.pasting() ? "}" : "]");
}

Matcher SqliteExpected::is(SqliteValue value) { return Matcher(std::make_shared<IsValue>(std::move(value))); }

Matcher SqliteExpected::holds(Matcher matcher) {
  return matcher.is_wildcard() ? matcher : Matcher(std::make_shared<HoldsValue>(std::move(matcher)));
}

Matcher parameters_are(std::initializer_list<SqliteExpected> expected) {
  std::vector<Matcher> matchers;
  for (const SqliteExpected &one : expected)
    matchers.push_back(one.matcher());
  return Matcher(std::make_shared<AreParameters>(std::move(matchers)));
}

SqliteSql::Made SqliteSql::of_text(std::string_view text) {
  const std::string shown = sql::first_statement(text).shown;
  return {matcher_for<std::string>(shown), shown};
}

std::string sql_literal(const SqliteValue &value) {
  struct Literal {
    std::string operator()(std::nullptr_t) const { return "NULL"; }
    std::string operator()(std::int64_t integer) const { return std::to_string(integer); }
    std::string operator()(double real) const { return real_literal(real); }
    std::string operator()(const std::string &text) const {
      return text.find('\0') == std::string::npos ? in_quotes(text, '\'')
                                                  : "CAST(x'" + hexadecimal(text) + "' AS TEXT)";
    }
    std::string operator()(const SqliteBlob &blob) const { return "x'" + hexadecimal(blob.bytes) + "'"; }
  };
  return std::visit(Literal(), value.any());
}

std::string sql_of_rows(const std::vector<std::string> &columns, const std::vector<std::vector<SqliteValue>> &rows) {
  std::string text = "SELECT ";
  for (std::size_t column = 0; column < columns.size(); ++column)
    text += (column == 0 ? "" : ", ") + (rows.empty() ? std::string("NULL") : "column" + std::to_string(column + 1)) +
            " AS " + in_quotes(columns[column], '"');
  if (rows.empty())
    return text + " WHERE 0";
  text += " FROM (VALUES";
  for (std::size_t row = 0; row < rows.size(); ++row) {
    text += row == 0 ? "(" : ",(";
    for (std::size_t column = 0; column < rows[row].size(); ++column)
      text += (column == 0 ? "" : ",") + sql_literal(rows[row][column]);
    text += ")";
  }
  return text + ")";
}

} // namespace tripwire::plugins
