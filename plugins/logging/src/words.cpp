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

template <class Self> Self &LogAnswer<Self>::only_logger(Matcher expected) {
  mock_->logger = std::move(expected);
  return static_cast<Self &>(*this);
}

template <class Self> Self &LogAnswer<Self>::only_facility(Matcher expected) {
  mock_->facility = std::move(expected);
  return static_cast<Self &>(*this);
}

template <class Self> Self &LogAnswer<Self>::times(std::uint64_t count) {
  mock_->set_times(count);
  return static_cast<Self &>(*this);
}

template <class Self> Self &LogAnswer<Self>::always() {
  mock_->set_always();
  return static_cast<Self &>(*this);
}

template <class Self> Self &LogAnswer<Self>::required(bool required) {
  mock_->set_required(required);
  return static_cast<Self &>(*this);
}

template class LogAnswer<LogExpected>;
template class LogAnswer<LogPassThrough>;

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
