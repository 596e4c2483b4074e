// preprocessed text + configuration --(unit)--> whether the unit may refer to a seam at all
#pragma once

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace tripwire::tool {

/// Whether a name in \p names occurs in \p text, in a file that the configuration instruments and that is no system
/// header. Without names: whether there is such a file.
bool may_refer(llvm::StringRef text, llvm::ArrayRef<std::string> names, const config::Configuration &configuration);

} // namespace tripwire::tool
