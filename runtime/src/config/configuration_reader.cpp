// tripwire.yaml --(sections)--> Configuration --(plugins)--> with the manifests of the plugins that are on
#include "file_text.hpp"
#include "guarded.hpp"
#include "name_pattern.hpp"
#include "nearest.hpp"
#include "path_glob.hpp"
#include "plugin_folders.hpp"
#include "reader.hpp"
#include "rule_reader.hpp"
#include "seam_reader.hpp"
#include "state_reader.hpp"
#include "version.hpp"

#include <tripwire/config/configuration.hpp>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace tripwire::config {

namespace {

/// The core answers to this name in `guard:`, beside the plugins.
constexpr const char *core = "mock";

class ConfigurationReader {
public:
  ConfigurationReader(std::string file, const std::vector<std::string> &plugin_folders, Manifests manifests)
      : manifests_(manifests), plugin_folders_(plugin_folders) {
    configuration_.file = std::move(file);
    configuration_.folder = folder_of(configuration_.file);
  }

  Read<Configuration> read(const std::string &text) {
    remember(configuration_.file, "tripwire.yaml", text);
    if (manifests_ == Manifests::read)
      available_ = find_plugins(plugin_folders_, log_);
    for (const auto &[name, manifest] : available_)
      configuration_.known_plugins.push_back(name);
    if (NodePointer document = read_document(text, configuration_.file, log_))
      read_sections(document);
    return finish(std::move(configuration_), std::move(log_));
  }

private:
  static std::string folder_of(const std::string &file) {
    namespace fs = std::filesystem;
    std::error_code failed;
    fs::path absolute = fs::absolute(file, failed);
    if (failed)
      return {};
    fs::path folder = absolute.parent_path();
    fs::path resolved = fs::weakly_canonical(folder, failed);
    return (failed ? folder.lexically_normal() : resolved).string();
  }

  /// FNV-1a over role and text of each file.
  void remember(const std::string &file, const std::string &role, const std::string &text) {
    configuration_.files.push_back(file);
    std::uint64_t &hash = configuration_.fingerprint;
    if (hash == 0)
      hash = 14695981039346656037ULL;
    for (const std::string *part : {&role, &text}) {
      for (char letter : *part)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
      hash = (hash ^ 0xFFU) * 1099511628211ULL;
    }
  }

  void read_sections(const NodePointer &document) {
    MapReader map(document, "the file", log_);
    if (!map.is_map())
      return;
    configuration_.version = read_version(map, {configuration_.file, 0, 0}, log_);
    read_plugins(map);
    if (const Node::Entry *instrument = map.entry("instrument"))
      read_instrument(*instrument);
    if (const Node::Entry *units = map.entry("units"))
      read_units(*units);
    if (const Node::Entry *seams = map.entry("seams"))
      configuration_.seams = read_seams(*seams, "", log_);
    if (const Node::Entry *states = map.entry("states"))
      configuration_.machines = read_states(*states, "", log_);
    if (const Node::Entry *guard = map.entry("guard"))
      read_guard(*guard);
    if (const Node::Entry *firewall = map.entry("firewall"))
      read_rules(*firewall);
    if (const Node::Entry *allowed = map.entry("allow_undefined"))
      read_allow_undefined(*allowed);
    if (const Node::Entry *layers = map.entry("layers"))
      read_layers(*layers);
    read_plugin_sections(map);
    // A misspelt plugin is as likely as a misspelt key.
    std::vector<std::string> keys = map.known();
    for (const std::string &plugin : configuration_.known_plugins)
      map.know(plugin);
    map.reject_unknown_keys("; a file has " + listed(keys) + " and a section for each plugin");
    add_plugin_seams();
    add_plugin_machines();
  }

  bool is_known(const std::string &plugin) const {
    return manifests_ == Manifests::leave || available_.count(plugin) != 0;
  }

