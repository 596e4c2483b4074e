// one client program, compiled several times: against the real libcurl, against the mock, and rewritten --> what it saw
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_SCENARIOS_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_SCENARIOS_HPP

#include <string>
#include <vector>

namespace tripwire::plugins::test {

/// A client: runs transfers against \p base and writes down what its callbacks and curl_easy_getinfo told it.
struct Scenario {
  const char *name;
  std::string (*run)(const std::string &base);
};

namespace real {
const std::vector<Scenario> &scenarios();
const std::vector<Scenario> &multi_scenarios();
} // namespace real
namespace mocked {
const std::vector<Scenario> &scenarios();
}
namespace rewritten {
const std::vector<Scenario> &scenarios();
const std::vector<Scenario> &multi_scenarios();
} // namespace rewritten

} // namespace tripwire::plugins::test

#endif
