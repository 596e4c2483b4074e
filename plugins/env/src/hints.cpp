#include "hints.hpp"

#include "mock.hpp"

#include <tripwire/plugin_mock.hpp>

#include <cstring>

namespace tripwire::plugins {

namespace {

/// A literal; what is no text is a secret, or not set.
std::string argument(const plugin::Description &call, std::string_view name) {
  if (const auto *text = call.get<std::string>(name))
    return plugin::literal(*text);
  const plugin::Field *field = call.find(name);
  return field == nullptr || field->value.empty() ? "tripwire::anything" : "tripwire::unset";
}

bool keeps_what_is_there(const plugin::Description &call) {
  const auto *overwrite = call.get<bool>("overwrite");
  return overwrite != nullptr && !*overwrite;
}

} // namespace

std::string env_mock_statement(const plugin::Description &call) {
  const std::string operation = operation_of(call);
  std::string text = "tripwire::env.mock_" + operation + "(";
  if (operation != "clear")
    text += argument(call, "name");
  if (operation == "get")
    text += ", tripwire::unset";
  if (operation == "set")
    text += ", " + argument(call, "value");
  return text + ");";
}

std::string env_assert_statement(const plugin::Description &interaction) {
  const std::string operation = operation_of(interaction);
  const auto *raised = interaction.get<std::string>("raised");
  std::string text = "tripwire::env.assert_" + operation + (raised != nullptr ? "_failed(" : "(");
  if (operation != "clear")
    text += argument(interaction, "name");
  if (operation == "get" || operation == "set")
    text += ", " + argument(interaction, "value");
  if (keeps_what_is_there(interaction))
    text += ", false";
  if (raised != nullptr)
    text += (operation == "clear" ? "" : ", ") + *raised;
  return text + ");";
}

} // namespace tripwire::plugins