  void log_unknown_plugin(const Text &name, const std::string &also = {}) {
    std::vector<std::string> known = configuration_.known_plugins;
    if (!also.empty())
      known.push_back(also);
    std::string list = known.empty() ? "there are no plugins here" : "the plugins here are " + listed(known);
    log_.error(name.place, "unknown plugin '" + name.value + '\'' + did_you_mean(name.value, known),
               {{name.place, list}});
  }

  /// The texts of `plugins:` or `disabled_plugins:`, each known and named once.
  std::vector<Text> read_plugin_names(MapReader &map, const std::string &key) {
    std::vector<Text> names;
    std::optional<std::vector<Text>> texts = map.texts(key);
    if (!texts)
      return names;
    for (const Text &text : *texts) {
      auto first = std::find_if(names.begin(), names.end(), [&](const Text &it) { return it.value == text.value; });
      if (first != names.end())
        log_.error(text.place, "plugin '" + text.value + "' is named twice", {{first->place, "first named here"}});
      else if (!is_known(text.value))
        log_unknown_plugin(text);
      else
        names.push_back(text);
    }
    return names;
  }

  void read_plugins(MapReader &map) {
    const Node::Entry *on = map.entry("plugins");
    const Node::Entry *off = map.entry("disabled_plugins");
    if (on && off)
      log_.error(off->place,
                 "'plugins' and 'disabled_plugins' exclude each other; name those that are on, or those that are off",
                 {{on->place, "'plugins' is given here"}});
    std::vector<Text> named = read_plugin_names(map, "plugins");
    std::vector<Text> disabled = read_plugin_names(map, "disabled_plugins");
    for (const Text &name : named)
      turn_on(name.value, name.place);
    if (on)
      return;
    for (const auto &[name, manifest] : available_)
      if (std::none_of(disabled.begin(), disabled.end(),
                       [&, &plugin = name](const Text &it) { return it.value == plugin; }))
        turn_on(name, std::nullopt);
  }

  void turn_on(const std::string &name, const std::optional<Place> &named_at) {
    Plugin plugin;
    plugin.name = name;
    if (manifests_ == Manifests::read) {
      std::optional<Plugin> read = read_manifest(available_.at(name));
      if (!read)
        return;
      plugin = std::move(*read);
    }
    plugin.named = named_at.has_value();
    if (named_at)
      plugin.named_at = *named_at;
    if (!plugin.opt_in || plugin.named)
      configuration_.plugins.push_back(std::move(plugin));
  }

  std::optional<Plugin> read_manifest(const std::string &file) {
    std::string name = std::filesystem::path(file).parent_path().filename().string();
    std::optional<std::string> text = read_file(file, log_);
    if (!text)
      return std::nullopt;
    remember(file, name, *text);
    Read<Plugin> read = load_manifest_text(*text, file, name);
    for (Diagnostic &diagnostic : read.diagnostics)
      log_.diagnostics.push_back(std::move(diagnostic));
    return std::move(read.value);
  }

  std::vector<Text> read_globs(MapReader &map, const std::string &key) {
    std::vector<Text> globs;
    std::optional<std::vector<Text>> texts = map.texts(key);
    if (!texts)
      return globs;
    for (const Text &text : *texts) {
      if (std::optional<std::string> wrong = what_is_wrong_with_glob(text.value))
        log_.error(text.place, *wrong);
      globs.push_back(text);
    }
    return globs;
  }

  void read_instrument(const Node::Entry &entry) {
    MapReader map(entry, "'instrument'", log_);
    const Node::Entry *include = map.entry("include");
    std::vector<Text> included = read_globs(map, "include");
    if (include && include->value->kind == Node::Kind::sequence && include->value->items.empty())
      log_.error(include->place, "'include' names nothing; take it out to include every file of a rewritten target");
    if (include)
      configuration_.include = std::move(included);
    configuration_.exclude = read_globs(map, "exclude");
    map.reject_unknown_keys();
  }

