// the folder that TRIPWIRE_REPORT named --(make_report)--> one page to look at
#pragma once

#include "tool/options.hpp"

#include "llvm/Support/Error.h"

namespace tripwire::tool {

/// Writes the page and prints one line about it. What the tests found does not change the exit status.
llvm::Expected<int> make_report(const ReportStep &task);

} // namespace tripwire::tool
