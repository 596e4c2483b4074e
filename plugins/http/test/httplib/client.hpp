// A client of cpp-httplib as production code would write it: the tests of this folder rewrite it.
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_HTTPLIB_CLIENT_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_HTTPLIB_CLIENT_HPP

#include <httplib.h>

#include <string>
#include <vector>

namespace client {

/// A call of the library and what came of it, in words.
struct Scenario {
  const char *name;
  std::string (*run)(httplib::Client &client);
};
const std::vector<Scenario> &scenarios();

/// What a result holds, in words.
std::string words(const httplib::Result &result);

/// In a function that cannot throw.
httplib::Error fetch_without_throwing(httplib::Client &client, const std::string &path) noexcept;

} // namespace client

#endif
