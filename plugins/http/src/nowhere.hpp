// a connection that mocks answer --(nowhere)--> a real one on this machine, so that its socket can be asked anything
#ifndef TRIPWIRE_PLUGINS_HTTP_NOWHERE_HPP
#define TRIPWIRE_PLUGINS_HTTP_NOWHERE_HPP

#include <tripwire/plugin.hpp>

#include <string_view>

namespace tripwire::plugins {

/// A port of the loopback that takes every connection and ends it, so that whoever waits for an answer does not wait
/// for ever. 0 where the machine has no loopback.
unsigned short nowhere_port();

/// Handlers of what stands in for `tcp::resolver` and `beast::tcp_stream`.
void on_resolve(plugin::Visit &visit);
void on_stream(plugin::Visit &visit);

/// A test names this URL in a mock, or in an answer that passes.
void note_named(std::string_view url, bool is_mock);

} // namespace tripwire::plugins

#endif
