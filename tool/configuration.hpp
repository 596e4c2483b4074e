// the path of tripwire.yaml --(configuration)--> what it says, checked for what the tool can serve
#pragma once

#include "tool/diagnostics.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The same diagnostic in the tool's form.
Diagnostic as_ours(const config::Diagnostic &diagnostic);

/// The note that shows the entry of the seam file which asks for \p seam.
Diagnostic asked_for(const config::Seam &seam);
/// The same for the function called \p name, qualified: one note, or none when no entry names it but by its header.
std::vector<Diagnostic> asked_for(const config::Configuration &configuration, const std::string &name);

/// Reads \p path and the manifests it names; warnings are printed. An error holds everything that is wrong with it, and
/// leads to the exit status of wrong usage.
llvm::Expected<config::Configuration> load_configuration(const std::string &path,
                                                         const std::vector<std::string> &plugins_folders);

/// Prints a warning for each glob that excludes nothing. An error holds the globs that include nothing: then code is
/// left out that was meant. Walks the project's folder.
llvm::Error check_globs(const config::Configuration &configuration);

} // namespace tripwire::tool
