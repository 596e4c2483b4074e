// diagnostics --(diagnostics_json)--> JSON and back, to pass them from one process to another
#pragma once

#include "tool/diagnostics.hpp"

#include "llvm/Support/JSON.h"

#include <vector>

namespace tripwire::tool {

llvm::json::Value to_json(const std::vector<Diagnostic> &diagnostics);

/// What \c to_json wrote; what it did not is left out.
std::vector<Diagnostic> read_diagnostics(const llvm::json::Array *values);

} // namespace tripwire::tool
