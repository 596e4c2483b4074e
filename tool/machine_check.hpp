// the state machines of the configuration --(machine_check)--> those that name a call which is no seam
#pragma once

#include "tool/diagnostics.hpp"

#include "tripwire/config/configuration.hpp"

#include <vector>

namespace tripwire::tool {

/// One error for each call that no entry of `seams:` can make a seam, in the order of the files.
std::vector<Diagnostic> check_machines(const config::Configuration &configuration);

} // namespace tripwire::tool
