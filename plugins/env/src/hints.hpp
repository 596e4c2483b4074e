// recorded calls --(hints)--> lines to paste into a test
#ifndef TRIPWIRE_PLUGINS_ENV_HINTS_HPP
#define TRIPWIRE_PLUGINS_ENV_HINTS_HPP

#include <tripwire/plugin.hpp>

#include <string>

namespace tripwire::plugins {


/// The statement that answers the call.
std::string env_mock_statement(const plugin::Description &call);

/// The statement that asserts the interaction with its real values.
std::string env_assert_statement(const plugin::Description &interaction);

} // namespace tripwire::plugins

#endif
