// typed seams + what the seam files say of them --(definitions)--> the C++ text that defines slots and wrappers
#pragma once

#include "tool/record.hpp"
#include "tool/typed_seam.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The includes (and declarations that no header has) with which the definitions begin.
std::string definitions_prelude(const std::vector<Record> &records, const config::Configuration &configuration);

/// Slots and wrappers, to stand behind the prelude: docs/decisions/0003-generated-surface.md shows the text. \p program
/// is the name of what is linked, \p configuration_path what the runtime reads. An error when a seam file speaks of a
/// parameter that is not there, or gives no failure value where one is due.
llvm::Expected<std::string> definitions_text(const std::vector<TypedSeam> &seams,
                                             const config::Configuration &configuration, const std::string &program,
                                             const std::string &configuration_path);

} // namespace tripwire::tool
