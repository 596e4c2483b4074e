// `firewall:` --(rule_reader)--> Firewall
#include "rule_reader.hpp"
#include "nearest.hpp"
#include "path_glob.hpp"
#include "reader.hpp"

#include <algorithm>
#include <utility>

namespace tripwire::config {

namespace {

std::optional<RuleField> read_field(const Node::Entry &entry, Log &log) {
  RuleField field;
  field.name = entry.key;
  field.place = entry.place;
  if (entry.value->kind != Node::Kind::map) {
    std::optional<Text> text = read_text(*entry.value, '\'' + entry.key + '\'', entry.place, log);
    if (!text)
      return std::nullopt;
    field.value = text->value;
    return field;
  }
  const std::pair<const char *, RuleField::Form> forms[] = {
      {"exact", RuleField::Form::exact}, {"cidr", RuleField::Form::cidr}, {"regex", RuleField::Form::regex}};
  MapReader map(entry, '\'' + entry.key + '\'', log);
  int given = 0;
  for (const auto &[key, form] : forms)
    if (std::optional<Text> text = map.text(key)) {
      field.value = text->value;
      field.form = form;
      ++given;
    }
  const bool is_misspelt = !map.unknown().empty();
  map.reject_unknown_keys();
  if (given != 1 && !is_misspelt)
    log.error(entry.place, '\'' + entry.key + "' wants text, or one of 'exact', 'cidr' and 'regex'");
  return given == 1 ? std::optional<RuleField>(std::move(field)) : std::nullopt;
}

void read_arguments(const Node::Entry &entry, Rule &rule, Log &log) {
  MapReader map(entry, "'arguments'", log);
  if (!map.is_map())
    return;
  for (const Node::Entry &it : map.map().entries)
    if (std::optional<RuleField> field = read_field(it, log)) {
      field->is_argument = true;
      rule.fields.push_back(std::move(*field));
    }
}

std::optional<Rule> read_rule_map(const NodePointer &node, Log &log) {
  MapReader map(node, "a rule", log);
  if (!map.is_map())
    return std::nullopt;
  if (map.map().entries.size() != 1) {
    log.error(node->place, "a rule names one plugin, as in {mock: {function: f}}");
    return std::nullopt;
  }
  const Node::Entry &named = map.map().entries.front();
  Rule rule;
  rule.plugin = named.key;
  rule.place = named.place;
  MapReader fields(named, "the rule of '" + named.key + '\'', log);
  if (!fields.is_map())
    return std::nullopt;
  if (fields.map().entries.empty()) {
    log.error(named.place, "a rule says which requests it means; write '" + named.key + "' for all of them");
    return std::nullopt;
  }
  for (const Node::Entry &it : fields.map().entries) {
    if (it.key == "arguments")
      read_arguments(it, rule, log);
    else if (std::optional<RuleField> field = read_field(it, log))
      rule.fields.push_back(std::move(*field));
  }
  return rule;
}

std::vector<Rule> read_rules(MapReader &map, const std::string &key, Log &log) {
  std::vector<Rule> rules;
  const Node::Entry *entry = map.entry(key);
  if (!entry)
    return rules;
  if (entry->value->kind != Node::Kind::sequence) {
    map.texts(key); // says what is wrong
    return rules;
  }
  for (const NodePointer &item : entry->value->items) {
    if (item->kind == Node::Kind::map) {
      if (std::optional<Rule> rule = read_rule_map(item, log))
        rules.push_back(std::move(*rule));
    } else if (item->kind == Node::Kind::sequence) {
      log.error(item->place, "each entry of '" + key + "' wants text or a map, not a list");
    } else if (std::optional<Text> text = read_text(*item, "each entry of '" + key + '\'', entry->place, log)) {
      Rule rule;
      rule.value = text->value;
      rule.place = text->place;
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

void check_rule(const Rule &rule, const std::vector<RuleWords> &known, Log &log) {
  if (!rule.value.empty()) {
    if (const RuleReading reading = read_rule(rule.value, known); !reading.rule)
      log.error(rule.place, reading.error);
    return;
  }
  const auto words =
      std::find_if(known.begin(), known.end(), [&](const RuleWords &it) { return it.plugin == rule.plugin; });
  if (words == known.end()) {
    std::vector<std::string> plugins;
    for (const RuleWords &one : known)
      plugins.push_back(one.plugin);
    log.error(rule.place, "unknown plugin '" + rule.plugin + '\'' + did_you_mean(rule.plugin, plugins) +
                              "; there are " + listed(plugins));
    return;
  }
  for (const RuleField &field : rule.fields)
    if (!field.is_argument)
      if (const std::string error = what_is_wrong_with_field(field.name, *words); !error.empty())
        log.error(field.place, error);
}

} // namespace

Firewall read_firewall(const Node::Entry &entry, Log &log) {
  MapReader map(entry, "'firewall'", log);
  Firewall firewall;
  firewall.allow = read_rules(map, "allow", log);
  firewall.deny = read_rules(map, "deny", log);
  if (const Node::Entry *files = map.entry("files")) {
    MapReader globs(*files, "'files'", log);
    for (const Node::Entry &it : globs.is_map() ? globs.map().entries : std::vector<Node::Entry>()) {
      if (std::optional<std::string> wrong = what_is_wrong_with_glob(it.key))
        log.error(it.place, *wrong);
      MapReader rules(it, "the rules of '" + it.key + '\'', log);
      FileRules of;
      of.glob = {it.key, it.place};
      of.allow = read_rules(rules, "allow", log);
      of.deny = read_rules(rules, "deny", log);
      rules.reject_unknown_keys();
      firewall.files.push_back(std::move(of));
    }
  }
  map.reject_unknown_keys();
  return firewall;
}

void check_firewall(const Firewall &firewall, const std::vector<RuleWords> &known, Log &log) {
  const auto check = [&](const std::vector<Rule> &rules) {
    for (const Rule &rule : rules)
      check_rule(rule, known, log);
  };
  check(firewall.allow);
  check(firewall.deny);
  for (const FileRules &of : firewall.files) {
    check(of.allow);
    check(of.deny);
  }
}

} // namespace tripwire::config
