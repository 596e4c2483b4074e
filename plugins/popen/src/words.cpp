// what a test writes behind tripwire::popen --> mocks of the current test, and fields of an assertion
#include "mock.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_names.hpp>

#include <memory>

namespace tripwire::plugins {

PopenSession &PopenSession::stdout(std::string_view bytes) { return mock_->outcome.out = bytes, *this; }
PopenSession &PopenSession::stderr(std::string_view bytes) { return mock_->outcome.error = bytes, *this; }
PopenSession &PopenSession::optional() { return mock_->set_required(false), *this; }

PopenSession &PopenSession::exit_code(int code) {
  return detail::say_process_exit_code(mock_->outcome, code, mock_->place()), *this;
}

PopenSession &PopenSession::signal(int number) {
  return detail::say_process_signal(mock_->outcome, number, mock_->place()), *this;
}

PopenSession &PopenSession::fails(int error) {
  return mock_->failure = detail::say_process_failure(mock_->outcome, error, mock_->place()), *this;
}

PopenWaitAssertion::PopenWaitAssertion(Place place)
    : assertion_(popen_plugin(), "tripwire::popen.assert_wait()", place) {}

void PopenWaitAssertion::raised(int error) {
  field("raised", matcher_for<std::string>(plugin::name_of_errno(error))).assertion_.check();
}

PopenSpawnAssertion::PopenSpawnAssertion(const ProcessExpected &command, const ProcessText &mode, Place place)
    : assertion_(popen_plugin(), "tripwire::popen.assert_spawn(...)", place) {
  field("command", command.matcher()).field("mode", mode.matcher());
}

void PopenSpawnAssertion::raised(int error) {
  field("raised", matcher_for<std::string>(plugin::name_of_errno(error))).assertion_.check();
}

PopenSession Popen::new_session(const ProcessExpected &command, Place place) const {
  PopenSpawnMock &mock = plugin::add(popen_plugin(), std::make_unique<PopenSpawnMock>(command), place);
  mock.end = &plugin::add(popen_plugin(), std::make_unique<PopenWaitMock>(), place);
  return PopenSession(mock);
}

void Popen::pass_through(const ProcessExpected &command, Place place) const {
  plugin::add(popen_plugin(), std::make_unique<PopenPassThrough>(command), place);
}

} // namespace tripwire::plugins
