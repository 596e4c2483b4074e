// plugin folders --(plugin_folders)--> which plugins there are. The folder is the list.
#ifndef TRIPWIRE_SRC_CONFIG_PLUGIN_FOLDERS_HPP
#define TRIPWIRE_SRC_CONFIG_PLUGIN_FOLDERS_HPP

#include "log.hpp"

#include <map>
#include <string>
#include <vector>

namespace tripwire::config {

/// Each plugin's manifest by the plugin's name. A folder that does not exist holds none; two manifests of one name are
/// logged.
std::map<std::string, std::string> find_plugins(const std::vector<std::string> &folders, Log &log);

} // namespace tripwire::config

#endif
