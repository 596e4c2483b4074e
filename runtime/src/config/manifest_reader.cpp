// NAME/seams.yaml --(manifest_reader)--> Plugin
#include "file_text.hpp"
#include "guarded.hpp"
#include "nearest.hpp"
#include "path_glob.hpp"
#include "reader.hpp"
#include "seam_reader.hpp"
#include "state_reader.hpp"
#include "version.hpp"

#include <tripwire/config/configuration.hpp>

#include <algorithm>
#include <utility>

namespace tripwire::config {

namespace {

std::string text_or_empty(MapReader &map, const std::string &key) {
  std::optional<Text> text = map.text(key);
  return text ? text->value : std::string();
}

std::vector<std::string> words(MapReader &map, const std::string &key) {
  std::vector<std::string> out;
  if (std::optional<std::vector<Text>> texts = map.texts(key))
    for (const Text &text : *texts)
      out.push_back(text.value);
  return out;
}

Library read_library(const Node::Entry &entry, Log &log) {
  MapReader map(entry, "'library'", log);
  Library library;
  library.package = text_or_empty(map, "package");
  library.header = text_or_empty(map, "header");
  library.versions = text_or_empty(map, "versions");
  map.reject_unknown_keys();
  return library;
}

std::optional<OptionType> option_type(const std::string &word) {
  if (word == "boolean")
    return OptionType::boolean;
  if (word == "integer")
    return OptionType::integer;
  if (word == "text")
    return OptionType::text;
  if (word == "list")
    return OptionType::list;
  return std::nullopt;
}

std::map<std::string, OptionType> read_options(const Node::Entry &entry, Log &log) {
  const std::vector<std::string> types = {"boolean", "integer", "text", "list"};
  std::map<std::string, OptionType> options;
  MapReader map(entry, "'options'", log);
  if (!map.is_map())
    return options;
  for (const Node::Entry &option : map.map().entries) {
    std::optional<Text> text = map.text(option.key);
    if (!text)
      continue;
    if (std::optional<OptionType> type = option_type(text->value))
      options.emplace(option.key, *type);
    else
      log.error(text->place, "an option is " + listed(types, "or") + ", not '" + text->value + '\'' +
                                 did_you_mean(text->value, types));
  }
  return options;
}

constexpr FieldKind kinds[] = {FieldKind::text, FieldKind::word, FieldKind::host,    FieldKind::port,
                               FieldKind::path, FieldKind::file, FieldKind::program, FieldKind::uri};

/// `{host: host, user: text}`
std::vector<RequestField> read_request(const Node::Entry &entry, Log &log) {
  std::vector<RequestField> fields;
  MapReader map(entry, "'request'", log);
  if (!map.is_map())
    return fields;
  std::vector<std::string> words;
  for (const FieldKind kind : kinds)
    words.emplace_back(word(kind));
  for (const Node::Entry &field : map.map().entries) {
    const std::optional<Text> text = map.text(field.key);
    const auto known = text ? std::find(words.begin(), words.end(), text->value) : words.end();
    if (known != words.end())
      fields.push_back({field.key, kinds[known - words.begin()]});
    else if (text)
      log.error(text->place, "a field of requests is spelled as " + listed(words, "or") + ", not '" + text->value +
                                 '\'' + did_you_mean(text->value, words));
  }
  return fields;
}

std::map<std::string, int> read_schemes(const Node::Entry &entry, Log &log) {
  std::map<std::string, int> schemes;
  MapReader map(entry, "'schemes'", log);
  if (!map.is_map())
    return schemes;
  for (const Node::Entry &scheme : map.map().entries) {
    std::optional<long long> port = as_integer(*scheme.value);
    if (port && *port >= 0 && *port <= 65535)
      schemes.emplace(scheme.key, static_cast<int>(*port));
    else
      log.error(place_of(scheme), '\'' + scheme.key + "' wants its own port, or 0, not " + described(*scheme.value));
  }
  return schemes;
}

/// Globs of headers, as they are included.
std::vector<std::string> read_layer(MapReader &map, Log &log) {
  std::vector<std::string> layer;
  if (std::optional<std::vector<Text>> texts = map.texts("layer"))
    for (const Text &text : *texts) {
      std::optional<std::string> wrong = what_is_wrong_with_glob(text.value);
      if (!wrong && (is_absolute(text.value) || parts(text.value).front() == ".."))
        wrong = "a layer names headers as they are included, not '" + text.value + '\'';
      if (!wrong && has_wildcard(parts(text.value).front()))
        wrong = "the first part of '" + text.value + "' is a wildcard: a layer names its library's own headers only";
      if (wrong)
        log.error(text.place, *wrong);
      layer.push_back(text.value);
    }
  return layer;
}

void check_name(const std::optional<Text> &written, const std::string &name, const std::string &file, Log &log) {
  if (!written)
    log.error({file, 1, 1}, "'plugin' is missing; it names the plugin, as its folder does");
  else if (!name.empty() && written->value != name)
    log.error(written->place, "the plugin is named '" + written->value + "' here and '" + name + "' by its folder");
}

Plugin read_manifest(const NodePointer &document, const std::string &file, const std::string &name, Log &log) {
  MapReader map(document, "a plugin's file", log);
  Plugin plugin;
  plugin.file = file;
  plugin.name = name;
  if (!map.is_map())
    return plugin;
  Place top{file, 1, 1};
  read_version(map, top, log);
  bool is_named = map.entry("plugin") != nullptr;
  std::optional<Text> written = map.text("plugin");
  if (written && name.empty())
    plugin.name = written->value;
  if (written || !is_named)
    check_name(written, name, file, log);
  plugin.summary = text_or_empty(map, "summary");
  if (const Node::Entry *library = map.entry("library"))
    plugin.library = read_library(*library, log);
  plugin.safe = map.boolean("safe").value_or(false);
  plugin.opt_in = map.boolean("opt_in").value_or(false);
  if (const Node::Entry *request = map.entry("request"))
    plugin.request = read_request(*request, log);
  if (const Node::Entry *schemes = map.entry("schemes"))
    plugin.schemes = read_schemes(*schemes, log);
  plugin.fields = words(map, "fields");
  if (const Node::Entry *options = map.entry("options"))
    plugin.options = read_options(*options, log);
  plugin.layer = read_layer(map, log);
  if (plugin.layer.empty() && !plugin.library.header.empty())
    plugin.layer.push_back(plugin.library.header);
  if (const Node::Entry *seams = map.entry("seams"))
    plugin.seams = read_seams(*seams, plugin.name, log);
  else
    map.know("seams");
  if (const Node::Entry *states = map.entry("states"))
    plugin.machines = read_states(*states, plugin.name, log);
  map.reject_unknown_keys();
  return plugin;
}

Read<Plugin> read_manifest_text(const std::string &text, const std::string &file, const std::string &name) {
  Log log;
  Plugin plugin;
  if (NodePointer document = read_document(text, file, log))
    plugin = read_manifest(document, file, name, log);
  return finish(std::move(plugin), std::move(log));
}

} // namespace

const char *word(FieldKind kind) {
  switch (kind) {
  case FieldKind::text:
    return "text";
  case FieldKind::word:
    return "word";
  case FieldKind::host:
    return "host";
  case FieldKind::port:
    return "port";
  case FieldKind::path:
    return "path";
  case FieldKind::file:
    return "file";
  case FieldKind::program:
    return "program";
  case FieldKind::uri:
    return "uri";
  }
  return "";
}

Read<Plugin> load_manifest_text(const std::string &text, const std::string &file, const std::string &name) {
  return guarded<Plugin>(file, [&] { return read_manifest_text(text, file, name); });
}

Read<Plugin> load_manifest(const std::string &file, const std::string &name) {
  return guarded<Plugin>(file, [&] {
    Log log;
    std::optional<std::string> text = read_file(file, log);
    return text ? read_manifest_text(*text, file, name) : finish(Plugin{}, std::move(log));
  });
}

} // namespace tripwire::config
