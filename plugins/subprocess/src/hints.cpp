#include "hints.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugins/process_mock.hpp>

namespace tripwire::plugins {

namespace {

std::string path_of(const plugin::Description &call) {
  const auto *path = call.get<std::string>("path");
  return path == nullptr || path->empty() ? "nullptr" : plugin::literal(*path);
}

} // namespace

std::string subprocess_mock_statement(const plugin::Description &call) {
  if (const auto *name = call.get<std::string>("name"))
    return "tripwire::subprocess.mock_which(" + plugin::literal(*name) + ", " + path_of(call) + ");";
  return "tripwire::subprocess.mock_run(" + pasted_process_command(call) + ");";
}

std::string subprocess_assert_statement(const plugin::Description &interaction) {
  if (const auto *name = interaction.get<std::string>("name"))
    return "tripwire::subprocess.assert_which(" + plugin::literal(*name) + ", " + path_of(interaction) + ");";
  return "tripwire::subprocess.assert_run(" + pasted_process_command(interaction) + ")" +
         pasted_process_end(interaction) + ";";
}

} // namespace tripwire::plugins
