#include "hints.hpp"

#include <tripwire/plugin_mock.hpp>

namespace tripwire::plugins {

namespace {

std::string text(const plugin::Description &call, std::string_view name) {
  const auto *found = call.get<std::string>(name);
  return found == nullptr ? std::string() : *found;
}

std::string quoted(const plugin::Description &call, std::string_view name) { return plugin::literal(text(call, name)); }

/// What is known of the file by its whole name: a test may run in another folder.
bool writes(const plugin::Description &call) {
  for (const auto &[name, said] : call.firewall())
    if (name == "mode")
      return said == "write";
  return false;
}

/// Optional fields are left to whoever wants them.
bool is_said(const plugin::Description &interaction, std::string_view name) {
  const plugin::Field *field = interaction.find(name);
  return field != nullptr && field->need == plugin::Need::required;
}

/// Flags, modes and numbers are C++ as they are, unless the word takes them as text.
std::string as_cpp(const std::string &operation, std::string_view name, const std::string &said) {
  const bool is_number = said.find_first_not_of("0123456789") == std::string::npos;
  const bool is_text = (name == "modified" && !is_number) || (operation != "open" && name == "flags") ||
                       (operation == "chmod" && !is_number);
  return is_text ? plugin::literal(said) : said;
}

} // namespace

std::string file_mock_statement(const plugin::Description &call) {
  const std::string operation = text(call, "operation");
  const std::string of_files = "tripwire::file_io.";
  if (operation == "list" || operation == "chdir")
    return of_files + "mock_directory(" + quoted(call, "path") + ");";
  if (operation == "open" && writes(call))
    return of_files + "mock_file(" + quoted(call, "path") + ");";
  if (operation == "open" || operation == "stat" || operation == "access" || operation == "read" ||
      operation == "realpath" || operation == "getxattr" || operation == "setxattr" || operation == "listxattr" ||
      operation == "removexattr")
    return of_files + "mock_file(" + quoted(call, "path") + ", \"\");";
  return of_files + "mock_operation(" + plugin::literal(operation) + ", " +
         quoted(call, call.find("path") != nullptr ? "path" : "src") + ");";
}

std::string file_assert_statement(const plugin::Description &interaction) {
  const std::string operation = text(interaction, "operation");
  const std::string path = quoted(interaction, interaction.find("path") != nullptr ? "path" : "src");
  if (interaction.find("raised") != nullptr)
    return "tripwire::file_io.assert_failed(" + plugin::literal(operation) + ", " + path + ", " +
           text(interaction, "raised") + ");";
  std::string line = "tripwire::file_io.assert_" + operation + "(" + path;
  if (interaction.find("name") != nullptr) { // of an extended attribute
    line += ", " + quoted(interaction, "name");
    for (const char *name : {"data", "flags"})
      if (is_said(interaction, name))
        line += ", " + quoted(interaction, name);
    return line + ");";
  }
  if (interaction.find("dst") != nullptr)
    line += ", " + quoted(interaction, "dst");
  for (const char *name : {"owner", "group", "size", "modified", "flags", "mode"})
    if (is_said(interaction, name))
      line += ", " + as_cpp(operation, name, text(interaction, name));
  if (operation == "read" || operation == "write" || operation == "symlink" || operation == "readlink")
    line += interaction.find("data") == nullptr ? ", tripwire::anything" : ", " + quoted(interaction, "data");
  return line + ");";
}

} // namespace tripwire::plugins
