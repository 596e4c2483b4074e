// a plugin's manifest --(reference)--> the part of its page that the manifest says already
#include "tool/reference.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"

#include <vector>

namespace tripwire::tool {
namespace {

/// A bar would end the cell, also within backquotes.
std::string cell(llvm::StringRef text) {
  std::string out;
  for (const char c : text)
    out += c == '|' ? std::string("\\|") : std::string(1, c);
  return out;
}

std::string code(llvm::StringRef text) { return "`" + cell(text) + "`"; }

std::string codes(const std::vector<std::string> &texts) {
  return llvm::join(llvm::map_range(texts, [](const std::string &text) { return code(text); }), " ");
}

std::string row(const std::vector<std::string> &cells) { return "| " + llvm::join(cells, " | ") + " |\n"; }

std::string header(const std::vector<std::string> &cells) {
  return row(cells) + row(std::vector<std::string>(cells.size(), "---"));
}

std::string library_of(const config::Plugin &plugin) {
  std::vector<std::string> parts;
  if (!plugin.library.header.empty())
    parts.push_back("`<" + plugin.library.header + ">`");
  if (!plugin.library.package.empty())
    parts.push_back("Debian's " + code(plugin.library.package));
  if (!plugin.library.versions.empty())
    parts.push_back("version " + cell(plugin.library.versions));
  return llvm::join(parts, ", ");
}

std::string request_of(const config::Plugin &plugin) {
  std::vector<std::string> names;
  for (const config::RequestField &field : plugin.request)
    names.push_back(field.name);
  return codes(names);
}

std::string schemes_of(const config::Plugin &plugin) {
  std::vector<std::string> schemes;
  for (const auto &[name, port] : plugin.schemes)
    schemes.push_back(code(name + "://") + (port == 0 ? "" : " (" + std::to_string(port) + ")"));
  return llvm::join(schemes, ", ");
}

const char *word(config::OptionType type) {
  switch (type) {
  case config::OptionType::boolean:
    return "boolean";
  case config::OptionType::integer:
    return "integer";
  case config::OptionType::text:
    return "text";
  case config::OptionType::list:
    return "list";
  }
  return "";
}

std::string settings_of(const config::Plugin &plugin) {
  std::vector<std::string> settings;
  for (const auto &[name, type] : plugin.options)
    settings.push_back(code(name) + ": " + word(type));
  return llvm::join(settings, ", ");
}

/// The plugin as a whole; what the manifest does not say is left out.
std::string facts_of(const config::Plugin &plugin) {
  std::string table = header({plugin.name, ""});
  const auto fact = [&](const char *name, const std::string &value) {
    if (!value.empty())
      table += row({name, value});
  };
  fact("library", library_of(plugin));
  fact("is on",
       plugin.opt_in ? "where `plugins:` names it" : "unless `plugins:` or `disabled_plugins:` says otherwise");
  fact("outside a sandbox", plugin.safe ? "calls do no harm: rules and guard that let them through suffice"
                                        : "refused, unless a rule or the guard says otherwise");
  fact("rules name", request_of(plugin));
  fact("rules as URLs", schemes_of(plugin));
  fact("assertions name", codes(plugin.fields));
  fact("settings", settings_of(plugin));
  return table;
}

std::string pattern_of(const config::Seam &seam) {
  std::string text = seam.kind == config::SeamKind::function ? "" : std::string(config::word(seam.kind)) + " ";
  text += code(seam.pattern);
  if (!seam.except.empty())
    text += " but " + codes(seam.except);
  return text;
}

std::string failure_of(const config::Seam &seam) {
  if (!seam.failure)
    return "";
  std::vector<std::string> parts;
  if (!seam.failure->returns.empty())
    parts.push_back("returns " + code(seam.failure->returns));
  if (!seam.failure->errno_name.empty())
    parts.push_back("`errno` is " + code(seam.failure->errno_name));
  return llvm::join(parts, ", ");
}

std::string seams_of(const config::Plugin &plugin) {
  if (plugin.seams.empty())
    return "";
  std::string table = "\n" + header({"seam", "refused in C"});
  for (const config::Seam &seam : plugin.seams)
    table += row({pattern_of(seam), failure_of(seam)});
  return table;
}

std::string machine_text(const config::Machine &machine) {
  const bool is_moved_by_calls =
      llvm::any_of(machine.transitions, [](const config::Transition &it) { return !it.handle.empty(); });
  std::string table =
      "\n" + header({is_moved_by_calls ? "call" : "operation", machine.name + ", from", "to", "after a failure"});
  for (const config::Transition &transition : machine.transitions)
    table += row({code(transition.call), transition.from, transition.to,
                  transition.on_failure == transition.from ? "" : transition.on_failure});
  return table;
}

} // namespace

std::string reference(const config::Plugin &plugin) {
  std::string text = facts_of(plugin) + seams_of(plugin);
  for (const config::Machine &machine : plugin.machines)
    text += machine_text(machine);
  return text;
}

} // namespace tripwire::tool
