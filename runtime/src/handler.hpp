// a call of plugins' seam --> the handler of the plugin that takes it, and what it left undone
#ifndef TRIPWIRE_SRC_HANDLER_HPP
#define TRIPWIRE_SRC_HANDLER_HPP

#include "context.hpp"
#include "registry.hpp"

#include "tripwire/seam/call.hpp"

namespace tripwire::runtime {

/// Runs the handlers that `Registry::handle` was given, from \p first on, until one does not pass the call on: it is
/// answered then. Throws what the handler throws; a refusal only where the call site lets it.
/// \return false when all have passed it on, and nothing was done.
bool run_handlers(const Handling &first, seam::Call &call, Context &of, int entry_errno);

} // namespace tripwire::runtime

#endif
