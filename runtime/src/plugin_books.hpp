// what the core keeps for plugins
#ifndef TRIPWIRE_SRC_PLUGIN_BOOKS_HPP
#define TRIPWIRE_SRC_PLUGIN_BOOKS_HPP

#include "leftovers.hpp"
#include "verifier_state.hpp"

#include "tripwire/plugin.hpp"

#include <vector>

namespace tripwire::runtime {

void take_unused_of_plugins(VerifierState &verifier, Leftovers &into);

/// All plugins that are linked, in the order of their registration.
std::vector<plugin::Plugin *> plugins();

/// Two plugins of one name are a `ConfigurationError`; thrown when the first test begins, since nothing can be thrown
/// before `main`.
void check_plugins();

/// Tells the plugins that a sandbox opens. What one of them throws is thrown on, when those before it have been told
/// that it closes; what fails then is added to the message.
void activate_plugins();
void deactivate_plugins() noexcept;

} // namespace tripwire::runtime

#endif
