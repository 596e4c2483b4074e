#ifndef TRIPWIRE_PLUGINS_POPEN_PLUGIN_HPP
#define TRIPWIRE_PLUGINS_POPEN_PLUGIN_HPP

#include <tripwire/plugin.hpp>

namespace tripwire::plugins {

/// The one object of the plugin.
plugin::Plugin &popen_plugin();

} // namespace tripwire::plugins

#endif
