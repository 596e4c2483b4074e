// The promises of the async_subprocess plugin, over real shells that leave a mark.
#include "client.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/async_subprocess.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

using tripwire::anything;
using tripwire::async_subprocess;
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

constexpr const char *secret = "s3cr3t-of-the-host";

Use running(const std::string &text) {
  const client::Words words = {"sh", "-c", "cat > /dev/null; printf x >&9; exit 4", text};
  client::How how;
  how.input = text + "!";
  how.has_variables = true;
  how.variables = {std::string("API_TOKEN=") + secret};
  const std::string input = how.input;
  Use use;
  use.name = "spawn " + text;
  use.secret = secret;
  use.call = [=] { client::run(words, how); };
  use.mock = [=] { async_subprocess.new_session(words).stdout(input).stderr(input).exit_code(3); };
  use.mock_optional = [=] { async_subprocess.new_session(words).optional(); };
  const auto say = [=](const client::Words &command, const char *in, const char *out, const char *err, int code) {
    async_subprocess.assert_spawn(command)
        .whole_environment({{"API_TOKEN", anything}})
        .stdin(input + in)
        .stdout(input + out)
        .stderr(input + err)
        .exited(code);
  };
  use.assert_mocked = [=] { say(words, "", "", "", 3); };
  use.wrong = {{"command", [=] { say({"sh"}, "", "", "", 3); }},
               {"stdin", [=] { say(words, "x", "", "", 3); }},
               {"stdout", [=] { say(words, "", "x", "", 3); }},
               {"stderr", [=] { say(words, "", "", "x", 3); }},
               {"exit_code", [=] { say(words, "", "", "", 4); }},
               {"environment", [=] {
                  async_subprocess.assert_spawn(words).environment({}).stdin(input).stdout(input).stderr(input).exited(
                      3);
                }}};
  use.mock_failure = [=] { async_subprocess.new_session(words).fails(EAGAIN); };
  use.assert_failure = [=] {
    async_subprocess.assert_spawn(words).whole_environment({{"API_TOKEN", anything}}).raised(EAGAIN);
  };
  use.pass_through = [=] { async_subprocess.pass_through(words); };
  use.assert_real = [=] {
    async_subprocess.assert_spawn(words).whole_environment({{"API_TOKEN", anything}}).exited(4);
  };
  return use;
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62, 64
int main(int count, char **arguments) {
  open_marks();
  Subject subject(tripwire::plugins::async_subprocess_plugin());
  subject.real_calls = [] { return count_marks(); };
  for (const std::string &text : tripwire::conformance::awkward_texts()) {
    // Where a word ends, and what YAML does not know as text.
    if (text.find('\0') == std::string::npos && text.find('\xff') == std::string::npos)
      subject.uses.push_back(running(text));
  }
  tripwire::plugin::Description kill;
  kill.field("signal", SIGTERM);
  subject.further_lines = {subject.plugin.assert_line(kill)};
  kill.field("command", tripwire::plugins::ProcessCommand{{"a"}}).field("raised", std::string("ESRCH"));
  subject.further_lines.push_back(subject.plugin.assert_line(kill));
  subject.further_lines.push_back(subject.plugin.mock_line(kill));
  return tripwire::conformance::run(subject, count, arguments);
}
