#include "mock.hpp"

#include "hints.hpp"
#include "secret.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>

#include <limits>

namespace tripwire::plugins {

namespace {

std::string text_of(const Matcher &matcher) {
  std::string text;
  seam::Out out(text);
  matcher.describe(out);
  return text;
}

bool accepts(const Matcher &matcher, const plugin::Description &call, std::string_view name) {
  const plugin::Field *field = call.find(name);
  // What is not recorded cannot be compared: the name decides.
  return field != nullptr && (field->value.empty() || matcher.matches(field->value.view()));
}

std::string shown(const plugin::Description &call, std::string_view name) {
  const plugin::Field *field = call.find(name);
  if (field == nullptr || field->value.empty())
    return field == nullptr ? "nothing" : "(secret)";
  std::string text;
  seam::Out out(text);
  tripwire::print(out, field->value.view());
  return text;
}

bool hides_value(const plugin::Description &call) {
  const plugin::Field *value = call.find("value");
  return value != nullptr && value->value.empty();
}

} // namespace

const char *word_of(EnvOperation operation) noexcept {
  switch (operation) {
  case EnvOperation::get:
    return "get";
  case EnvOperation::set:
    return "set";
  case EnvOperation::unset:
    return "unset";
  case EnvOperation::clear:
    return "clear";
  }
  return "";
}

std::string operation_of(const plugin::Description &call) {
  const auto *operation = call.get<std::string>("operation");
  return operation == nullptr ? word_of(EnvOperation::get) : *operation;
}

std::string key_of(EnvOperation operation, const std::string &name) {
  return std::string(word_of(operation)) + " " + name;
}

EnvMock::EnvMock(Kind kind, EnvOperation operation, std::optional<EnvName> name,
                 std::shared_ptr<Environment> environment)
    : kind_(kind), operation_(operation), name_(std::move(name)), environment_(std::move(environment)),
      is_endless_(kind == Kind::variable) {
  if (kind == Kind::variable)
    set_times(std::numeric_limits<std::uint64_t>::max());
  if (kind == Kind::changed)
    set_always();
  if (kind == Kind::changed)
    set_required(false);
}

bool EnvMock::matches(const plugin::Description &call) const {
  if (kind_ == Kind::real)
    return operation_of(call) != "clear" && accepts(name_->matcher(), call, "name");
  if (operation_of(call) != word_of(operation_))
    return false;
  if (name_ && !accepts(name_->matcher(), call, "name"))
    return false;
  if (value && !accepts(*value, call, "value"))
    return false;
  if (operation_ != EnvOperation::get)
    return true;
  const auto *name = call.get<std::string>("name");
  return name != nullptr && !is_superseded_ && environment_->is_changed(*name) == (kind_ == Kind::changed);
}

std::string EnvMock::key() const {
  return kind_ != Kind::real && name_ && name_->literal() ? key_of(operation_, *name_->literal()) : std::string();
}

std::string EnvMock::describe() const {
  if (kind_ == Kind::changed)
    return "what the program has changed itself";
  std::string said = kind_ == Kind::real ? "pass_through" : "mock_" + std::string(word_of(operation_));
  said += "(" + (name_ ? text_of(name_->matcher()) : std::string());
  const bool is_hidden = name_ && name_->literal() && is_secret_variable(*name_->literal());
  if (kind_ == Kind::variable)
    said += ", " + (!text       ? std::string("tripwire::unset")
                    : is_hidden ? std::string("(secret)")
                                : plugin::literal(*text));
  if (value)
    said += ", " + (is_hidden ? std::string("(secret)") : text_of(*value));
  said += ")";
  return error ? said + ".fails(" + plugin::name_of_errno(*error) + ")" : said;
}

std::vector<plugin::Difference> EnvMock::compare(const plugin::Description &call) const {
  std::vector<plugin::Difference> differences;
  if (kind_ == Kind::changed)
    return differences;
  if (kind_ != Kind::real)
    differences.push_back({"operation", "\"" + std::string(word_of(operation_)) + "\"", shown(call, "operation"),
                           operation_of(call) == word_of(operation_)});
  if (name_)
    differences.push_back(
        {"name", text_of(name_->matcher()), shown(call, "name"), accepts(name_->matcher(), call, "name")});
  if (value && !hides_value(call))
    differences.push_back({"value", text_of(*value), shown(call, "value"), accepts(*value, call, "value")});
  return differences;
}

} // namespace tripwire::plugins
