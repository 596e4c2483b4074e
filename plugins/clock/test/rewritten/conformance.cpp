// The promises of the clock plugin, over sleeps of this process.
#include "client.hpp"
#include "counted.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/clock.hpp>

#include <functional>

namespace {

using std::chrono::nanoseconds;
using tripwire::clock;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;

Use sleeping(const char *name, nanoseconds span, const std::function<void()> &call) {
  Use use;
  use.name = name;
  use.call = call;
  use.mock = [=] { clock.mock_sleep(span); };
  use.mock_optional = [=] { clock.mock_sleep(span).optional(); };
  use.assert_mocked = [=] { clock.assert_sleep(span); };
  use.pass_through = [] { clock.pass_through(); };
  use.assert_real = use.assert_mocked;
  use.wrong = {{"duration", [=] { clock.assert_sleep(span + nanoseconds(1)); }}};
  return use;
}

Use interruptible(Use use, nanoseconds span) {
  use.mock_failure = [=] { clock.mock_sleep(span).interrupted_after(span / 2); };
  use.assert_failure = [=] { clock.assert_sleep_interrupted(span); };
  return use;
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62
int main(int count, char **arguments) {
  using namespace std::chrono_literals;
  Subject subject(tripwire::plugins::clock_plugin());
  subject.real_calls = [] { return counted::sleeps(); };
  subject.lacks = {"secret"};
  subject.uses.push_back(interruptible(sleeping("nanosleep", 1500ns, [] { client::nano(1500ns); }), 1500ns));
  subject.uses.push_back(
      interruptible(sleeping("clock_nanosleep", 1ms, [] { client::relative(CLOCK_MONOTONIC, 1ms); }), 1ms));
  subject.uses.push_back(interruptible(sleeping("usleep", 70us, [] { client::micro(70); }), 70us));
  subject.uses.push_back(sleeping("sleep", 0s, [] { client::whole(0); }));
  subject.uses.push_back(sleeping("sleep_for", 2ms, [] { client::standard(2ms); }));
  subject.further_lines = {subject.plugin.mock_line(tripwire::plugin::Description())};
  return tripwire::conformance::run(subject, count, arguments);
}
