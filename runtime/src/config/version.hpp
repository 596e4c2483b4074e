// `version:` of either file.
#ifndef TRIPWIRE_SRC_CONFIG_VERSION_HPP
#define TRIPWIRE_SRC_CONFIG_VERSION_HPP

#include "reader.hpp"

namespace tripwire::config {

/// The format's version; logs one that is missing or not known.
int read_version(MapReader &map, const Place &file, Log &log);

} // namespace tripwire::config

#endif
