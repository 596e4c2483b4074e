#include "hints.hpp"

#include "mock.hpp"
#include "span.hpp"

#include <cstdint>

namespace tripwire::plugins {

namespace {

std::string span_of(const plugin::Description &call) {
  const auto *span = call.get<ClockSpan>("duration");
  return span == nullptr ? "tripwire::anything"
                         : literal_of_span(std::chrono::nanoseconds(static_cast<std::int64_t>(*span)));
}

} // namespace

std::string clock_mock_statement(const plugin::Description &call) {
  return call.find("duration") == nullptr ? "tripwire::clock.mock_now(\"2026-01-01T00:00:00Z\");"
                                          : "tripwire::clock.mock_sleep(" + span_of(call) + ");";
}

std::string clock_assert_statement(const plugin::Description &interaction) {
  const std::string word = interaction.find("raised") == nullptr ? "assert_sleep(" : "assert_sleep_interrupted(";
  return "tripwire::clock." + word + span_of(interaction) + ");";
}

} // namespace tripwire::plugins
