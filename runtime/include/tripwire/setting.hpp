// tripwire.yaml --> what it says in a plugin's own section
#ifndef TRIPWIRE_SETTING_HPP
#define TRIPWIRE_SETTING_HPP

#include <string>
#include <string_view>
#include <vector>

namespace tripwire::plugin {

/// What the program's configuration says under \p key in the section of \p plugin, as written: one text, or those of a
/// list. Empty when it says nothing. The tool has checked key and type against the plugin's manifest. Thread-safe.
std::vector<std::string> setting(std::string_view plugin, std::string_view key);

} // namespace tripwire::plugin

#endif
