// the one object of the plugin, for its own sources
#ifndef TRIPWIRE_PLUGINS_HTTP_PLUGIN_HPP
#define TRIPWIRE_PLUGINS_HTTP_PLUGIN_HPP

#include <tripwire/plugin.hpp>

namespace tripwire::plugins {

plugin::Plugin &http_plugin();

/// The test is over: what http_keep() kept is gone.
void forget_exchanges();

/// One more seam of the plugin's, with its handler.
void http_follow(const char *seam, void (*run)(plugin::Visit &));

} // namespace tripwire::plugins

#endif
