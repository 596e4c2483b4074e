// `tripwire::M(...)`, or a rule of tripwire.yaml --> a pattern that is checked, normalised and ready to be asked
#include "pattern.hpp"

#include "config/nearest.hpp"
#include "message.hpp"
#include "regex.hpp"
#include "registry.hpp"

#include <algorithm>
#include <utility>

namespace tripwire {

using runtime::PatternNode;

M::M(std::string_view plugin) {
  PatternNode node;
  node.plugin = plugin;
  node_ = std::make_shared<const PatternNode>(std::move(node));
}

namespace {

std::shared_ptr<const PatternNode> composed(PatternNode::Kind kind,
                                            std::vector<std::shared_ptr<const PatternNode>> parts) {
  PatternNode node;
  node.kind = kind;
  node.parts = std::move(parts);
  return std::make_shared<const PatternNode>(std::move(node));
}

std::shared_ptr<const PatternNode> narrowed(const std::shared_ptr<const PatternNode> &from, PatternNode::Field field) {
  PatternNode node;
  if (from->kind == PatternNode::Kind::leaf) {
    node = *from;
    node.fields.push_back(std::move(field));
    return std::make_shared<const PatternNode>(std::move(node));
  }
  node.fields.push_back(std::move(field));
  return composed(PatternNode::Kind::all, {from, std::make_shared<const PatternNode>(std::move(node))});
}

} // namespace

M M::field(std::string_view name, FieldPattern pattern) const {
  return M(narrowed(node_, {std::string(name), false, std::move(pattern)}));
}

M M::argument(std::string_view name, FieldPattern pattern) const {
  return M(narrowed(node_, {std::string(name), true, std::move(pattern)}));
}

M operator&&(const M &left, const M &right) { return M(composed(PatternNode::Kind::all, {left.node_, right.node_})); }

M operator||(const M &left, const M &right) { return M(composed(PatternNode::Kind::any, {left.node_, right.node_})); }

M operator!(const M &pattern) { return M(composed(PatternNode::Kind::none, {pattern.node_})); }

namespace runtime {

namespace {

/// Every kind that a field of that name has, of one plugin or of all.
std::vector<FieldKind> kinds_of(const std::string &name, const std::string &plugin, const Vocabulary &vocabulary) {
  std::vector<FieldKind> kinds;
  const auto take = [&](const plugin::Rows<plugin::RequestField> &fields) {
    for (const plugin::RequestField &field : fields) {
      if (name == field.name && std::find(kinds.begin(), kinds.end(), field.kind) == kinds.end()) {
        kinds.push_back(field.kind);
      }
    }
  };
  for (const Vocabulary::Words &words : vocabulary.plugins) {
    if (plugin.empty() || words.plugin == plugin) {
      take(words.fields);
    }
  }
  if (kinds.empty() || plugin.empty()) {
    take(common_fields());
  }
  return kinds;
}

std::string no_field(const std::string &name, const std::string &plugin, const Vocabulary &vocabulary) {
  std::vector<std::string> fields;
  const auto take = [&](const plugin::Rows<plugin::RequestField> &some) {
    for (const plugin::RequestField &field : some) {
      if (std::find(fields.begin(), fields.end(), field.name) == fields.end()) {
        fields.emplace_back(field.name);
      }
    }
  };
  for (const Vocabulary::Words &words : vocabulary.plugins) {
    if (plugin.empty() || words.plugin == plugin) {
      take(words.fields);
    }
  }
  take(common_fields());
  return (plugin.empty() ? std::string("no requests") : "requests of '" + plugin + "'") + " have " +
         (plugin.empty() ? "a" : "no") + " field '" + name + "'" + config::did_you_mean(name, fields) +
         (plugin.empty() ? "" : "; they have " + config::listed(fields));
}

/// Why no seam of this program has that argument; empty when one has.
std::string no_argument(const std::string &name) {
  std::vector<std::string> names;
  for (const seam::Slot *slot : Registry::instance().all()) {
    const std::size_t count = slot->facts.parameters.size();
    for (std::size_t index = 0; index < count; ++index) {
      names.push_back(argument_name(*slot, index));
    }
  }
  // Variadic and unnamed ones are known by their number.
  if (std::find(names.begin(), names.end(), name) != names.end() || name.compare(0, 9, "argument ") == 0) {
    return {};
  }
  return "no seam of this program has a parameter '" + name + "'" + config::did_you_mean(name, names);
}

/// A file that begins with no `/` names the end of the path.
FieldPattern anywhere(const FieldPattern &pattern) {
  const std::string &text = pattern.text();
  const bool is_text = pattern.form() == FieldPattern::Form::text;
  const bool is_open = text.empty() || text.front() == '/' || text.compare(0, 2, "**") == 0;
  return is_text && !is_open ? FieldPattern("**/" + text) : pattern;
}

bool declares(const std::string &name, const std::string &plugin, const Vocabulary &vocabulary) {
  const Vocabulary::Words *words = vocabulary.find(plugin);
  return words != nullptr && std::any_of(words->fields.begin(), words->fields.end(),
                                         [&](const plugin::RequestField &field) { return name == field.name; });
}

} // namespace

std::variant<Pattern, std::string> Pattern::make(const PatternNode &node, const Vocabulary &vocabulary, Origin origin) {
  Pattern made;
  made.kind_ = node.kind;
  made.plugin_ = node.plugin;
  if (!node.plugin.empty() && vocabulary.find(node.plugin) == nullptr) {
    return vocabulary.unknown(node.plugin);
  }
  for (const PatternNode::Field &field : node.fields) {
    Field ready{field.name, field.is_argument, {}};
    if (field.is_argument && origin == Origin::test) {
      if (std::string wrong = no_argument(field.name); !wrong.empty()) {
        return wrong;
      }
    }
    const bool is_file = !field.is_argument && field.name == "file" && !declares("file", node.plugin, vocabulary);
    const std::vector<FieldKind> kinds =
        field.is_argument ? std::vector<FieldKind>{FieldKind::text} : kinds_of(field.name, node.plugin, vocabulary);
    if (kinds.empty()) {
      return no_field(field.name, node.plugin, vocabulary);
    }
    for (const FieldKind kind : kinds) {
      const bool is_anywhere = is_file || kind == FieldKind::program;
      auto test = FieldTest::make(kind, is_anywhere ? anywhere(field.pattern) : field.pattern, vocabulary.schemes);
      if (auto *wrong = std::get_if<std::string>(&test)) {
        return "field '" + field.name + "': " + *wrong;
      }
      ready.tests.push_back(std::move(std::get<FieldTest>(test)));
    }
    made.fields_.push_back(std::move(ready));
  }
  for (const auto &part : node.parts) {
    auto ready = make(*part, vocabulary, origin);
    if (auto *wrong = std::get_if<std::string>(&ready)) {
      return std::move(*wrong);
    }
    made.parts_.push_back(std::move(std::get<Pattern>(ready)));
  }
  return made;
}

bool Pattern::matches(const Request &request) const {
  const auto part = [&](const Pattern &one) { return one.matches(request); };
  switch (kind_) {
  case PatternNode::Kind::all:
    return std::all_of(parts_.begin(), parts_.end(), part);
  case PatternNode::Kind::any:
    return std::any_of(parts_.begin(), parts_.end(), part);
  case PatternNode::Kind::none:
    return std::none_of(parts_.begin(), parts_.end(), part);
  case PatternNode::Kind::leaf:
    break;
  }
  if (!plugin_.empty() && plugin_ != request.plugin()) {
    return false;
  }
  return std::all_of(fields_.begin(), fields_.end(), [&](const Field &field) {
    const RequestValue *value = request.find(field.name, field.is_argument);
    return value != nullptr && std::any_of(field.tests.begin(), field.tests.end(), [&](const FieldTest &test) {
             if (test.kind() != value->normal.kind) {
               return false;
             }
             if (test.asks_user()) {
               request.asks_user();
             }
             return test.matches(*value);
           });
  });
}

std::shared_ptr<const PatternNode> node_of(const config::Rule &rule, const Vocabulary &vocabulary, std::string &error) {
  const config::Rule *meant = &rule;
  config::RuleReading reading;
  if (rule.plugin.empty()) {
    std::string start = rule.value.substr(0, rule.value.find(':'));
    const bool is_url = rule.value.compare(start.size(), 3, "://") == 0;
    if (is_url) {
      start = text_of(normal_of(FieldKind::word, start, {}));
    }
    const bool is_known =
        std::any_of(vocabulary.rule_words.begin(), vocabulary.rule_words.end(), [&](const config::RuleWords &words) {
          return is_url ? words.schemes.count(start) != 0 : words.plugin == start;
        });
    if (!is_known) {
      return nullptr;
    }
    reading = config::read_rule(rule.value, vocabulary.rule_words);
    if (!reading.rule) {
      error = reading.error;
      return nullptr;
    }
    meant = &*reading.rule;
  }
  const Vocabulary::Words *words = vocabulary.find(meant->plugin);
  if (words == nullptr || !words->is_linked) {
    return nullptr;
  }
  PatternNode node;
  node.plugin = meant->plugin;
  for (const config::RuleField &field : meant->fields) {
    FieldPattern pattern(field.value);
    switch (field.form) {
    case config::RuleField::Form::text:
      break;
    case config::RuleField::Form::exact:
      pattern = exact(field.value);
      break;
    case config::RuleField::Form::cidr:
      pattern = cidr(field.value);
      break;
    case config::RuleField::Form::regex: {
      Matcher matcher;
      error = read_regex(field.value, matcher);
      if (!error.empty()) {
        return nullptr;
      }
      pattern = FieldPattern(matcher);
      break;
    }
    }
    node.fields.push_back({field.name, field.is_argument, std::move(pattern)});
  }
  return std::make_shared<const PatternNode>(std::move(node));
}

} // namespace runtime

} // namespace tripwire
