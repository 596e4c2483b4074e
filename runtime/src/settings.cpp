// the project's tripwire.yaml --> guard levels, sections of plugins
#include "settings.hpp"

#include "registry.hpp"

#include "tripwire/setting.hpp"

#include <algorithm>
#include <cstdlib>

namespace tripwire::runtime {

namespace {

Guard level_of(config::Level level) noexcept {
  switch (level) {
  case config::Level::error:
    return Guard::error;
  case config::Level::warn:
    return Guard::warn;
  case config::Level::off:
    return Guard::off;
  }
  return Guard::error;
}

std::string file_name() {
  const char *named = std::getenv("TRIPWIRE_CONFIG");
  if (named != nullptr && *named != '\0') {
    return named;
  }
  return std::string(Registry::instance().configuration());
}

} // namespace

const Settings &Settings::instance() {
  static const Settings settings;
  return settings;
}

Settings::Settings() {
  file_ = file_name();
  if (file_.empty()) {
    return;
  }
  const auto read = config::load(file_, {}, config::Manifests::leave);
  if (!read.value) {
    problem_ = "ConfigurationError: the configuration of this program cannot be used";
    for (const config::Diagnostic &diagnostic : read.diagnostics) {
      std::string text = config::text(diagnostic);
      while (!text.empty() && text.back() == '\n') {
        text.pop_back();
      }
      problem_ += "\n  " + text;
    }
    return;
  }
  otherwise_ = level_of(read.value->guard.otherwise);
  for (const auto &[plugin, level] : read.value->guard.plugins) {
    plugins_.emplace(plugin, level_of(level));
  }
  const std::string wrong = rules_.read(read.value->firewall, read.value->folder);
  if (!wrong.empty()) {
    problem_ = "ConfigurationError: a rule of the firewall cannot be honoured" + wrong;
  }
  for (const config::AllowedLeak &leak : read.value->allow_undefined) {
    allowed_leaks_.push_back({leak.symbol, leak.reason, leak.place.file, static_cast<int>(leak.place.line)});
  }
  for (const config::Section &section : read.value->sections) {
    for (const config::Setting &setting : section.settings) {
      sections_.emplace(std::make_pair(section.plugin, setting.key), setting.values);
    }
  }
  has_layers_ = read.value->layers == config::Layers::outer;
  files_ = *read.value;
}

Guard Settings::guard_level(std::string_view plugin) const {
  const auto found = plugins_.find(plugin);
  return found == plugins_.end() ? otherwise_ : found->second;
}

bool Settings::names_layer_of(std::string_view plugin) const {
  return std::any_of(files_.layer_files.begin(), files_.layer_files.end(),
                     [&](const config::LayerFiles &one) { return one.plugin == plugin; });
}

bool Settings::is_of_layer(std::string_view plugin, const std::vector<std::string> &headers,
                           const std::string &file) const {
  return config::is_of_layer(files_, std::string(plugin), headers, file);
}

std::vector<std::string> Settings::section(std::string_view plugin, std::string_view key) const {
  const auto found = sections_.find({std::string(plugin), std::string(key)});
  return found == sections_.end() ? std::vector<std::string>() : found->second;
}

} // namespace tripwire::runtime

namespace tripwire::plugin {

std::vector<std::string> setting(std::string_view plugin, std::string_view key) {
  return runtime::Settings::instance().section(plugin, key);
}

} // namespace tripwire::plugin
