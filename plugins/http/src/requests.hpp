// one curl_easy_perform inside a test --(answered | let through)--> interactions
#ifndef TRIPWIRE_PLUGINS_HTTP_REQUESTS_HPP
#define TRIPWIRE_PLUGINS_HTTP_REQUESTS_HPP

#include <tripwire/plugin.hpp>

#include <curl/curl.h>

namespace tripwire::plugins {

/// Handles curl_easy_perform: answers it from mocks, or makes the real call and records what went over the wire.
CURLcode perform(plugin::Visit &visit, CURL *handle);

} // namespace tripwire::plugins

#endif
