// numbers of syslog --(names)--> the constants that a test writes
#ifndef TRIPWIRE_PLUGINS_LOGGING_NAMES_HPP
#define TRIPWIRE_PLUGINS_LOGGING_NAMES_HPP

#include <tripwire/plugins/logging.hpp>

#include <string>

namespace tripwire::plugins {

/// `LOG_WARNING`; what has no name is a number.
std::string name_of(LogLevel level);
/// `LOG_MAIL`
std::string name_of(LogFacility facility);
/// The word of the plugin that asserts a record of the level: `assert_warning`. Empty when none does.
std::string word_of(LogLevel level);

} // namespace tripwire::plugins

#endif
