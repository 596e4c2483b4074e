// a build tree --(check)--> every refusal, and the ledger's summary over all units; nothing is compiled
#pragma once

#include "tool/options.hpp"

#include "llvm/Support/Error.h"

namespace tripwire::tool {

/// Prints what a build would refuse on standard error and the summary on standard output; returns the exit status.
llvm::Expected<int> check(const CheckStep &task);

} // namespace tripwire::tool
