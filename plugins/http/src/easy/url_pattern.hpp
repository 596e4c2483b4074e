// `https://*.example.com/v1/*` --(pattern_matches)--> whether a URL is one of those
#ifndef TRIPWIRE_PLUGINS_HTTP_EASY_URL_PATTERN_HPP
#define TRIPWIRE_PLUGINS_HTTP_EASY_URL_PATTERN_HPP

#include "url.hpp"

#include <string>
#include <string_view>

namespace tripwire::plugins::curl {

/// Whether the text names many URLs: it holds a `*`.
bool is_pattern(std::string_view text);

/// Whether \p url is one of those that \p pattern names: scheme, host, port and path; not the query. In the host `*`
/// stands for anything, in the path for one segment, `**` for any number. Without a port only the scheme's own fits.
bool pattern_matches(std::string_view pattern, const Url &url);

/// What follows the `?`; empty without one.
std::string query_of_pattern(std::string_view pattern);

/// Whether URLs that \p pattern stands for, or is, are of \p scheme and lead to that host and port. \p own_port is the
/// scheme's own.
bool names_host(std::string_view pattern, std::string_view scheme, std::string_view host, int port, int own_port);

} // namespace tripwire::plugins::curl

#endif
