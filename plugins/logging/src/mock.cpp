#include "mock.hpp"

namespace tripwire::plugins {

namespace {

bool accepts(const Matcher &matcher, const plugin::Description &call, std::string_view name) {
  const plugin::Field *field = call.find(name);
  return field != nullptr && matcher.matches(field->value.view());
}

std::string text_of(const Matcher &matcher) {
  std::string text;
  seam::Out out(text);
  matcher.describe(out);
  return text;
}

std::string text_of(const plugin::Description &call, std::string_view name) {
  std::string text;
  seam::Out out(text);
  if (const auto *level = call.get<LogLevel>(name))
    seam::print(out, *level);
  else if (const auto *facility = call.get<LogFacility>(name))
    seam::print(out, *facility);
  else if (const auto *words = call.get<std::string>(name))
    seam::print(out, *words);
  return text;
}

} // namespace

bool LogMock::matches(const plugin::Description &call) const {
  return accepts(level_, call, "level") && accepts(message_, call, "message") &&
         (!logger || accepts(*logger, call, "logger")) && (!facility || accepts(*facility, call, "facility"));
}

std::string LogMock::describe() const {
  std::string text =
      std::string(is_real_ ? "pass_through" : "mock_log") + "(" + text_of(level_) + ", " + text_of(message_) + ")";
  if (logger)
    text += ".logger(" + text_of(*logger) + ")";
  if (facility)
    text += ".facility(" + text_of(*facility) + ")";
  return text;
}

std::vector<plugin::Difference> LogMock::compare(const plugin::Description &call) const {
  std::vector<plugin::Difference> differences;
  const auto add = [&](const char *name, const Matcher &matcher) {
    differences.push_back({name, text_of(matcher), text_of(call, name), accepts(matcher, call, name)});
  };
  add("level", level_);
  add("message", message_);
  if (logger)
    add("logger", *logger);
  if (facility)
    add("facility", *facility);
  return differences;
}

} // namespace tripwire::plugins
