// the plugins of this program --> what rules can name
#ifndef TRIPWIRE_SRC_FIREWALL_VOCABULARY_HPP
#define TRIPWIRE_SRC_FIREWALL_VOCABULARY_HPP

#include "tripwire/config/rule.hpp"
#include "tripwire/plugin.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tripwire::runtime {

/// The name under which guard and firewall know the project's own seams.
constexpr std::string_view core_name = "mock";

/// What this program knows when it is asked: plugins may be loaded later.
struct Vocabulary {
  struct Words {
    std::string plugin;
    plugin::Rows<plugin::RequestField> fields;
    bool is_linked; ///< false when only seams of it are here
  };

  std::vector<Words> plugins; ///< with the core's own
  std::vector<plugin::Scheme> schemes;
  std::vector<config::RuleWords> rule_words; ///< the same, for rules written as text

  static Vocabulary now();

  const Words *find(std::string_view plugin) const noexcept;
  /// `unknown plugin 'htp'; did you mean 'http'?`
  std::string unknown(std::string_view plugin) const;
};

/// The fields that every call has, whatever its plugin.
plugin::Rows<plugin::RequestField> common_fields();

} // namespace tripwire::runtime

#endif
