// the one object of the plugin, for its own sources
#ifndef TRIPWIRE_PLUGINS_SOCKET_PLUGIN_HPP
#define TRIPWIRE_PLUGINS_SOCKET_PLUGIN_HPP

#include <tripwire/plugin.hpp>

namespace tripwire::plugins {

plugin::Plugin &socket_plugin();

} // namespace tripwire::plugins

#endif
