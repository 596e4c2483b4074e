// the one object of the plugin, for its own sources
#ifndef TRIPWIRE_PLUGINS_ENV_PLUGIN_HPP
#define TRIPWIRE_PLUGINS_ENV_PLUGIN_HPP

#include <tripwire/plugin.hpp>

namespace tripwire::plugins {

plugin::Plugin &env_plugin();

} // namespace tripwire::plugins

#endif
