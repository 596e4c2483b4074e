// Node --(asked key by key)--> plain values; what nobody asked for is an unknown key.
#ifndef TRIPWIRE_SRC_CONFIG_READER_HPP
#define TRIPWIRE_SRC_CONFIG_READER_HPP

#include "document.hpp"
#include "log.hpp"

#include <tripwire/config/configuration.hpp>

#include <optional>
#include <string>
#include <vector>

namespace tripwire::config {

/// What stands there, for a message: `a list`, `nothing`, `'abc'`.
std::string described(const Node &node);

/// Whether a plain scalar, not one in quotes, reads as one of these.
std::optional<bool> as_boolean(const Node &node);
std::optional<long long> as_integer(const Node &node);

/// The keys of one map. Each getter says what it wants, and logs when something else is there; asking is what makes a
/// key known.
class MapReader {
public:
  /// \p what names the map in messages: `a seam`. When \p node is no map, that is logged, and all getters find nothing.
  MapReader(const NodePointer &node, std::string what, Log &log);
  /// The map that is the value of an entry.
  MapReader(const Node::Entry &entry, std::string what, Log &log);

  /// The entry as it is; null when the key is not there.
  const Node::Entry *entry(const std::string &key);

  std::optional<Text> text(const std::string &key);
  /// Absent also when the key's value is empty or not a list; each text in it is not empty.
  std::optional<std::vector<Text>> texts(const std::string &key);
  std::optional<bool> boolean(const std::string &key);

  /// Makes a key known without looking at its value.
  void know(const std::string &key);

  /// Logs every key that nobody asked for. \p supplement follows the suggestion, when it is not empty.
  void reject_unknown_keys(const std::string &supplement = {});

  bool is_map() const { return map_ != nullptr; }
  const Node &map() const { return *map_; }
  /// Keys of the map that nobody asked for, so far.
  std::vector<const Node::Entry *> unknown() const;
  const std::vector<std::string> &known() const { return known_; }

private:
  MapReader(const NodePointer &node, const Place &place, std::string what, Log &log);

  const Node *map_ = nullptr;
  NodePointer keep_;
  std::string what_;
  Log &log_;
  std::vector<std::string> known_;
};

/// Where to point for a value: at its key when nothing stands there.
Place place_of(const Node::Entry &entry);

/// The texts of a list; logs what is no text, or empty, or no list at all. \p what names it in messages: `'except'`.
std::optional<std::vector<Text>> read_texts(const Node &node, const std::string &what, const Place &otherwise,
                                            Log &log);

/// A scalar's text, or the word that YAML took for nothing (`NULL`); absent, and logged, for anything else and for no
/// text.
std::optional<Text> read_text(const Node &node, const std::string &what, const Place &otherwise, Log &log);

} // namespace tripwire::config

#endif
