// what a test writes behind tripwire::logging --> mocks of the current test, and fields of an assertion
#include "mock.hpp"
#include "plugin.hpp"

#include <memory>

namespace tripwire::plugins {

namespace {

LogMock &added(bool is_real, Matcher &&level, Matcher &&message, Place place) {
  return plugin::add(logging_plugin(), std::make_unique<LogMock>(is_real, std::move(level), std::move(message)), place);
}

} // namespace

LogExpected &Logging::expect(Matcher level, Matcher message, Place place) const {
  return added(false, std::move(level), std::move(message), place).expected;
}

LogPassThrough &Logging::let_pass(Matcher level, Matcher message, Place place) const {
  return added(true, std::move(level), std::move(message), place).pass_through;
}

void Logging::check_record(const char *word, Matcher level, Matcher message, Matcher logger,
                           std::optional<Matcher> facility, Place place) const {
  plugin::Assertion assertion(logging_plugin(), "tripwire::logging." + std::string(word) + "(...)", place);
  assertion.field("level", std::move(level)).field("message", std::move(message)).field("logger", std::move(logger));
  if (facility)
    assertion.field("facility", std::move(*facility));
  assertion.check();
}

} // namespace tripwire::plugins
