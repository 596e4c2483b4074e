// one typed seam + the state machines of the seam files --(transition_text)--> what its calls do to a handle
#pragma once

#include "tool/diagnostics.hpp"
#include "tool/typed_seam.hpp"

#include "tripwire/config/configuration.hpp"

#include <string>
#include <vector>

namespace tripwire::tool {

/// Handles that the real declaration of \p seam does not bear out: parameters that are not there, a result or a type
/// that is none.
std::vector<Diagnostic> check_handles(const TypedSeam &seam, const config::Seam &entry,
                                      const config::Configuration &configuration);

/// The lines of the slot's table of transitions; empty when no machine names the seam.
std::string transition_table(const TypedSeam &seam, const config::Seam &entry,
                             const config::Configuration &configuration);

} // namespace tripwire::tool
