// The promises of the logging plugin. What is really written goes to this process's standard error, which is a file
// here.
#include "client.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_conformance.hpp>
#include <tripwire/plugins/logging.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

using tripwire::anything;
using tripwire::conformance::Subject;
using tripwire::conformance::Use;

constexpr const char *logger = "conformance";

/// libc writes to the descriptor itself.
std::FILE *error_as_file() {
  std::FILE *file = std::tmpfile();
  if (file == nullptr || dup2(fileno(file), STDERR_FILENO) < 0)
    std::abort();
  return file;
}

std::uint64_t written_to(std::FILE *file) {
  std::string text;
  std::rewind(file);
  for (int letter = std::fgetc(file); letter != EOF; letter = std::fgetc(file))
    text += static_cast<char>(letter);
  std::uint64_t count = 0;
  for (std::size_t at = text.find("conformance: "); at != std::string::npos; at = text.find("conformance: ", at + 1))
    ++count;
  return count;
}

Use record(int priority, const std::string &text) {
  const int level = LOG_PRI(priority);
  const bool is_of_user = (priority & LOG_FACMASK) == 0 || (priority & LOG_FACMASK) == LOG_USER;
  const int facility = is_of_user ? LOG_USER : priority & LOG_FACMASK;
  Use use;
  use.name = text;
  use.call = [=] { client::log(priority, text); };
  use.mock = [=] { tripwire::logging.mock_log(level, text); };
  use.mock_optional = [=] { tripwire::logging.mock_log(level, text).optional(); };
  use.pass_through = [=] { tripwire::logging.pass_through(level, text); };
  use.assert_mocked = [=] { tripwire::logging.assert_log(level, text, logger, facility); };
  use.assert_real = use.assert_mocked;
  use.wrong = {
      {"level", [=] { tripwire::logging.assert_log(!tripwire::matcher_of(level), text, logger, facility); }},
      {"message", [=] { tripwire::logging.assert_log(level, text + "x", logger, facility); }},
      {"logger", [=] { tripwire::logging.assert_log(level, text, "another", facility); }},
      {"facility", [=] { tripwire::logging.assert_log(level, text, logger, LOG_UUCP); }},
  };
  return use;
}

} // namespace

// 1, 2, 3, 5, 24, 25, 40, 42, 45, 61, 62
int main(int count, char **arguments) {
  std::FILE *file = error_as_file();
  client::open(logger, LOG_PERROR, LOG_USER);
  Subject subject(tripwire::plugins::logging_plugin());
  subject.real_calls = [file] { return written_to(file); };
  // A record ends in no error that syslog would say, and has nothing to hide.
  subject.lacks = {"mock_failure", "secret"};
  int level = LOG_ALERT;
  for (const std::string &text : tripwire::conformance::awkward_texts()) {
    if (text.find('\0') != std::string::npos) // where syslog's text ends
      continue;
    subject.uses.push_back(record(level, text));
    level = level == LOG_DEBUG ? LOG_ALERT : level + 1;
  }
  for (const int facility : {LOG_MAIL, LOG_AUTHPRIV, LOG_LOCAL7, LOG_USER})
    subject.uses.push_back(record(facility | LOG_INFO, "facility"));
  // Really written, such a record would be shown to everybody on the machine.
  tripwire::plugin::Description emergency;
  emergency.field("level", tripwire::plugins::LogLevel{LOG_EMERG}).field("message", std::string("plain"));
  emergency.field("logger", std::string(logger));
  subject.further_lines = {subject.plugin.mock_line(emergency), subject.plugin.assert_line(emergency)};
  return tripwire::conformance::run(subject, count, arguments);
}
