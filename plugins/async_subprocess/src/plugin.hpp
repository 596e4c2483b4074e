#ifndef TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_PLUGIN_HPP
#define TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_PLUGIN_HPP

#include <tripwire/plugin.hpp>

namespace tripwire::plugins {

/// The one object of the plugin.
plugin::Plugin &async_subprocess_plugin();

} // namespace tripwire::plugins

#endif