  /// `units:` says how some sources are compiled; `symbol` is the only way that has to be said.
  void read_units(const Node::Entry &entry) {
    if (entry.value->kind != Node::Kind::sequence) {
      log_.error(place_of(entry), "'units' wants a list, not " + described(*entry.value));
      return;
    }
    for (const NodePointer &item : entry.value->items) {
      MapReader map(item, "an entry of 'units'", log_);
      std::vector<Text> globs = read_globs(map, "files");
      std::optional<Text> mode = map.text("mode");
      for (const char *key : {"files", "mode"})
        if (map.is_map() && !map.entry(key))
          log_.error(item->place, std::string("an entry of 'units' wants '") + key + '\'');
      map.reject_unknown_keys();
      if (mode && mode->value != "symbol")
        log_.error(mode->place, "unknown mode '" + mode->value + '\'' + did_you_mean(mode->value, {"symbol"}) +
                                    (nearest(mode->value, {"symbol"}) ? "" : "; the only one is 'symbol'"));
      else if (mode)
        configuration_.by_symbol.insert(configuration_.by_symbol.end(), globs.begin(), globs.end());
    }
  }

  void read_guard(const Node::Entry &entry) {
    MapReader map(entry, "'guard'", log_);
    if (!map.is_map())
      return;
    for (const Node::Entry &it : map.map().entries) {
      bool is_default = it.key == "default";
      if (!is_default && it.key != core && !is_known(it.key)) {
        std::vector<std::string> known = configuration_.known_plugins;
        known.insert(known.end(), {core, "default"});
        log_.error(it.place, "unknown plugin '" + it.key + '\'' + did_you_mean(it.key, known),
                   {{it.place, "'guard' has " + listed(known)}});
        continue;
      }
      std::optional<Level> level = read_level(it, map);
      if (level && is_default)
        configuration_.guard.otherwise = *level;
      else if (level)
        configuration_.guard.plugins[it.key] = *level;
    }
  }

  std::optional<Level> read_level(const Node::Entry &entry, MapReader &map) {
    const std::vector<std::string> levels = {"error", "warn", "off"};
    std::optional<Text> text = map.text(entry.key);
    if (!text)
      return std::nullopt;
    if (text->value == "error")
      return Level::error;
    if (text->value == "warn")
      return Level::warn;
    if (text->value == "off")
      return Level::off;
    log_.error(text->place, "a guard is " + listed(levels, "or") + ", not '" + text->value + '\'' +
                                did_you_mean(text->value, levels));
    return std::nullopt;
  }

  void read_rules(const Node::Entry &entry) {
    configuration_.firewall = read_firewall(entry, log_);
    if (manifests_ == Manifests::read)
      check_firewall(configuration_.firewall, rule_words(), log_);
  }

  static RuleWords words_of(const Plugin &plugin) {
    RuleWords words{plugin.name, {}, plugin.schemes};
    for (const RequestField &field : plugin.request)
      words.request.push_back(field.name);
    return words;
  }

  /// Of every plugin in the folders, whether it is on or not: one configuration serves programs with other plugins.
  std::vector<RuleWords> rule_words() {
    std::vector<RuleWords> words = {core_words()};
    for (const auto &[name, manifest] : available_) {
      auto on = std::find_if(configuration_.plugins.begin(), configuration_.plugins.end(),
                             [&, &plugin = name](const Plugin &it) { return it.name == plugin; });
      if (on != configuration_.plugins.end()) {
        words.push_back(words_of(*on));
      } else {
        // What is wrong with a manifest is said to those that turn the plugin on.
        Read<Plugin> off = load_manifest(manifest, name);
        words.push_back(off.value ? words_of(*off.value) : RuleWords{name, {}, {}});
      }
    }
    return words;
  }

  void read_allow_undefined(const Node::Entry &entry) {
    if (entry.value->kind != Node::Kind::sequence) {
      log_.error(place_of(entry), "'allow_undefined' wants a list, not " + described(*entry.value));
      return;
    }
    for (const NodePointer &item : entry.value->items) {
      MapReader map(item, "an allowed symbol", log_);
      std::optional<Text> symbol = map.text("symbol");
      std::optional<Text> reason = map.text("reason");
      for (const char *key : {"symbol", "reason"})
        if (map.is_map() && !map.entry(key))
          log_.error(item->place, std::string("an allowed symbol wants '") + key + '\'');
      map.reject_unknown_keys();
      if (symbol && reason)
        configuration_.allow_undefined.push_back({symbol->value, reason->value, symbol->place});
    }
  }

