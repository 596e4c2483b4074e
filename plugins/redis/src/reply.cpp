// replies --> the protocol of Redis; arguments --> text and matchers
#include <tripwire/plugins/redis_reply.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace tripwire::plugins {

namespace {

/// Decides over arguments; those of forked children arrive as they are printed.
class OfArguments final : public Matcher::Body {
public:
  explicit OfArguments(std::vector<Matcher> arguments) : arguments_(std::move(arguments)) {}

  bool matches(const Value &value) const override {
    const auto *given = value.as<RedisArguments>();
    if (given == nullptr) {
      std::string expected;
      std::string printed;
      seam::Out expected_out(expected);
      seam::Out printed_out(printed);
      describe(expected_out, nullptr);
      tripwire::print(printed_out, value);
      return printed == expected;
    }
    return std::equal(arguments_.begin(), arguments_.end(), given->list.begin(), given->list.end(),
                      [](const Matcher &matcher, const RedisArgument &argument) {
                        if (argument.is_secret || matcher.is_wildcard())
                          return matcher.is_wildcard();
                        const AnyValue text(argument.text);
                        return matcher.holds(text.view());
                      });
  }

  void describe(seam::Out &out, const seam::Parameter *) const override {
    if (arguments_.empty())
      out.put("no arguments");
    for (std::size_t index = 0; index < arguments_.size(); ++index) {
      if (index != 0)
        out.put(", ");
      arguments_[index].describe(out);
    }
  }

private:
  std::vector<Matcher> arguments_;
};

} // namespace

std::string RedisReply::bulk(std::string_view text) {
  return "$" + std::to_string(text.size()) + "\r\n" + std::string(text) + "\r\n";
}

RedisPart RedisReply::line(char type, std::string_view text) {
  std::string said = type + std::string(text);
  std::replace_if(
      said.begin(), said.end(), [](char c) { return c == '\r' || c == '\n'; }, ' '); // as Redis does
  return RedisPart(said + "\r\n");
}

RedisPart RedisReply::real(double number) {
  if (std::isnan(number))
    return line(',', "nan");
  if (std::isinf(number))
    return line(',', number > 0 ? "inf" : "-inf");
  char digits[40];
  for (int precision = 15; precision <= 17; ++precision) { // as many as it takes
    std::snprintf(digits, sizeof digits, "%.*g", precision, number);
    if (std::strtod(digits, nullptr) == number)
      break;
  }
  return line(',', digits);
}

RedisPart RedisReply::verbatim(std::string_view format, std::string_view text) {
  std::string made = bulk(std::string(format) + ":" + std::string(text));
  made[0] = '=';
  return RedisPart(made);
}

RedisPart RedisReply::paired(char type, Pairs pairs) {
  std::string made = type + std::to_string(pairs.size()) + "\r\n";
  for (const auto &[key, value] : pairs)
    made += key.text_ + value.text_;
  return RedisPart(made);
}

RedisPart RedisReply::listed(char type, std::initializer_list<RedisReply> list) {
  std::string made = array(list.begin(), list.size());
  made[0] = type;
  return RedisPart(made);
}

std::string RedisReply::array(const RedisReply *first, std::size_t count) {
  std::string text = "*" + std::to_string(count) + "\r\n";
  for (std::size_t index = 0; index < count; ++index)
    text += first[index].text_;
  return text;
}

void tripwire_print(seam::Out &out, const RedisArguments &arguments) {
  if (arguments.list.empty() && !out.pasting())
    out.put("no arguments");
  for (std::size_t index = 0; index < arguments.list.size(); ++index) {
    if (index != 0)
      out.put(", ");
    if (!arguments.list[index].is_secret)
      out.put_quoted(arguments.list[index].text);
    else
      out.put(out.pasting() ? "tripwire::anything" : "(secret)");
  }
}

Matcher detail::redis_arguments(std::vector<Matcher> arguments) {
  return Matcher(std::make_shared<OfArguments>(std::move(arguments)));
}

} // namespace tripwire::plugins
