// the value of `propagates:` --(callable, data)--> HandOver
#ifndef TRIPWIRE_SRC_CONFIG_HAND_OVER_READER_HPP
#define TRIPWIRE_SRC_CONFIG_HAND_OVER_READER_HPP

#include "reader.hpp"

#include <tripwire/config/seam.hpp>

#include <optional>

namespace tripwire::config {

/// Reads `callable` and `data` of the map at \p place; leaves its other keys. Absent, and logged, when they do not say
/// which arguments are meant.
std::optional<HandOver> read_hand_over(MapReader &map, const Place &place, Log &log);

} // namespace tripwire::config

#endif
