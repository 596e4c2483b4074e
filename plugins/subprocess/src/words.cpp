// what a test writes behind tripwire::subprocess --> mocks of the current test, and fields of an assertion
#include "plugin.hpp"
#include "which.hpp"

#include <tripwire/plugins/subprocess.hpp>

#include <memory>

namespace tripwire::plugins {

namespace {

/// With the words by which a test goes on telling it.
class RunMock final : public ProcessMock {
public:
  RunMock(const char *word, const ProcessExpected &command, bool is_real) : ProcessMock(word, command, is_real) {}

  SubprocessRun run{*this, outcome, failure};
  SubprocessPassThrough real{*this};
};

} // namespace

SubprocessRun &Subprocess::mock_run(const ProcessExpected &command, Place place) const {
  return plugin::add(subprocess_plugin(), std::make_unique<RunMock>("mock_run", command, false), place).run;
}

SubprocessPassThrough &Subprocess::pass_through(const ProcessExpected &command, Place place) const {
  return plugin::add(subprocess_plugin(), std::make_unique<RunMock>("pass_through", command, true), place).real;
}

SubprocessWhich Subprocess::add_which(const std::string &name, const std::string &path, Place place) const {
  process::WhichMock &mock = plugin::add(subprocess_plugin(), std::make_unique<process::WhichMock>(name, path), place);
  return SubprocessWhich(mock);
}

SubprocessPassThrough Subprocess::pass_through_which(const ProcessText &name, Place place) const {
  return SubprocessPassThrough(
      plugin::add(subprocess_plugin(), std::make_unique<process::WhichMock>(name.matcher()), place));
}

ProcessAssertion Subprocess::assert_run(const ProcessExpected &command, Place place) const {
  return {subprocess_plugin(), "assert_run", command, place};
}

void Subprocess::assert_which(const ProcessText &name, const SubprocessPath &path, Place place) const {
  plugin::Assertion(subprocess_plugin(), "tripwire::subprocess.assert_which(...)", place)
      .field("name", name.matcher())
      .field("path", path.matcher())
      .check();
}

} // namespace tripwire::plugins
