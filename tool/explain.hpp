// a build tree and a line --(explain)--> what becomes of each reference in the line, and why, or why there is none
#pragma once

#include "tool/options.hpp"

#include "llvm/Support/Error.h"

namespace tripwire::tool {

/// Prints the explanation on standard output, refusals on standard error; returns the exit status. An error when the
/// line does not exist, or no unit has it.
llvm::Expected<int> explain(const ExplainStep &task);

} // namespace tripwire::tool
