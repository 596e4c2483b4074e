// operations --(hints)--> lines to paste into a test
#ifndef TRIPWIRE_PLUGINS_SQLITE_HINTS_HPP
#define TRIPWIRE_PLUGINS_SQLITE_HINTS_HPP

#include <tripwire/plugin.hpp>

#include <string>

namespace tripwire::plugins {

/// The statement that answers the operation.
std::string sqlite_mock_statement(const plugin::Description &call);

/// The statement that asserts it with its real values.
std::string sqlite_assert_statement(const plugin::Description &interaction);

} // namespace tripwire::plugins

#endif
