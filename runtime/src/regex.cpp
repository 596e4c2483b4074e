// a regular expression --> a matcher; the one place that pays for <regex>
#include "regex.hpp"

#include "tripwire/matcher.hpp"
#include "tripwire/violation.hpp"

#include <memory>
#include <regex>
#include <string>
#include <utility>

namespace tripwire {

namespace {

using seam::Out;

class MatchRegex final : public Matcher::Body {
public:
  MatchRegex(std::string text, std::regex expression) : text_(std::move(text)), expression_(std::move(expression)) {}

  bool matches(const Value &value) const override {
    std::string_view characters;
    return characters_of(value, characters) && std::regex_match(characters.begin(), characters.end(), expression_);
  }
  void describe(Out &out, const seam::Parameter *) const override { out.put("text that matches ").put_quoted(text_); }

private:
  std::string text_;
  std::regex expression_;
};

} // namespace

namespace runtime {

std::string read_regex(const std::string &expression, Matcher &into) {
  try {
    std::regex compiled(expression, std::regex::ECMAScript | std::regex::optimize);
    into = Matcher(std::make_shared<MatchRegex>(expression, std::move(compiled)));
    return {};
  } catch (const std::regex_error &error) {
    return "bad regular expression \"" + expression + "\": " + error.what();
  }
}

} // namespace runtime

Matcher regex(std::string expression) {
  Matcher matcher;
  const std::string wrong = runtime::read_regex(expression, matcher);
  if (wrong.empty()) {
    return matcher;
  }
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.text = "ConfigurationError: " + wrong;
  raise(std::move(facts));
}

} // namespace tripwire
