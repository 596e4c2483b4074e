// a request, whoever makes it --(describe_request)--> what the core, rules and messages see of it
#ifndef TRIPWIRE_PLUGINS_HTTP_DESCRIBE_HPP
#define TRIPWIRE_PLUGINS_HTTP_DESCRIBE_HPP

#include "easy/headers.hpp"
#include "easy/url.hpp"

#include <tripwire/plugin.hpp>

#include <string>

namespace tripwire::plugins {

plugin::Description describe_request(const std::string &method, const curl::Url &url);

/// Adds the response to an interaction.
void record_response(const plugin::Recorded &recorded, long status, const curl::HeaderList &headers,
                     const std::string &body);

/// What a mock cannot honour fails the test: an answer that is not the library's would be a lie. \p option names what
/// the test may do without; zero when there is nothing of the kind.
[[noreturn]] void cannot_honour(plugin::Visit &visit, const std::string &method, const std::string &url,
                                const std::string &what, CURLoption option = static_cast<CURLoption>(0));

} // namespace tripwire::plugins

#endif
