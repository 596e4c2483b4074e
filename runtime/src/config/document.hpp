// text --(yaml-cpp's events)--> Node: one YAML document in which everything knows its place.
//
// yaml-cpp's own nodes hide duplicate keys, aliases and the word NULL (a fine C expression), so the tree is built from
// its events.
#ifndef TRIPWIRE_SRC_CONFIG_DOCUMENT_HPP
#define TRIPWIRE_SRC_CONFIG_DOCUMENT_HPP

#include "log.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace tripwire::config {

struct Node;
/// Shared because an alias is the node of its anchor.
using NodePointer = std::shared_ptr<const Node>;

struct Node {
  enum class Kind { nothing, scalar, sequence, map };
  struct Entry {
    std::string key;
    Place place; ///< of the key
    NodePointer value;
  };

  Kind kind = Kind::nothing;
  Place place;
  std::string text;    ///< of a scalar; of nothing, the word that says so (`~`, `null`, `NULL`), which may be empty
  bool quoted = false; ///< a scalar in quotes, or a block
  std::vector<NodePointer> items; ///< of a sequence
  std::vector<Entry> entries;     ///< of a map, each key once
  std::size_t weight = 1;         ///< nodes below and with this one, aliases counted in full
};

/// The one document that \p text holds; null when it cannot be read, and \p log says why. A text without a document
/// (empty, comments only) is an error too. Of a duplicate key the first value stays; it is logged as an error, and the
/// rest of the document can still be looked at.
NodePointer read_document(const std::string &text, const std::string &file, Log &log);

} // namespace tripwire::config

#endif
