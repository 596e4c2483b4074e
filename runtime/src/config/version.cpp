// `version:` of either file.
#include "version.hpp"

namespace tripwire::config {

int read_version(MapReader &map, const Place &file, Log &log) {
  constexpr int current = 1;
  const Node::Entry *entry = map.entry("version");
  if (!entry) {
    log.error({file.file, 1, 1}, "'version' is missing; the file begins with 'version: 1'");
    return current;
  }
  std::optional<long long> version = as_integer(*entry->value);
  if (!version)
    log.error(place_of(*entry), "'version' wants a number, not " + described(*entry->value) + "; write 1");
  else if (*version != current)
    log.error(place_of(*entry), "version " + std::to_string(*version) + " is not known; this tripwire reads version 1");
  return current;
}

} // namespace tripwire::config