  /// A word for all plugins, or files of the project for some.
  void read_layers(const Node::Entry &entry) {
    const std::vector<std::string> words = {"outer", "both"};
    if (entry.value->kind == Node::Kind::map) {
      MapReader map(entry, "'layers'", log_);
      for (const Node::Entry &it : map.map().entries) {
        if (it.key != core && !is_known(it.key)) {
          std::vector<std::string> known = configuration_.known_plugins;
          known.emplace_back(core);
          log_.error(it.place, "unknown plugin '" + it.key + '\'' + did_you_mean(it.key, known),
                     {{it.place, "'layers' has " + listed(known)}});
          continue;
        }
        configuration_.layer_files.push_back({it.key, read_globs(map, it.key), it.place});
      }
      return;
    }
    std::optional<Text> text = read_text(*entry.value, "'layers'", entry.place, log_);
    if (!text)
      return;
    if (text->value == "both")
      configuration_.layers = Layers::both;
    else if (text->value != "outer")
      log_.error(text->place, "'layers' is " + listed(words, "or") + ", or a map of plugins to files, not '" +
                                  text->value + '\'' + did_you_mean(text->value, words));
  }

  void read_plugin_sections(MapReader &map) {
    std::vector<const Node::Entry *> rest = map.unknown();
    for (const Node::Entry *entry : rest) {
      bool left = manifests_ == Manifests::leave && entry->value->kind == Node::Kind::map;
      if (!left && available_.count(entry->key) == 0)
        continue;
      map.know(entry->key);
      read_plugin_section(*entry);
    }
  }

  void read_plugin_section(const Node::Entry &entry) {
    Section section;
    section.plugin = entry.key;
    section.place = entry.place;
    MapReader map(entry, "the section of plugin '" + entry.key + '\'', log_);
    if (!map.is_map())
      return;
    auto plugin = std::find_if(configuration_.plugins.begin(), configuration_.plugins.end(),
                               [&](const Plugin &it) { return it.name == entry.key; });
    for (const Node::Entry &it : map.map().entries)
      if (std::optional<Setting> setting = read_setting(it))
        section.settings.push_back(std::move(*setting));
    if (plugin != configuration_.plugins.end() && manifests_ == Manifests::read)
      check_settings(map, *plugin);
    configuration_.sections.push_back(std::move(section));
  }

  std::optional<Setting> read_setting(const Node::Entry &entry) {
    Setting setting;
    setting.key = entry.key;
    setting.place = entry.place;
    setting.value_place = place_of(entry);
    setting.is_list = entry.value->kind == Node::Kind::sequence;
    std::string what = '\'' + entry.key + '\'';
    if (setting.is_list) {
      std::optional<std::vector<Text>> texts = read_texts(*entry.value, what, entry.place, log_);
      if (!texts)
        return std::nullopt;
      for (const Text &text : *texts)
        setting.values.push_back(text.value);
      return setting;
    }
    std::optional<Text> text = read_text(*entry.value, what, entry.place, log_);
    if (!text)
      return std::nullopt;
    setting.values.push_back(text->value);
    return setting;
  }

  /// A plugin's own section against the options of its manifest.
  void check_settings(MapReader &map, const Plugin &plugin) {
    for (const auto &[key, type] : plugin.options) {
      const Node::Entry *entry = map.entry(key);
      if (!entry)
        continue;
      const Node &value = *entry->value;
      std::string wants;
      switch (type) {
      case OptionType::boolean:
        wants = as_boolean(value) ? "" : "true or false";
        break;
      case OptionType::integer:
        wants = as_integer(value) ? "" : "a number";
        break;
      case OptionType::text:
        wants = value.kind == Node::Kind::scalar ? "" : "text";
        break;
      case OptionType::list:
        wants = value.kind == Node::Kind::sequence ? "" : "a list";
        break;
      }
      bool told = value.kind == Node::Kind::map || value.kind == Node::Kind::nothing;
      if (!wants.empty() && !told)
        log_.error(place_of(*entry), '\'' + key + "' wants " + wants + ", not " + described(value));
    }
    map.reject_unknown_keys(plugin.options.empty() ? "; plugin '" + plugin.name + "' has no options" : "");
  }

