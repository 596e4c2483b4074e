// Node --(asked key by key)--> plain values; what nobody asked for is an unknown key.
#include "reader.hpp"
#include "nearest.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace tripwire::config {

namespace {

/// A missing value has no place that a reader would look for; its key has.
Place place_of(const Node &node, const Place &otherwise) {
  return node.kind == Node::Kind::nothing ? otherwise : node.place;
}

} // namespace

std::string described(const Node &node) {
  switch (node.kind) {
  case Node::Kind::nothing:
    return "nothing";
  case Node::Kind::sequence:
    return "a list";
  case Node::Kind::map:
    return "a map";
  case Node::Kind::scalar:
    break;
  }
  constexpr std::size_t enough = 60;
  std::string shown = node.text.size() > enough ? node.text.substr(0, enough) + "..." : node.text;
  for (char &letter : shown)
    if (letter == '\n')
      letter = ' ';
  return '\'' + shown + '\'';
}

std::optional<bool> as_boolean(const Node &node) {
  if (node.kind != Node::Kind::scalar || node.quoted)
    return std::nullopt;
  if (node.text == "true")
    return true;
  if (node.text == "false")
    return false;
  return std::nullopt;
}

std::optional<long long> as_integer(const Node &node) {
  if (node.kind != Node::Kind::scalar || node.quoted || node.text.empty() || node.text.size() > 18)
    return std::nullopt;
  std::size_t digits = node.text[0] == '-' ? 1 : 0;
  if (digits == node.text.size() || node.text.find_first_not_of("0123456789", digits) != std::string::npos)
    return std::nullopt;
  return std::strtoll(node.text.c_str(), nullptr, 10);
}

std::optional<Text> read_text(const Node &node, const std::string &what, const Place &otherwise, Log &log) {
  bool is_text = node.kind == Node::Kind::scalar || (node.kind == Node::Kind::nothing && !node.text.empty());
  if (!is_text) {
    log.error(place_of(node, otherwise), what + " wants text, not " + described(node));
    return std::nullopt;
  }
  if (node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    log.error(node.place, what + " wants text, not an empty one");
    return std::nullopt;
  }
  return Text{node.text, node.place};
}

std::optional<std::vector<Text>> read_texts(const Node &node, const std::string &what, const Place &otherwise,
                                            Log &log) {
  if (node.kind == Node::Kind::scalar) {
    log.error(node.place, what + " wants a list, not " + described(node) + "; write [" + node.text + "]");
    return std::nullopt;
  }
  if (node.kind != Node::Kind::sequence) {
    log.error(place_of(node, otherwise), what + " wants a list, not " + described(node));
    return std::nullopt;
  }
  std::vector<Text> texts;
  bool good = true;
  for (const NodePointer &item : node.items) {
    std::optional<Text> text = read_text(*item, "each entry of " + what, item->place, log);
    good = good && text;
    if (text)
      texts.push_back(std::move(*text));
  }
  if (!good)
    return std::nullopt;
  return texts;
}

Place place_of(const Node::Entry &entry) { return place_of(*entry.value, entry.place); }

MapReader::MapReader(const NodePointer &node, std::string what, Log &log)
    : MapReader(node, node->place, std::move(what), log) {}

MapReader::MapReader(const Node::Entry &entry, std::string what, Log &log)
    : MapReader(entry.value, place_of(entry), std::move(what), log) {}

MapReader::MapReader(const NodePointer &node, const Place &place, std::string what, Log &log)
    : keep_(node), what_(std::move(what)), log_(log) {
  if (node->kind == Node::Kind::map)
    map_ = node.get();
  else
    log_.error(place, what_ + " wants a map of keys, not " + described(*node));
}

void MapReader::know(const std::string &key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end())
    known_.push_back(key);
}

const Node::Entry *MapReader::entry(const std::string &key) {
  know(key);
  if (!map_)
    return nullptr;
  for (const Node::Entry &entry : map_->entries)
    if (entry.key == key)
      return &entry;
  return nullptr;
}

std::optional<Text> MapReader::text(const std::string &key) {
  const Node::Entry *found = entry(key);
  if (!found)
    return std::nullopt;
  return read_text(*found->value, '\'' + key + '\'', found->place, log_);
}

std::optional<std::vector<Text>> MapReader::texts(const std::string &key) {
  const Node::Entry *found = entry(key);
  if (!found)
    return std::nullopt;
  return read_texts(*found->value, '\'' + key + '\'', found->place, log_);
}

std::optional<bool> MapReader::boolean(const std::string &key) {
  const Node::Entry *found = entry(key);
  if (!found)
    return std::nullopt;
  std::optional<bool> value = as_boolean(*found->value);
  if (!value)
    log_.error(place_of(*found), '\'' + key + "' wants true or false, not " + described(*found->value));
  return value;
}

std::vector<const Node::Entry *> MapReader::unknown() const {
  std::vector<const Node::Entry *> unknown;
  if (!map_)
    return unknown;
  for (const Node::Entry &entry : map_->entries)
    if (std::find(known_.begin(), known_.end(), entry.key) == known_.end())
      unknown.push_back(&entry);
  return unknown;
}

void MapReader::reject_unknown_keys(const std::string &supplement) {
  for (const Node::Entry *entry : unknown()) {
    std::string meant = did_you_mean(entry->key, known_);
    if (meant.empty())
      meant = supplement.empty() ? "; " + what_ + " has " + listed(known_) : supplement;
    log_.error(entry->place, "unknown key '" + entry->key + '\'' + meant);
  }
}

} // namespace tripwire::config
