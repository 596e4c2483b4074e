// a request --> the narrowest rule for it, as code and as YAML, ready to paste
#ifndef TRIPWIRE_SRC_FIREWALL_RULE_HINT_HPP
#define TRIPWIRE_SRC_FIREWALL_RULE_HINT_HPP

#include "request.hpp"

#include <string>
#include <vector>

namespace tripwire::runtime {

/// `tripwire::M("mock").function("acme_charge").argument("cents", 5000)`
std::string rule_code(const Request &request);

/// `auto permit = tripwire::allow(tripwire::M("mock").function("acme_charge"));`, with as many rules as there are
/// requests; in a test that is written in C, `tripwire_allow("mock: {function: acme_charge}");`
std::string allow_line(const std::vector<const Request *> &requests);

/// The rule as a `restrict` of the test takes it.
std::string rule_line(const Request &request);

/// `- mock: {function: acme_charge, arguments: {cents: 5000}}`
std::string rule_yaml(const Request &request);

} // namespace tripwire::runtime

#endif
