// an entry of `seams:` --(kind and pattern, parameters, failure)--> Seam
#include "seam_reader.hpp"
#include "hand_over_reader.hpp"
#include "name_pattern.hpp"
#include "nearest.hpp"
#include "reader.hpp"
#include "semantics_reader.hpp"

#include <map>
#include <optional>
#include <utility>

namespace tripwire::config {

namespace {

constexpr SeamKind kinds[] = {SeamKind::function, SeamKind::method, SeamKind::constructor, SeamKind::type,
                              SeamKind::header};

std::string quoted_kinds() {
  std::vector<std::string> words;
  for (SeamKind kind : kinds)
    words.push_back(word(kind));
  return listed(words, "or");
}

bool is_call(SeamKind kind) {
  switch (kind) {
  case SeamKind::function:
  case SeamKind::method:
  case SeamKind::constructor:
    return true;
  case SeamKind::type:
  case SeamKind::header:
    return false;
  }
  return false;
}

/// The one key that says what is named; absent, and logged, when there is none or there are two.
std::optional<Text> read_kind(MapReader &map, Seam &seam, const Place &place, Log &log) {
  const Node::Entry *first = nullptr;
  for (SeamKind kind : kinds) {
    const Node::Entry *entry = map.entry(word(kind));
    if (!entry)
      continue;
    if (first) {
      log.error(entry->place, "a seam names one thing, not both '" + first->key + "' and '" + entry->key + '\'',
                {{first->place, "the other is named here"}});
      return std::nullopt;
    }
    first = entry;
    seam.kind = kind;
  }
  if (first)
    return map.text(first->key);
  // An unknown key is then the likely cause, and gets its own message.
  bool misspelt = false;
  for (const Node::Entry *entry : map.unknown())
    misspelt = misspelt || nearest(entry->key, map.known());
  if (!misspelt && map.is_map())
    log.error(place, "a seam says what it names: " + quoted_kinds());
  return std::nullopt;
}

void check_pattern(SeamKind kind, const Text &pattern, Log &log) {
  std::optional<std::string> wrong = kind == SeamKind::header ? std::nullopt : what_is_wrong(pattern.value);
  if (!wrong && kind == SeamKind::method && components(parse_pattern(pattern.value).name).size() < 2)
    wrong = "a method is named with its class: 'Class::" + pattern.value + '\'';
  if (wrong)
    log.error(pattern.place, *wrong);
}

/// A key that only seams of some kinds have.
bool may_have(MapReader &map, const std::string &key, bool allowed, SeamKind kind, Log &log) {
  const Node::Entry *entry = map.entry(key);
  if (entry && !allowed)
    log.error(entry->place, '\'' + key + "' means nothing for a " + word(kind) + " seam; take it out");
  return entry && allowed;
}

std::optional<Failure> read_failure(const Node::Entry &entry, Log &log) {
  MapReader map(entry, "'failure'", log);
  Failure failure;
  failure.place = entry.place;
  if (std::optional<Text> returns = map.text("returns"))
    failure.returns = returns->value;
  if (std::optional<Text> errno_name = map.text("errno")) {
    failure.errno_name = errno_name->value;
    if (!is_word(errno_name->value))
      log.error(errno_name->place, "'errno' wants the name of an error like EPERM, not '" + errno_name->value + '\'');
  }
  if (map.is_map() && map.map().entries.empty())
    log.error(entry.place, "'failure' says nothing; give it 'returns' or 'errno'");
  map.reject_unknown_keys();
  return failure;
}

void read_mode(MapReader &map, Seam &seam, Log &log) {
  if (!may_have(map, "mode", seam.kind == SeamKind::function, seam.kind, log))
    return;
  std::optional<Text> mode = map.text("mode");
  if (!mode)
    return;
  if (mode->value != "symbol") {
    log.error(mode->place, "unknown mode '" + mode->value + '\'' + did_you_mean(mode->value, {"symbol"}) +
                               (nearest(mode->value, {"symbol"}) ? "" : "; the only one is 'symbol'"));
    return;
  }
  seam.mode = mode->value;
  seam.mode_place = mode->place;
}

void read_becomes(MapReader &map, Seam &seam, Log &log) {
  bool is_type = seam.kind == SeamKind::type;
  if (may_have(map, "becomes", is_type, seam.kind, log)) {
    if (std::optional<Text> becomes = map.text("becomes"))
      seam.becomes = becomes->value;
  } else if (is_type) {
    log.error(seam.place, "a type seam wants 'becomes': the type that stands in for '" + seam.pattern + '\'');
  }
  if (may_have(map, "answers", is_type, seam.kind, log))
    if (std::optional<std::vector<Text>> answers = map.texts("answers"))
      for (const Text &function : *answers) {
        check_pattern(SeamKind::function, function, log);
        seam.answers.push_back(function.value);
      }
}

void refuse_states(MapReader &map, Log &log) {
  if (const Node::Entry *entry = map.entry("states"))
    log.error(entry->place, "'states' stands beside 'seams', not in a seam: its transitions name their calls");
}

/// A function that hands work over may be mocked or not; one that the entry names with `*` could be any.
void read_propagates(MapReader &map, Seam &seam, Log &log) {
  const Node::Entry *entry = map.entry("propagates");
  if (!entry)
    return;
  const bool is_function = seam.kind == SeamKind::function || seam.kind == SeamKind::method;
  if (!may_have(map, "propagates", is_function, seam.kind, log))
    return;
  if (!is_exact(seam.pattern))
    log.error(entry->place, "'propagates' wants a seam that names one function, not '" + seam.pattern + '\'');
  MapReader inner(*entry, "'propagates'", log);
  seam.hands_over = read_hand_over(inner, entry->place, log);
  inner.reject_unknown_keys();
}

/// `propagates: {function: pool::submit, callable: 0}`: no seam in the way of calls, only a carrier of contexts.
std::optional<Seam> read_carrier(MapReader &outer, const Node::Entry &entry, const std::string &plugin, Log &log) {
  MapReader map(entry, "'propagates'", log);
  Seam seam;
  seam.plugin = plugin;
  seam.place = entry.place;
  seam.only_hands_over = true;
  map.know("include");
  std::optional<Text> pattern = read_kind(map, seam, place_of(entry), log);
  seam.hands_over = read_hand_over(map, entry.place, log);
  if (pattern) {
    seam.pattern = pattern->value;
    seam.place = pattern->place;
    check_pattern(seam.kind, *pattern, log);
    if (seam.kind != SeamKind::function && seam.kind != SeamKind::method)
      log.error(seam.place, std::string("'propagates' names a function or a method, not a ") + word(seam.kind));
    else if (!is_exact(seam.pattern))
      log.error(seam.place, "'propagates' names one function, not '" + seam.pattern + '\'');
  }
  if (std::optional<Text> include = map.text("include"))
    seam.include = include->value;
  map.reject_unknown_keys();
  outer.reject_unknown_keys();
  return pattern ? std::optional<Seam>(std::move(seam)) : std::nullopt;
}

bool names_nothing(MapReader &map) {
  bool named = false;
  for (SeamKind kind : kinds)
    named = map.entry(word(kind)) || named;
  return !named;
}

std::optional<Seam> read_seam(const NodePointer &node, const std::string &plugin, Log &log) {
  if (node->kind == Node::Kind::scalar) {
    log.error(node->place,
              "a seam wants a map of keys, not " + described(*node) + "; write {function: " + node->text + '}');
    return std::nullopt;
  }
  MapReader map(node, "a seam", log);
  if (const Node::Entry *carrier = map.entry("propagates"); carrier && names_nothing(map))
    return read_carrier(map, *carrier, plugin, log);
  Seam seam;
  seam.plugin = plugin;
  seam.place = node->place;
  for (const char *key : {"except", "include", "params", "result", "failure", "mode", "becomes", "answers"})
    map.know(key);
  std::optional<Text> pattern = read_kind(map, seam, node->place, log);
  if (!pattern) {
    map.reject_unknown_keys();
    return std::nullopt;
  }
  seam.pattern = pattern->value;
  seam.place = pattern->place;
  check_pattern(seam.kind, *pattern, log);

  if (std::optional<std::vector<Text>> except = map.texts("except"))
    for (const Text &exception : *except) {
      // A header's exceptions are names of what it declares.
      check_pattern(seam.kind == SeamKind::header ? SeamKind::function : seam.kind, exception, log);
      seam.except.push_back(exception.value);
    }
  if (may_have(map, "include", seam.kind != SeamKind::header, seam.kind, log))
    if (std::optional<Text> include = map.text("include"))
      seam.include = include->value;
  if (may_have(map, "params", is_call(seam.kind), seam.kind, log))
    seam.parameters = read_parameters(*map.entry("params"), log);
  bool returns = seam.kind == SeamKind::function || seam.kind == SeamKind::method;
  if (may_have(map, "result", returns, seam.kind, log))
    seam.result = read_result(*map.entry("result"), log);
  if (may_have(map, "failure", returns, seam.kind, log))
    seam.failure = read_failure(*map.entry("failure"), log);
  read_mode(map, seam, log);
  read_becomes(map, seam, log);
  read_propagates(map, seam, log);
  refuse_states(map, log);
  map.reject_unknown_keys();
  return seam;
}

} // namespace

const char *word(SeamKind kind) noexcept {
  switch (kind) {
  case SeamKind::function:
    return "function";
  case SeamKind::method:
    return "method";
  case SeamKind::constructor:
    return "constructor";
  case SeamKind::type:
    return "type";
  case SeamKind::header:
    return "header";
  }
  return "";
}

std::vector<Seam> read_seams(const Node::Entry &entry, const std::string &plugin, Log &log) {
  std::vector<Seam> seams;
  if (entry.value->kind != Node::Kind::sequence) {
    log.error(place_of(entry), "'seams' wants a list, not " + described(*entry.value));
    return seams;
  }
  std::map<std::pair<SeamKind, std::string>, Place> first;
  for (const NodePointer &item : entry.value->items) {
    std::optional<Seam> seam = read_seam(item, plugin, log);
    if (!seam)
      continue;
    std::string key = seam->kind == SeamKind::header ? seam->pattern : canonical(seam->pattern);
    auto [known, is_new] = first.emplace(std::make_pair(seam->kind, key), seam->place);
    if (!is_new) {
      log.error(seam->place, std::string("duplicate seam: ") + word(seam->kind) + " '" + seam->pattern + '\'',
                {{known->second, "first named here"}});
      continue;
    }
    seams.push_back(std::move(*seam));
  }
  return seams;
}

} // namespace tripwire::config
