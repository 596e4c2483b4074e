// the configuration's seams + what there is to be named --(misspelt)--> seams that were meant to be something else
#pragma once

#include "tool/diagnostics.hpp"
#include "tool/one_definition.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringSet.h"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// The pattern that \p seam was meant to have, when one of the qualified \p names is almost what it says; not for
/// headers.
std::optional<std::string> seam_meant(const config::Seam &seam, const llvm::StringSet<> &names);

/// What the header glob was meant to be, when one of \p files is almost it and nothing of its own name stands beside
/// that file. Looks at the file system.
std::optional<std::string> header_meant(llvm::StringRef glob, const std::vector<std::string> &files);

/// Whether the header glob names one of \p files as it is included: from any folder of its path on.
bool is_included(const std::string &glob, const std::vector<std::string> &files);

/// Warnings about seams of the project that no rewritten unit declares while the program calls something of almost that
/// name: a slip of the pen there would let the call out unseen.
std::vector<Diagnostic> misspelt_seams(const std::vector<LinkedObject> &objects,
                                       const config::Configuration &configuration);

/// Warnings about `header:` seams of the project that match none of a unit's \p files, name nothing that is there, and
/// are almost the name of one that is. Looks at the file system.
std::vector<Diagnostic> misspelt_headers(const std::vector<std::string> &files,
                                         const config::Configuration &configuration);

} // namespace tripwire::tool
