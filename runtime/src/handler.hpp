// a call of a plugin's seam --> the plugin's handler, and what it left undone
#ifndef TRIPWIRE_SRC_HANDLER_HPP
#define TRIPWIRE_SRC_HANDLER_HPP

#include "context.hpp"

#include "tripwire/seam/call.hpp"

namespace tripwire::runtime {

/// Runs the handler that `Registry::handle` was given. On return the call is answered. Throws what the handler throws;
/// a refusal only where the call site lets it.
void run_handler(const void *handler, seam::Call &call, Context &of, int entry_errno);

} // namespace tripwire::runtime

#endif
