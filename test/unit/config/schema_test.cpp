// docs/tripwire.schema.json knows what the reader knows: at every depth the same keys, and the same words where the
// reader takes only some.
#include "reading.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

using namespace reading;

namespace {

/// JSON is YAML.
YAML::Node schema() { return YAML::LoadFile(TRIPWIRE_SCHEMA); }

YAML::Node at(std::initializer_list<const char *> path) {
  YAML::Node node = schema();
  for (const char *part : path) {
    YAML::Node next = node[part];
    node.reset(next);
  }
  return node;
}

std::set<std::string> keys_of(const YAML::Node &properties) {
  std::set<std::string> keys;
  for (const auto &entry : properties)
    keys.insert(entry.first.as<std::string>());
  return keys;
}

std::set<std::string> words_of(const YAML::Node &enumeration) {
  std::set<std::string> words;
  for (const auto &word : enumeration)
    words.insert(word.as<std::string>());
  return words;
}

/// The words in quotes of a message, from \p from on, until the sentence ends.
std::set<std::string> listed(const std::string &message, const std::string &from) {
  std::set<std::string> words;
  std::size_t at = message.find(from);
  EXPECT_NE(at, std::string::npos) << message;
  const std::size_t stop =
      std::min({message.find('\n', at), message.find(", not '", at), message.find(" and a section", at)});
  while (at != std::string::npos && (at = message.find('\'', at)) < stop) {
    const std::size_t end = message.find('\'', at + 1);
    words.insert(message.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return words;
}

const std::string unknown = "qqqqqqqqqqqqqqqq";
using Words = std::set<std::string>;

/// Whether the value is as the schema says: the part of JSON Schema that ours is written in.
bool accepts(const YAML::Node &rules, const YAML::Node &value, const YAML::Node &root);

bool is_of_type(const std::string &type, const YAML::Node &value) {
  if (type == "object")
    return value.IsMap();
  if (type == "array")
    return value.IsSequence();
  if (type == "null" || !value.IsScalar())
    return type == "null" && value.IsNull();
  const std::string text = value.Scalar();
  const bool is_plain = value.Tag() != "!";
  const bool is_boolean = is_plain && (text == "true" || text == "false");
  double number = 0;
  const bool is_number = is_plain && YAML::convert<double>::decode(value, number);
  return type == "boolean" ? is_boolean : type == "number" ? is_number : !is_boolean && !is_number;
}

bool fits_type(const YAML::Node &types, const YAML::Node &value) {
  if (types.IsScalar())
    return is_of_type(types.Scalar(), value);
  return std::any_of(types.begin(), types.end(), [&](const auto &one) { return is_of_type(one.Scalar(), value); });
}

std::size_t fitting(const YAML::Node &choices, const YAML::Node &value, const YAML::Node &root) {
  return static_cast<std::size_t>(
      std::count_if(choices.begin(), choices.end(), [&](const auto &one) { return accepts(one, value, root); }));
}

bool fits_map(const YAML::Node &rules, const YAML::Node &value, const YAML::Node &root) {
  if (rules["minProperties"] && value.size() < rules["minProperties"].as<std::size_t>())
    return false;
  if (rules["maxProperties"] && value.size() > rules["maxProperties"].as<std::size_t>())
    return false;
  for (const auto &required : rules["required"])
    if (!value[required.Scalar()])
      return false;
  for (const auto &entry : value) {
    const YAML::Node named = rules["properties"] ? rules["properties"][entry.first.Scalar()] : YAML::Node();
    const YAML::Node others = rules["additionalProperties"];
    if (rules["properties"] && named.IsDefined() && named.IsMap()) {
      if (!accepts(named, entry.second, root))
        return false;
    } else if (others && others.IsScalar() ? others.Scalar() == "false"
                                           : others && !accepts(others, entry.second, root)) {
      return false;
    }
  }
  return true;
}

bool accepts(const YAML::Node &rules, const YAML::Node &value, const YAML::Node &root) {
  static const Words known = {"$schema",      "$ref",       "title", "description", "type",
                              "required",     "properties", "enum",  "items",       "additionalProperties",
                              "definitions",  "anyOf",      "oneOf", "minItems",    "minProperties",
                              "maxProperties"};
  for (const std::string &key : keys_of(rules))
    EXPECT_TRUE(known.count(key) != 0) << "this test does not know '" << key << "'";
  if (rules["$ref"]) {
    const std::string name = rules["$ref"].Scalar();
    if (!accepts(root["definitions"][name.substr(name.rfind('/') + 1)], value, root))
      return false;
  }
  if (rules["type"] && !fits_type(rules["type"], value))
    return false;
  if (rules["enum"] && (!value.IsScalar() || words_of(rules["enum"]).count(value.Scalar()) == 0))
    return false;
  if (rules["anyOf"] && fitting(rules["anyOf"], value, root) == 0)
    return false;
  if (rules["oneOf"] && fitting(rules["oneOf"], value, root) != 1)
    return false;
  if (value.IsSequence()) {
    if (rules["minItems"] && value.size() < rules["minItems"].as<std::size_t>())
      return false;
    return !rules["items"] ||
           std::all_of(value.begin(), value.end(), [&](const auto &one) { return accepts(rules["items"], one, root); });
  }
  return !value.IsMap() || fits_map(rules, value, root);
}

bool schema_accepts(const std::string &text) {
  const YAML::Node root = schema();
  return accepts(root, YAML::Load(text), root);
}

} // namespace

// 52
TEST(Schema, HasTheKeysThatTheReaderHasAtEveryDepth) {
  EXPECT_EQ(keys_of(at({"properties"})), listed(wrong_in(unknown + ": []\n"), "; a file has "));
  EXPECT_EQ(keys_of(at({"properties", "instrument", "properties"})),
            listed(wrong_in("instrument: {" + unknown + ": 1}\n"), "has "));
  EXPECT_EQ(keys_of(at({"properties", "firewall", "properties"})),
            listed(wrong_in("firewall: {" + unknown + ": 1}\n"), "has "));
  EXPECT_EQ(keys_of(at({"properties", "firewall", "properties", "files", "additionalProperties", "properties"})),
            listed(wrong_in("firewall: {files: {a: {" + unknown + ": 1}}}\n"), " has "));
  YAML::Node rule_field = at({"definitions", "rule_field"});
  EXPECT_EQ(keys_of(rule_field["anyOf"][1]["properties"]),
            listed(wrong_in("firewall: {allow: [{mock: {function: {" + unknown + ": 1}}}]}\n"), "has "));
  YAML::Node symbol = at({"properties", "allow_undefined"});
  EXPECT_EQ(keys_of(symbol["items"]["properties"]),
            listed(wrong_in("allow_undefined: [{symbol: a, reason: b, " + unknown + ": 1}]\n"), "has "));
  Words seam = listed(wrong_seam("{function: f, " + unknown + ": 1}"), "has ");
  // The reader knows the first to refuse it.
  seam.erase("states");
  seam.erase("propagates");
  EXPECT_EQ(keys_of(at({"definitions", "seam", "properties"})), seam);
  EXPECT_EQ(keys_of(at({"definitions", "seam", "properties", "failure", "properties"})),
            listed(wrong_seam("{function: f, failure: {" + unknown + ": 1}}"), "has "));
  EXPECT_EQ(keys_of(at({"definitions", "machine", "properties"})),
            listed(wrong_in("states: [{" + unknown + ": 1}]\n"), " has "));
  EXPECT_EQ(keys_of(at({"definitions", "transition", "properties"})),
            listed(wrong_in("states: [{machine: m, initial: a, transitions: [{" + unknown + ": 1}]}]\n"), " has "));
  EXPECT_EQ(keys_of(at({"definitions", "parameter", "properties"})),
            listed(wrong_seam("{function: f, params: {a: {" + unknown + ": 1}}}"), " has "));
  EXPECT_EQ(keys_of(at({"definitions", "result", "properties"})),
            listed(wrong_seam("{function: f, result: {" + unknown + ": 1}}"), "has "));
}

// 52
TEST(Schema, HasTheWordsThatTheReaderTakes) {
  EXPECT_EQ(words_of(at({"definitions", "level", "enum"})), listed(wrong_in("guard: {default: x}\n"), "a guard is "));
  EXPECT_EQ(words_of(at({"definitions", "shape", "enum"})),
            listed(wrong_seam("{function: f, params: {a: {in: x}}}"), " wants "));
  EXPECT_EQ(words_of(at({"definitions", "seam", "properties", "mode", "enum"})),
            listed(wrong_seam("{function: f, mode: x}"), "; the only one is "));
  const YAML::Node layers = at({"properties", "layers"});
  EXPECT_EQ(words_of(layers["anyOf"][0]["enum"]), listed(wrong_in("layers: x\n"), " is "));
}

// 52
TEST(Schema, AcceptsWhatTheReaderReads) {
  for (const char *name : {"tripwire.yaml", "disabled_plugins.yaml"}) {
    std::ifstream in(fs::path(TRIPWIRE_EXAMPLES) / name);
    std::stringstream text;
    text << in.rdbuf();
    EXPECT_TRUE(schema_accepts(text.str())) << name;
  }
}

// 52
TEST(Schema, RefusesWhatTheReaderRefuses) {
  for (const char *text : {"sems: []",
                           "instrument: {inclde: [a]}",
                           "instrument: {include: []}",
                           "guard: {default: on}",
                           "guard: warn",
                           "plugins: http",
                           "seams: [{function: f, method: A::g}]",
                           "seams: [{}]",
                           "seams: [{function: f, mode: other}]",
                           "seams: [{function: f, params: {a: {in: txt}}}]",
                           "seams: [{function: f, params: {a: {secret: perhaps}}}]",
                           "seams: [{function: f, result: {in: text}}]",
                           "seams: [{function: f, failure: {}}]",
                           "seams: [{function: f, failure: {return: 1}}]",
                           "firewall: {alow: [a]}",
                           "firewall: {allow: [[mock]]}",
                           "firewall: {allow: [{mock: {}}]}",
                           "firewall: {allow: [{mock: {function: {cdir: x}}}]}",
                           "firewall: {allow: [{mock: {function: f}, http: {host: h}}]}",
                           "firewall: {files: {a: {alow: []}}}",
                           "states: acme",
                           "states: []",
                           "states: [{machine: m}]",
                           "states: [{machine: m, initial: a, transitions: []}]",
                           "states: [{machine: m, initial: a, transitions: [{call: f, handle: return}]}]",
                           "states: [{machine: m, initial: a, transitions: [{call: f, handle: [a], from: a}]}]",
                           "states: [{machine: m, initial: a, transitions: [{call: f, handle: a, from: {b: c}}]}]",
                           "states: [{machine: m, initial: a, transitions: [{call: f, handle: a, from: []}]}]",
                           "states: [{machine: m, initial: a, transitions: [{call: f, handle: a, form: a}]}]",
                           "layers: inner",
                           "layers: [http]",
                           "layers: {http: a}",
                           "allow_undefined: [{symbol: s}]"}) {
    const std::string whole = std::string("version: 1\n") + text + "\n";
    EXPECT_FALSE(schema_accepts(whole)) << text;
    EXPECT_NE(wrong(whole), "") << text;
  }
  EXPECT_FALSE(schema_accepts("plugins: []\n")) << "the version";
}
