// what the server of the differential tests serves, and how requests are compared
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_SERVED_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_SERVED_HPP

#include "local_server.hpp"

#include <map>
#include <string>

namespace tripwire::plugins::test {

/// The answers by path; \p base is where the server listens.
std::map<std::string, Served> table(const std::string &base);

/// A request as it came over the wire, in the words that recorded requests are shown in: secrets and boundaries
/// normalised.
std::string wire_text(const std::string &request);

} // namespace tripwire::plugins::test

#endif
