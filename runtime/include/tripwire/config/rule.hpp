// a rule of the firewall as it is written --> which plugin's requests it names, and by which fields
#ifndef TRIPWIRE_CONFIG_RULE_HPP
#define TRIPWIRE_CONFIG_RULE_HPP

#include <tripwire/config/diagnostic.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::config {

/// `host: "*.example.com"`, `host: {cidr: 10.0.0.0/8}`
struct RuleField {
  enum class Form { text, exact, cidr, regex };

  std::string name;
  std::string value;
  Form form = Form::text;
  bool is_argument = false; ///< of the seam, as against a field of the request
  Place place;
};

/// One rule. Written as text it has only that: `read_rule` says what it names.
struct Rule {
  std::string value; ///< the text; empty when the rule is a map
  Place place;
  std::string plugin;
  std::vector<RuleField> fields; ///< none: all of the plugin's requests
};

/// What rules can say of one plugin's requests.
struct RuleWords {
  std::string plugin;
  std::vector<std::string> request;   ///< fields; the first one is what `plugin:text` speaks of
  std::map<std::string, int> schemes; ///< of the URLs that rules may write, and their own ports
};

/// The core's own: the project's seams.
RuleWords core_words();

/// What a rule's text names, or why it names nothing: the text of an error.
struct RuleReading {
  std::optional<Rule> rule;
  std::string error;
};

/// Reads `plugin`, `plugin:*`, `plugin:text`, `plugin:host:port` and `scheme://host:port/path`. A URL without a port
/// means the scheme's own; without a path, any.
RuleReading read_rule(const std::string &text, const std::vector<RuleWords> &known);

/// Why no rule can name that field of the plugin's requests; empty when one can.
std::string what_is_wrong_with_field(const std::string &field, const RuleWords &words);

} // namespace tripwire::config

#endif
