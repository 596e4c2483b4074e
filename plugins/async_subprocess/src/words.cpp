// what a test writes behind tripwire::async_subprocess --> mocks of the current test, and fields of an assertion
#include "mock.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_names.hpp>

#include <memory>

namespace tripwire::plugins {

AsyncSession &AsyncSubprocess::new_session(const ProcessExpected &command, Place place) const {
  AsyncSpawnMock &mock = plugin::add(async_subprocess_plugin(), std::make_unique<AsyncSpawnMock>(command), place);
  mock.kill = &plugin::add(async_subprocess_plugin(), std::make_unique<AsyncKillMock>(), place);
  return mock.session;
}

void AsyncSubprocess::pass_through(const ProcessExpected &command, Place place) const {
  plugin::add(async_subprocess_plugin(), std::make_unique<AsyncPassThrough>(command), place);
}

ProcessAssertion AsyncSubprocess::assert_spawn(const ProcessExpected &command, Place place) const {
  return {async_subprocess_plugin(), "assert_spawn", command, place};
}

void AsyncSubprocess::check_kill(Matcher signal, Place place) const {
  plugin::Assertion(async_subprocess_plugin(), "tripwire::async_subprocess.assert_kill(...)", place)
      .field("signal", std::move(signal))
      .check();
}

void AsyncSubprocess::check_kill_raised(Matcher signal, int error, Place place) const {
  plugin::Assertion(async_subprocess_plugin(), "tripwire::async_subprocess.assert_kill_raised(...)", place)
      .field("signal", std::move(signal))
      .field("raised", matcher_for<std::string>(plugin::name_of_errno(error)))
      .check();
}

} // namespace tripwire::plugins
