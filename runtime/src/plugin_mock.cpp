// what a test says of a call's fields --(FieldMock)--> whether it answers the call, and what messages say of it
#include "tripwire/plugin_mock.hpp"

#include <algorithm>

namespace tripwire::plugin {

namespace {

bool accepts(const Matcher &matcher, const Field *field) {
  return field != nullptr && !field->value.empty() && matcher.matches(field->value.view());
}

std::string text_of(const Matcher &matcher) {
  std::string text;
  seam::Out out(text);
  matcher.describe(out);
  return text;
}

std::string text_of(const Field *field) {
  if (field == nullptr || field->value.empty()) {
    return "nothing";
  }
  std::string text;
  seam::Out out(text);
  print(out, field->value.view());
  return text;
}

} // namespace

void FieldMock::only(std::string field, Matcher matcher) {
  const auto earlier = std::find_if(conditions_.begin(), conditions_.end(),
                                    [&](const Condition &one) { return !one.is_argument && one.field == field; });
  if (earlier != conditions_.end()) {
    earlier->matcher = std::move(matcher);
  } else {
    conditions_.push_back({std::move(field), std::move(matcher), false});
  }
}

bool FieldMock::matches(const Description &call) const {
  return std::all_of(conditions_.begin(), conditions_.end(),
                     [&](const Condition &one) { return accepts(one.matcher, call.find(one.field)); });
}

std::string FieldMock::describe() const {
  std::string arguments;
  std::string behind;
  for (const Condition &one : conditions_) {
    if (one.is_argument) {
      arguments += (arguments.empty() ? "" : ", ") + text_of(one.matcher);
    } else {
      behind += "." + one.field + "(" + text_of(one.matcher) + ")";
    }
  }
  return std::string(word_) + "(" + arguments + ")" + behind;
}

std::vector<Difference> FieldMock::compare(const Description &call) const {
  std::vector<Difference> differences;
  for (const Condition &one : conditions_) {
    const Field *field = call.find(one.field);
    differences.push_back({one.field, text_of(one.matcher), text_of(field), accepts(one.matcher, field)});
  }
  return differences;
}

std::string literal(std::string_view text) {
  std::string quoted;
  seam::Out out(quoted, seam::Style::paste);
  out.put_quoted(text);
  return quoted;
}

} // namespace tripwire::plugin
