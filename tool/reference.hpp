// a plugin's manifest --(reference)--> the part of its page that the manifest says already
#pragma once

#include "tripwire/config/configuration.hpp"

#include <string>

namespace tripwire::tool {

/// Markdown: what the plugin stands in front of, what its rules, assertions and settings name, its seams and states.
std::string reference(const config::Plugin &plugin);

} // namespace tripwire::tool
