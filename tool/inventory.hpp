// a build tree --(inventory)--> the functions of others that the project's code calls and nobody watches, by header
#pragma once

#include "tool/options.hpp"

#include "llvm/Support/Error.h"

namespace tripwire::tool {

/// Prints the table, or JSON, on standard output; returns the exit status. Units that cannot be read are reported on
/// standard error and are not part of it.
llvm::Expected<int> inventory(const InventoryStep &task);

} // namespace tripwire::tool
