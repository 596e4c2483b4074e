// the one object of the plugin, for its own sources
#ifndef TRIPWIRE_PLUGINS_SQLITE_PLUGIN_HPP
#define TRIPWIRE_PLUGINS_SQLITE_PLUGIN_HPP

#include <tripwire/plugin.hpp>

namespace tripwire::plugins {

plugin::Plugin &sqlite_plugin();

} // namespace tripwire::plugins

#endif
