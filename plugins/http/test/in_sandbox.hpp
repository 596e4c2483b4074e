// a client, run in a sandbox as a test of its own --> what it saw, and what that test reports
#ifndef TRIPWIRE_PLUGINS_HTTP_TEST_IN_SANDBOX_HPP
#define TRIPWIRE_PLUGINS_HTTP_TEST_IN_SANDBOX_HPP

#include <tripwire/adapter.hpp>
#include <tripwire/tripwire.hpp>

#include <functional>
#include <string>

namespace tripwire::plugins::test {

/// Its requests are left unasserted, so that \p report shows them.
inline std::string run_in_sandbox(const char *name, const std::function<std::string()> &run,
                                  const std::function<void()> &prepare, std::string &report) {
  std::string seen;
  adapter::begin_test(name);
  adapter::body_begins();
  prepare();
  {
    const Sandbox sandbox;
    seen = run();
  }
  adapter::body_ends();
  for (const adapter::Report &each : adapter::end_test(adapter::Outcome::passed))
    report += each.text + "\n";
  return seen;
}

} // namespace tripwire::plugins::test

#endif
