// the configuration's seams + what a program's objects call --(misspelt)--> seams that were meant to be something else
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

} // namespace tripwire::tool
