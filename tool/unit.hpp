// preprocessed text + configuration --(unit)--> whether the unit may refer to a seam at all
#pragma once

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// What a look at the text says, before any parse.
struct UnitLook {
  /// The main file is one that the configuration instruments, or it only includes others (a unity build) of which one
  /// is.
  bool is_of_project = false;
  /// Code of the project (in a file that the configuration instruments, and that is no system header) may refer to a
  /// seam. True when in doubt: what comes next is the parse that knows. For a seam named exactly, or by how its name
  /// begins, such a name must occur in the project's code; for all functions of a scope, the scope's name must occur
  /// anywhere; for all that a header declares, the header must be among the unit's files. Also true where a header that
  /// is not the project's holds the body of a function of such a name: its other functions may run that.
  bool may_refer = false;
  std::vector<std::string> files; ///< every file that gave the unit text, as the compiler spells it
};

UnitLook look_at(llvm::StringRef text, const config::Configuration &configuration);

} // namespace tripwire::tool
