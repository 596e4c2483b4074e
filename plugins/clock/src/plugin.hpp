// the one object of the plugin, for its own sources
#ifndef TRIPWIRE_PLUGINS_CLOCK_PLUGIN_HPP
#define TRIPWIRE_PLUGINS_CLOCK_PLUGIN_HPP

#include <tripwire/plugin.hpp>

namespace tripwire::plugins {

plugin::Plugin &clock_plugin();

} // namespace tripwire::plugins

#endif
