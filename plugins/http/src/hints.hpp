// recorded calls --(hints)--> lines to paste into a test
#ifndef TRIPWIRE_PLUGINS_HTTP_HINTS_HPP
#define TRIPWIRE_PLUGINS_HTTP_HINTS_HPP

#include <tripwire/plugin.hpp>

#include <string>
#include <string_view>

namespace tripwire::plugins {

/// A C++ literal with exactly that text: in one line, raw where quotes would need escapes.
std::string literal(std::string_view text);

/// The statement that answers the request.
std::string http_mock_statement(const plugin::Description &call);

/// The statement that asserts the interaction with its real values.
std::string http_assert_statement(const plugin::Description &interaction);

} // namespace tripwire::plugins

#endif
