#include "hints.hpp"

#include "names.hpp"

#include <tripwire/plugin_mock.hpp>

namespace tripwire::plugins {

namespace {

template <class T> T value_of(const plugin::Description &record, std::string_view name) {
  const T *value = record.get<T>(name);
  return value == nullptr ? T{} : *value;
}

} // namespace

std::string log_mock_statement(const plugin::Description &call) {
  return "tripwire::logging.mock_log(" + name_of(value_of<LogLevel>(call, "level")) + ", " +
         plugin::literal(value_of<std::string>(call, "message")) + ");";
}

std::string log_assert_statement(const plugin::Description &interaction) {
  std::string text = "tripwire::logging." + word_of(value_of<LogLevel>(interaction, "level")) + "(" +
                     plugin::literal(value_of<std::string>(interaction, "message")) + ", " +
                     plugin::literal(value_of<std::string>(interaction, "logger"));
  const plugin::Field *facility = interaction.find("facility");
  if (facility != nullptr && facility->need == plugin::Need::required)
    text += ", " + name_of(value_of<LogFacility>(interaction, "facility"));
  return text + ");";
}

} // namespace tripwire::plugins
