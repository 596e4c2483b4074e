// The promises of the popen plugin, over real shells that leave a mark.
#include "client.hpp"
#include "plugin.hpp"
#include "streams.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/popen.hpp>
#include <tripwire/sandbox.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

using tripwire::popen;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;

constexpr int marks = 9; ///< a descriptor that each real process has from this one, of a file that it makes longer

void open_marks() {
  std::FILE *file = std::tmpfile();
  if (file == nullptr || dup2(fileno(file), marks) < 0)
    std::abort();
}

std::uint64_t count_marks() {
  struct stat file {};
  fstat(marks, &file);
  return static_cast<std::uint64_t>(file.st_size);
}

Use reading(const std::string &text) {
  const std::string command = "printf x >&9; exit 4";
  Use use;
  use.name = "read " + text;
  use.call = [=] {
    int status = 0;
    client::read_from(command, status);
  };
  use.mock = [=] { popen.new_session(command).stdout(text).exit_code(3); };
  use.mock_optional = [=] { popen.new_session(command).optional(); };
  use.assert_mocked = [=] {
    popen.assert_spawn(command, "r");
    popen.assert_wait().stdout(text).exited(3);
  };
  use.wrong = {{"command", [=] { popen.assert_spawn(command + "x", "r"); }},
               {"mode", [=] { popen.assert_spawn(command, "w"); }}};
  use.mock_failure = [=] { popen.new_session(command).fails(EAGAIN); };
  use.assert_failure = [=] { popen.assert_spawned(command, "r").raised(EAGAIN); };
  use.pass_through = [=] { popen.pass_through(command); };
  use.assert_real = [=] {
    popen.assert_spawn(command, "r");
    popen.assert_wait().exited(4);
  };
  return use;
}

Use writing(const std::string &text) {
  const std::string command = "cat > /dev/null; printf x >&9";
  Use use;
  use.name = "write " + text;
  use.call = [=] { client::write_to(command, text); };
  use.mock = [=] { popen.new_session(command).signal(SIGABRT); };
  use.mock_optional = [=] { popen.new_session(command).optional(); };
  use.assert_mocked = [=] {
    popen.assert_spawn(command, "w");
    popen.assert_wait().stdin(text).killed(SIGABRT);
  };
  use.pass_through = [=] { popen.pass_through(command); };
  use.assert_real = [=] {
    popen.assert_spawn(command, "w");
    popen.assert_wait().exited(0);
  };
  return use;
}

void wait_twice() {
  popen.new_session("ps");
  const tripwire::Sandbox sandbox;
  std::FILE *stream = client::open("ps", "r");
  client::close(stream);
  client::close(stream);
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62
int main(int count, char **arguments) {
  open_marks();
  Subject subject(tripwire::plugins::popen_plugin());
  subject.real_calls = [] { return count_marks(); };
  subject.lacks = {"secret"};
  subject.out_of_state = {{"popen", "terminated", "wait", &wait_twice}};
  for (const std::string &text : tripwire::conformance::awkward_texts()) {
    subject.uses.push_back(reading(text));
    subject.uses.push_back(writing(text));
  }
  tripwire::plugin::Description unknown;
  subject.further_lines = {subject.plugin.mock_line(unknown)};
  return tripwire::conformance::run(subject, count, arguments);
}
