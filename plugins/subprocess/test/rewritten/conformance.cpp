// The promises of the subprocess plugin, over real shells that leave a mark.
#include "client.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/subprocess.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

using tripwire::anything;
using tripwire::subprocess;
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

/// The text is a word that the shell does not look at.
std::string marking(const std::string &text) {
  std::string quoted;
  for (const char letter : text)
    quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return "printf x >&9 # '" + quoted + "'";
}

Use shell(const std::string &text) {
  const std::string command = marking(text);
  Use use;
  use.name = "system " + text;
  use.call = [=] { client::shell(command); };
  use.mock = [=] { subprocess.mock_run(command).exit_code(3); };
  use.mock_optional = [=] { subprocess.mock_run(command).optional(); };
  use.assert_mocked = [=] { subprocess.assert_run(command).exited(3); };
  use.wrong = {{"command", [=] { subprocess.assert_run(command + "x").exited(3); }},
               {"exit_code", [=] { subprocess.assert_run(command).exited(0); }}};
  use.mock_failure = [=] { subprocess.mock_run(command).fails(EAGAIN); };
  use.assert_failure = [=] { subprocess.assert_run(command).raised(EAGAIN); };
  use.pass_through = [=] { subprocess.pass_through(command); };
  use.assert_real = [=] { subprocess.assert_run(command).exited(0); };
  return use;
}

Use spawning(const std::string &text) {
  const client::Words words = {"sh", "-c", "cat > /dev/null; printf x >&9; exit 4", text};
  Use use;
  use.name = "posix_spawn " + text;
  use.call = [=] { client::spawn(words, text); };
  use.mock = [=] { subprocess.mock_run(words).stdout(text).stderr(text).signal(SIGABRT); };
  use.mock_optional = [=] { subprocess.mock_run(words).optional(); };
  const auto say = [=](const client::Words &command) { return subprocess.assert_run(command); };
  const bool is_empty = text.empty();
  use.assert_mocked = [=] { say(words).stdin(text).stdout(text).stderr(text).killed(SIGABRT); };
  use.wrong = {{"command",
                [=] {
                  client::Words other = words;
                  other.push_back("x");
                  say(other).stdin(text).stdout(text).stderr(text).killed(SIGABRT);
                }},
               {"signal", [=] { say(words).stdin(text).stdout(text).stderr(text).killed(SIGKILL); }}};
  if (!is_empty) {
    use.wrong.push_back({"stdin", [=] { say(words).stdin(text + "x").stdout(text).stderr(text).killed(SIGABRT); }});
    use.wrong.push_back({"stdout", [=] { say(words).stdin(text).stdout(text + "x").stderr(text).killed(SIGABRT); }});
    use.wrong.push_back({"stderr", [=] { say(words).stdin(text).stdout(text).stderr(text + "x").killed(SIGABRT); }});
  }
  use.mock_failure = [=] { subprocess.mock_run(words).fails(ENOENT); };
  use.assert_failure = [=] { subprocess.assert_run(words).raised(ENOENT); };
  use.pass_through = [=] { subprocess.pass_through(words); };
  use.assert_real = [=] { subprocess.assert_run(words).exited(4); };
  return use;
}

constexpr const char *secret = "s3cr3t-of-the-host";

Use spawning_with_a_secret() {
  const client::Words words = {"own-name", "-c", "printf x >&9"};
  client::Spawn how;
  how.path = "/bin/sh";
  how.folder = "/";
  how.has_variables = true;
  how.variables = {std::string("API_TOKEN=") + secret, "LANG=C"};
  Use use;
  use.name = "posix_spawn with all that can be said";
  use.secret = secret;
  use.call = [=] { client::spawn_with(words, how); };
  use.mock = [=] { subprocess.mock_run(words); };
  use.mock_optional = [=] { subprocess.mock_run(words).optional(); };
  const auto say = [=](const char *binary, const char *folder, const char *language) {
    subprocess.assert_run(words)
        .binary(binary)
        .cwd(folder)
        .whole_environment({{"API_TOKEN", anything}, {"LANG", language}})
        .exited(0);
  };
  use.assert_mocked = [=] { say("/bin/sh", "/", "C"); };
  use.wrong = {{"command",
                [=] {
                  subprocess.assert_run({"other-name"})
                      .binary("/bin/sh")
                      .cwd("/")
                      .whole_environment({{"API_TOKEN", anything}, {"LANG", "C"}})
                      .exited(0);
                }},
               {"exit_code",
                [=] {
                  subprocess.assert_run(words)
                      .binary("/bin/sh")
                      .cwd("/")
                      .whole_environment({{"API_TOKEN", anything}, {"LANG", "C"}})
                      .exited(1);
                }},
               {"binary", [=] { say("/bin/bash", "/", "C"); }},
               {"cwd", [=] { say("/bin/sh", "/tmp", "C"); }},
               {"environment", [=] { say("/bin/sh", "/", "D"); }}};
  use.pass_through = [=] { subprocess.pass_through(words); };
  use.assert_real = use.assert_mocked;
  return use;
}

} // namespace

// 1, 2, 3, 5, 21, 24, 25, 40, 42, 45, 61, 62, 64
int main(int count, char **arguments) {
  open_marks();
  Subject subject(tripwire::plugins::subprocess_plugin());
  subject.real_calls = [] { return count_marks(); };
  for (const std::string &text : tripwire::conformance::awkward_texts()) {
    // Where a word ends; what a shell takes for the next line; what YAML does not know as text.
    if (text.find('\0') != std::string::npos || text.find('\xff') != std::string::npos)
      continue;
    if (text.find('\n') == std::string::npos)
      subject.uses.push_back(shell(text));
    subject.uses.push_back(spawning(text));
  }
  subject.uses.push_back(spawning_with_a_secret());
  tripwire::plugin::Description search;
  search.field("name", std::string("git")).field("path", std::string("/usr/bin/git"));
  subject.further_lines = {subject.plugin.mock_line(search), subject.plugin.assert_line(search)};
  return tripwire::conformance::run(subject, count, arguments);
}
