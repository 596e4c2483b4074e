#include "hints.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugins/process_mock.hpp>

namespace tripwire::plugins {

std::string popen_mock_statement(const plugin::Description &call) {
  if (call.find("command") == nullptr) // a stream that another test, or a fixture, has opened
    return "tripwire::mock<&pclose>().returns(0);";
  const char *word = call.find("mode") == nullptr ? "pass_through(" : "new_session(";
  return "tripwire::popen." + std::string(word) + pasted_process_command(call) + ");";
}

std::string popen_assert_statement(const plugin::Description &interaction) {
  const auto *mode = interaction.get<std::string>("mode");
  const std::string end = pasted_process_end(interaction);
  if (mode == nullptr)
    return "tripwire::popen.assert_wait()" + end + ";";
  const bool is_plain = end == ".started()";
  return "tripwire::popen.assert_spawn" + std::string(is_plain ? "(" : "ed(") + pasted_process_command(interaction) +
         ", " + plugin::literal(*mode) + ")" + (is_plain ? "" : end) + ";";
}

} // namespace tripwire::plugins
