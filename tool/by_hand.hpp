// one source, by hand --(by_hand)--> the edited text, its ledger, its edits as text
#pragma once

#include "tool/options.hpp"

#include "llvm/Support/Error.h"

namespace tripwire::tool {

/// Rewrites one source and writes what was asked for. The result is the exit status.
llvm::Expected<int> rewrite_by_hand(const ByHand &task);

} // namespace tripwire::tool
