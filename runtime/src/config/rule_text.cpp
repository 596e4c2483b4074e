// `http://localhost:*` --(rule_text)--> the plugin and the fields of its requests
#include "nearest.hpp"

#include <tripwire/config/rule.hpp>

#include <algorithm>

namespace tripwire::config {

namespace {

RuleReading wrong(std::string why) {
  RuleReading reading;
  reading.error = std::move(why);
  return reading;
}

bool has(const RuleWords &words, const std::string &field) {
  return std::find(words.request.begin(), words.request.end(), field) != words.request.end();
}

void name(Rule &rule, const std::string &field, const std::string &value) {
  RuleField named;
  named.name = field;
  named.value = value;
  rule.fields.push_back(std::move(named));
}

/// `host`, `host:port`, `[::1]:port`; the port is empty when there is none.
struct HostAndPort {
  std::string host;
  std::string port;
  bool has_port = false;
};

HostAndPort host_and_port(const std::string &text) {
  const std::size_t bracket = text.rfind(']');
  const std::size_t colon = text.rfind(':');
  const bool is_bare_v6 = bracket == std::string::npos && std::count(text.begin(), text.end(), ':') > 1;
  if (colon == std::string::npos || is_bare_v6 || (bracket != std::string::npos && colon < bracket))
    return {text, "", false};
  return {text.substr(0, colon), text.substr(colon + 1), true};
}

const RuleWords *owner_of(const std::string &scheme, const std::vector<RuleWords> &known) {
  for (const RuleWords &words : known)
    if (words.schemes.count(scheme) != 0)
      return &words;
  return nullptr;
}

RuleReading read_url(const std::string &text, std::size_t end_of_scheme, const std::vector<RuleWords> &known) {
  std::string scheme = text.substr(0, end_of_scheme);
  std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                 [](char it) { return it >= 'A' && it <= 'Z' ? static_cast<char>(it - 'A' + 'a') : it; });
  const RuleWords *words = owner_of(scheme, known);
  if (!words) {
    std::vector<std::string> schemes;
    for (const RuleWords &one : known)
      for (const auto &[its, port] : one.schemes)
        schemes.push_back(its);
    return wrong("unknown scheme '" + scheme + "' in '" + text + '\'' + did_you_mean(scheme, schemes));
  }
  const std::string rest = text.substr(end_of_scheme + 3);
  if (rest.find_first_of("?#@") != std::string::npos)
    return wrong('\'' + text + "' names a user, a query or a fragment, which a rule's URL cannot");
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  const HostAndPort where = host_and_port(rest.substr(0, slash));
  if (where.host.empty() || (where.has_port && where.port.empty()))
    return wrong('\'' + text + "' lacks its " + (where.host.empty() ? "host" : "port"));

  RuleReading reading;
  Rule &rule = reading.rule.emplace();
  rule.value = text;
  rule.plugin = words->plugin;
  const int own_port = words->schemes.at(scheme);
  std::vector<std::pair<std::string, std::string>> fields;
  if (has(*words, "scheme"))
    fields.emplace_back("scheme", scheme);
  fields.emplace_back("host", where.host);
  if (where.has_port && where.port != "*")
    fields.emplace_back("port", where.port);
  else if (!where.has_port && own_port != 0)
    fields.emplace_back("port", std::to_string(own_port));
  if (slash < rest.size())
    fields.emplace_back("path", rest.substr(slash));
  for (const auto &[field, value] : fields) {
    if (const std::string error = what_is_wrong_with_field(field, *words); !error.empty())
      return wrong(error + ", which '" + text + "' names");
    name(rule, field, value);
  }
  return reading;
}

} // namespace

RuleWords core_words() { return {"mock", {"function"}, {}}; }

std::string what_is_wrong_with_field(const std::string &field, const RuleWords &words) {
  std::vector<std::string> fields = words.request;
  for (const char *each : {"function", "file"})
    if (!has(words, each))
      fields.emplace_back(each);
  if (std::find(fields.begin(), fields.end(), field) != fields.end())
    return {};
  return "requests of '" + words.plugin + "' have no field '" + field + '\'' + did_you_mean(field, fields) +
         "; they have " + listed(fields);
}

RuleReading read_rule(const std::string &text, const std::vector<RuleWords> &known) {
  if (const std::size_t url = text.find("://"); url != std::string::npos && text.find(':') == url)
    return read_url(text, url, known);
  const std::size_t colon = text.find(':');
  const std::string plugin = text.substr(0, colon);
  const auto words = std::find_if(known.begin(), known.end(), [&](const RuleWords &it) { return it.plugin == plugin; });
  if (words == known.end()) {
    std::vector<std::string> plugins;
    for (const RuleWords &one : known)
      plugins.push_back(one.plugin);
    return wrong("unknown plugin '" + plugin + '\'' + did_you_mean(plugin, plugins) + "; there are " + listed(plugins));
  }
  RuleReading reading;
  Rule &rule = reading.rule.emplace();
  rule.value = text;
  rule.plugin = plugin;
  if (colon == std::string::npos)
    return reading;
  const std::string rest = text.substr(colon + 1);
  if (rest == "*")
    return reading;
  if (rest.empty())
    return wrong('\'' + text + "' says nothing behind the colon; write '" + plugin + ":*' for all of its calls");
  if (words->request.empty())
    return wrong("requests of '" + plugin + "' have no field that '" + rest + "' could stand for");
  const std::string &first = words->request.front();
  const HostAndPort where = host_and_port(rest);
  if ((first == "host" || first == "hostname") && where.has_port && has(*words, "port")) {
    if (where.host.empty() || where.port.empty())
      return wrong('\'' + text + "' lacks its " + (where.host.empty() ? "host" : "port"));
    name(rule, first, where.host);
    if (where.port != "*")
      name(rule, "port", where.port);
    return reading;
  }
  name(rule, first, rest);
  return reading;
}

} // namespace tripwire::config
