// the plugins of this program --> what rules can name
#include "vocabulary.hpp"

#include "config/nearest.hpp"
#include "plugin_books.hpp"
#include "registry.hpp"

#include <algorithm>

namespace tripwire::runtime {

plugin::Rows<plugin::RequestField> common_fields() {
  static constexpr plugin::RequestField fields[] = {{"function", plugin::FieldKind::text},
                                                    {"file", plugin::FieldKind::file}};
  return fields;
}

Vocabulary Vocabulary::now() {
  Vocabulary made;
  made.plugins.push_back({std::string(core_name), {}, true});
  made.rule_words.push_back(config::core_words());
  for (const plugin::Plugin *one : runtime::plugins()) {
    Words words{one->name(), one->manifest().request, true};
    config::RuleWords rule_words{one->name(), {}, {}};
    for (const plugin::RequestField &field : words.fields) {
      rule_words.request.emplace_back(field.name);
    }
    for (const plugin::Scheme &scheme : one->manifest().schemes) {
      made.schemes.push_back(scheme);
      rule_words.schemes.emplace(scheme.name, scheme.port);
    }
    made.plugins.push_back(std::move(words));
    made.rule_words.push_back(std::move(rule_words));
  }
  // Seams of a plugin whose library is not linked: it can be named, but it describes nothing.
  for (const seam::Slot *slot : Registry::instance().all()) {
    if (!slot->facts.plugin.empty() && made.find(slot->facts.plugin) == nullptr) {
      made.plugins.push_back({std::string(slot->facts.plugin), {}, false});
      made.rule_words.push_back({std::string(slot->facts.plugin), {}, {}});
    }
  }
  return made;
}

const Vocabulary::Words *Vocabulary::find(std::string_view plugin) const noexcept {
  const auto found =
      std::find_if(plugins.begin(), plugins.end(), [&](const Words &one) { return one.plugin == plugin; });
  return found == plugins.end() ? nullptr : &*found;
}

std::string Vocabulary::unknown(std::string_view plugin) const {
  std::vector<std::string> names;
  for (const Words &one : plugins) {
    names.push_back(one.plugin);
  }
  const std::string name(plugin);
  return "unknown plugin '" + name + "'" + config::did_you_mean(name, names) + "; there are " + config::listed(names);
}

} // namespace tripwire::runtime
