#include "tables.hpp"

#include <cstdio>

namespace tripwire::manifest {

namespace {

std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (const char letter : text) {
    const auto code = static_cast<unsigned char>(letter);
    if (letter == '"' || letter == '\\' || letter == '?') {
      out += std::string("\\") + letter;
    } else if (code < 0x20 || code == 0x7f) {
      char octal[5];
      std::snprintf(octal, sizeof octal, "\\%03o", static_cast<unsigned>(code));
      out += octal;
    } else {
      out += letter;
    }
  }
  return out + '"';
}

/// `constexpr T name[] = {...};`; nothing where there are no rows, which an array cannot have.
std::string table(const std::string &type, const std::string &name, const std::string &rows) {
  return rows.empty() ? "" : "constexpr " + type + ' ' + name + "[] = {\n" + rows + "};\n";
}

std::string reference(const std::string &name, const std::string &rows) { return rows.empty() ? "{}" : name; }

std::string request_rows(const config::Plugin &plugin) {
  std::string rows;
  for (const config::RequestField &field : plugin.request) {
    rows += "    {" + quoted(field.name) + ", FieldKind::" + config::word(field.kind) + "},\n";
  }
  return rows;
}

std::string scheme_rows(const config::Plugin &plugin) {
  std::string rows;
  for (const auto &[name, port] : plugin.schemes) {
    rows += "    {" + quoted(name) + ", " + std::to_string(port) + "},\n";
  }
  return rows;
}

std::string transition_rows(const config::Machine &machine) {
  std::string rows;
  for (const config::Transition &each : machine.transitions) {
    if (each.handle.empty()) {
      rows += "    {" + quoted(each.call) + ", " + quoted(each.from) + ", " + quoted(each.to) + "},\n";
    }
  }
  return rows;
}

} // namespace

std::string manifest_tables(const config::Plugin &plugin) {
  std::string tables;
  std::string machines;
  for (const config::Machine &machine : plugin.machines) {
    const std::string rows = transition_rows(machine);
    const std::string name = "transitions_" + std::to_string(&machine - plugin.machines.data());
    tables += table("Transition", name, rows);
    if (!rows.empty()) {
      machines += "    {" + quoted(machine.name) + ", " + quoted(machine.initial) + ", " + name + "},\n";
    }
  }
  const std::string request = request_rows(plugin);
  const std::string schemes = scheme_rows(plugin);
  tables += table("RequestField", "request", request) + table("Scheme", "schemes", schemes) +
            table("Machine", "machines", machines);
  const std::string scope = "tripwire_manifest_tables_" + plugin.name;
  const std::string of = "tripwire_manifest_" + plugin.name;
  return "// seams.yaml --(tripwire-manifest)--> what the plugin's own code knows of it\n"
         "#include <tripwire/plugin_manifest.hpp>\n\n"
         "namespace " +
         scope + " {\nusing namespace tripwire::plugin;\n" + tables + "constexpr Manifest manifest{" +
         quoted(plugin.name) + ", " + (plugin.safe ? "true" : "false") + ", " + reference("request", request) + ", " +
         reference("schemes", schemes) + ", " + reference("machines", machines) + "};\n} // namespace " + scope +
         "\n\nextern const tripwire::plugin::Manifest " + of + ";\nconstexpr tripwire::plugin::Manifest " + of + " = " +
         scope + "::manifest;\n";
}

} // namespace tripwire::manifest
