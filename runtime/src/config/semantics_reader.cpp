// `{out: bytes, size: return}` --(semantics_reader)--> Semantics
#include "semantics_reader.hpp"
#include "nearest.hpp"
#include "reader.hpp"

#include <cctype>
#include <optional>
#include <utility>

namespace tripwire::config {

namespace {

bool is_word_letter(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) || letter == '_'; }

/// `return` is what a seam file calls the result; in an expression it cannot be, so there it is `result`.
std::string with_result(const std::string &expression) {
  const std::string from = "return";
  std::string out;
  for (std::size_t at = 0; at < expression.size();) {
    bool begins = at == 0 || !is_word_letter(expression[at - 1]);
    std::size_t end = at + from.size();
    bool ends = end >= expression.size() || !is_word_letter(expression[end]);
    if (begins && ends && expression.compare(at, from.size(), from) == 0) {
      out += "result";
      at = end;
    } else {
      out += expression[at++];
    }
  }
  return out;
}

std::optional<Semantics::Shape> read_shape(const Text &text, const std::string &key, Log &log) {
  if (text.value == "text")
    return Semantics::Shape::text;
  if (text.value == "bytes")
    return Semantics::Shape::bytes;
  if (text.value == "struct")
    return Semantics::Shape::object;
  if (text.value == "value")
    return Semantics::Shape::value;
  const std::vector<std::string> shapes = {"text", "bytes", "struct", "value"};
  std::string meant = did_you_mean(text.value, shapes);
  log.error(text.place, '\'' + key + "' wants " + listed(shapes, "or") + ", not '" + text.value + '\'' + meant);
  return std::nullopt;
}

void read_direction(MapReader &map, Semantics &semantics, Log &log) {
  const std::pair<const char *, Semantics::Direction> directions[] = {
      {"in", Semantics::Direction::in}, {"out", Semantics::Direction::out}, {"in_out", Semantics::Direction::in_out}};
  const Node::Entry *first = nullptr;
  for (const auto &[key, direction] : directions) {
    const Node::Entry *entry = map.entry(key);
    if (!entry)
      continue;
    if (first) {
      log.error(entry->place,
                "a parameter has one of 'in', 'out' and 'in_out', not '" + first->key + "' and '" + key + '\'',
                {{first->place, "the other is given here"}});
      return;
    }
    first = entry;
    semantics.direction = direction;
    if (std::optional<Text> text = map.text(key))
      if (std::optional<Semantics::Shape> shape = read_shape(*text, key, log))
        semantics.shape = *shape;
  }
}

std::vector<std::string> read_words(MapReader &map, const std::string &key, Log &log) {
  std::vector<std::string> words;
  if (std::optional<std::vector<Text>> texts = map.texts(key)) {
    if (texts->empty())
      log.error(map.entry(key)->place, '\'' + key + "' names nothing");
    for (const Text &text : *texts)
      words.push_back(text.value);
  }
  return words;
}

/// What parameters and results have in common.
void read_what_it_is(MapReader &map, Semantics &semantics, Log &log) {
  if (std::optional<Text> size = map.text("size"))
    semantics.size = with_result(size->value);
  if (std::optional<Text> enumeration = map.text("enum"))
    semantics.enumeration = enumeration->value;
  if (std::optional<bool> secret = map.boolean("secret"))
    semantics.secret = *secret;
  semantics.bits = read_words(map, "bits", log);
  semantics.fields = read_words(map, "fields", log);
}

void check_together(MapReader &map, const Semantics &semantics, const Place &place, Log &log) {
  const Node::Entry *size = map.entry("size");
  bool sized = semantics.shape == Semantics::Shape::bytes || semantics.shape == Semantics::Shape::text;
  if (semantics.shape == Semantics::Shape::bytes && !size && !semantics.secret)
    log.error(place, "bytes want a 'size': an expression over the parameters' names, or 'return'");
  if (size && !sized)
    log.error(size->place, "'size' is for text and bytes; say so with 'in' or 'out'");
  if (const Node::Entry *bits = map.entry("bits"); bits && semantics.shape != Semantics::Shape::value)
    log.error(bits->place, "'bits' is for a number, not for what a pointer leads to");
  if (const Node::Entry *bits = map.entry("bits"); bits && map.entry("enum"))
    log.error(bits->place, "'bits' and 'enum' exclude each other");
  if (const Node::Entry *fields = map.entry("fields"); fields && sized)
    log.error(fields->place, "'fields' is for a struct");
}

} // namespace

bool is_word(const std::string &text) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0])))
    return false;
  for (char letter : text)
    if (!is_word_letter(letter))
      return false;
  return true;
}

std::map<std::string, Semantics> read_parameters(const Node::Entry &entry, Log &log) {
  std::map<std::string, Semantics> parameters;
  MapReader names(entry, "'params'", log);
  if (!names.is_map())
    return parameters;
  for (const Node::Entry &named : names.map().entries) {
    if (!is_word(named.key)) {
      log.error(named.place, "'" + named.key + "' is no parameter's name");
      continue;
    }
    MapReader map(named, "parameter '" + named.key + '\'', log);
    Semantics semantics;
    semantics.place = named.place;
    read_direction(map, semantics, log);
    read_what_it_is(map, semantics, log);
    map.reject_unknown_keys();
    check_together(map, semantics, named.place, log);
    parameters.emplace(named.key, std::move(semantics));
  }
  return parameters;
}

Semantics read_result(const Node::Entry &entry, Log &log) {
  MapReader map(entry, "'result'", log);
  Semantics semantics;
  semantics.place = entry.place;
  semantics.direction = Semantics::Direction::out;
  if (std::optional<Text> out = map.text("out"))
    if (std::optional<Semantics::Shape> shape = read_shape(*out, "out", log))
      semantics.shape = *shape;
  read_what_it_is(map, semantics, log);
  map.reject_unknown_keys();
  check_together(map, semantics, entry.place, log);
  return semantics;
}

} // namespace tripwire::config
