// recorded calls --(hints)--> lines to paste into a test
#ifndef TRIPWIRE_PLUGINS_LOGGING_HINTS_HPP
#define TRIPWIRE_PLUGINS_LOGGING_HINTS_HPP

#include <tripwire/plugin.hpp>

#include <string>

namespace tripwire::plugins {

/// The statement that waits for the record.
std::string log_mock_statement(const plugin::Description &call);

/// The statement that asserts the record with its real values.
std::string log_assert_statement(const plugin::Description &interaction);

} // namespace tripwire::plugins

#endif