  void add_plugin_seams() {
    std::map<std::pair<SeamKind, std::string>, Place> own;
    for (const Seam &seam : configuration_.seams)
      own.emplace(std::make_pair(seam.kind, canonical(seam.pattern)), seam.place);
    for (const Plugin &plugin : configuration_.plugins)
      for (const Seam &seam : plugin.seams) {
        auto found = own.find(std::make_pair(seam.kind, canonical(seam.pattern)));
        if (found != own.end())
          log_.error(found->second,
                     "duplicate seam: plugin '" + plugin.name + "' brings " + word(seam.kind) + " '" + seam.pattern +
                         "'; take it out",
                     {{seam.place, "first named here"}});
        if (Seam *shared = brought_before(seam)) {
          share(*shared, seam, plugin);
          continue;
        }
        configuration_.seams.push_back(seam);
        configuration_.seams.back().layer = plugin.layer;
      }
  }

  /// The entry of another plugin for the same seam; null when there is none.
  Seam *brought_before(const Seam &seam) {
    for (Seam &it : configuration_.seams)
      if (!it.plugin.empty() && it.plugin != seam.plugin && it.kind == seam.kind &&
          canonical(it.pattern) == canonical(seam.pattern))
        return &it;
    return nullptr;
  }

  /// Several plugins have one seam: the first one's entry describes it, with what only the other one says.
  void share(Seam &first, const Seam &other, const Plugin &plugin) {
    if (first.failure && other.failure &&
        (first.failure->returns != other.failure->returns || first.failure->errno_name != other.failure->errno_name))
      log_.error(other.failure->place,
                 "plugins '" + first.plugin + "' and '" + plugin.name + "' share " + word(first.kind) + " '" +
                     first.pattern + "', and say different things of its failure",
                 {{first.failure->place, "the other one is here"}});
    if (!first.failure)
      first.failure = other.failure;
    if (!first.result)
      first.result = other.result;
    if (first.include.empty())
      first.include = other.include;
    first.parameters.insert(other.parameters.begin(), other.parameters.end());
    first.layer.insert(first.layer.end(), plugin.layer.begin(), plugin.layer.end());
  }

  void add_plugin_machines() {
    for (const Plugin &plugin : configuration_.plugins)
      for (const Machine &machine : plugin.machines) {
        auto first = std::find_if(configuration_.machines.begin(), configuration_.machines.end(),
                                  [&](const Machine &it) { return it.name == machine.name; });
        if (first != configuration_.machines.end())
          log_.error(first->place,
                     "duplicate state machine: plugin '" + plugin.name + "' brings '" + machine.name +
                         "'; give yours another name",
                     {{machine.place, "first declared here"}});
        else
          configuration_.machines.push_back(machine);
      }
  }

  Manifests manifests_;
  const std::vector<std::string> &plugin_folders_;
  Configuration configuration_;
  Log log_;
  std::map<std::string, std::string> available_; ///< manifests by plugin
};

} // namespace

Read<Configuration> load_text(const std::string &text, const std::string &file,
                              const std::vector<std::string> &plugin_folders, Manifests manifests) {
  return guarded<Configuration>(file, [&] { return ConfigurationReader(file, plugin_folders, manifests).read(text); });
}

Read<Configuration> load(const std::string &file, const std::vector<std::string> &plugin_folders, Manifests manifests) {
  return guarded<Configuration>(file, [&] {
    Log log;
    std::optional<std::string> text = read_file(file, log);
    return text ? load_text(*text, file, plugin_folders, manifests) : finish(Configuration{}, std::move(log));
  });
}

} // namespace tripwire::config
