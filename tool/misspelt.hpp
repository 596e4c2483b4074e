// the configuration's seams + what there is to be named --(misspelt)--> seams that were meant to be something else
#pragma once

#include "tool/diagnostics.hpp"
#include "tool/one_definition.hpp"

#include "tripwire/config/configuration.hpp"

#include <vector>

namespace tripwire::tool {

/// Warnings about seams of the project that no rewritten unit declares while the program calls something of almost that
/// name: a slip of the pen there would let the call out unseen.
std::vector<Diagnostic> misspelt_seams(const std::vector<LinkedObject> &objects,
                                       const config::Configuration &configuration);

/// Warnings about `header:` seams of the project that match none of a unit's \p files, name nothing that is there, and
/// are almost the name of one that is. Looks at the file system.
std::vector<Diagnostic> misspelt_headers(const std::vector<std::string> &files,
                                         const config::Configuration &configuration);

} // namespace tripwire::tool
