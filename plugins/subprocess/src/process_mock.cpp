// a start, an outcome, an end --> the fields of an interaction, and what is pasted to assert them
#include <tripwire/plugin_names.hpp>
#include <tripwire/plugins/process_mock.hpp>

#include "origin.hpp"

#include <tripwire/secret_name.hpp>
#include <tripwire/violation.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>

namespace tripwire::plugins {

namespace {

using plugin::Description;
using plugin::Need;
using Variable = ProcessEnvironment::Variable;

[[noreturn]] void refuse(const std::string &what, const Place &place) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "process";
  facts.site.file = place.file;
  facts.site.line = place.line;
  facts.text = "ConfigurationError: " + what + "\n  at " + place.file + ":" + std::to_string(place.line);
  raise(std::move(facts));
}

std::string last_part(const std::string &path) { return path.substr(path.rfind('/') + 1); }

Variable variable(const std::string &name, const std::string &value) {
  return plugin::names_a_secret(name) ? Variable{name, Variable::Is::secret, {}}
                                      : Variable{name, Variable::Is::set, value};
}

/// Nothing differs: no variables, not whole.
ProcessEnvironment compared(const std::map<std::string, std::string> &own,
                            const std::map<std::string, std::string> &given) {
  ProcessEnvironment environment;
  std::size_t unset = 0;
  for (const auto &[name, value] : own) {
    if (given.count(name) == 0) {
      environment.variables.push_back({name, Variable::Is::unset, {}});
      ++unset;
    }
  }
  environment.is_whole = unset > own.size() / 2;
  if (environment.is_whole)
    environment.variables.clear();
  for (const auto &[name, value] : given) {
    const auto same = own.find(name);
    if (environment.is_whole || same == own.end() || same->second != value)
      environment.variables.push_back(variable(name, value));
  }
  std::sort(environment.variables.begin(), environment.variables.end(),
            [](const Variable &one, const Variable &other) { return one.name < other.name; });
  return environment;
}

/// As people write it, for messages and rules.
std::string line_of(const ProcessCommand &command, bool quotes) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:@%,";
  std::string line;
  for (const std::string &word : command.words) {
    line += line.empty() ? "" : " ";
    const bool is_plain = !word.empty() && word.find_first_not_of(plain) == std::string::npos;
    line += quotes && !is_plain ? plugin::literal(word) : word;
  }
  return line;
}

void add_text(const plugin::Recorded &recorded, const char *name, const std::string &text) {
  recorded.field(name, text, text.empty() ? Need::optional : Need::required);
}

std::string pasted(const plugin::Field &field) {
  if (field.value.empty())
    return "tripwire::anything";
  std::string text;
  seam::Out out(text, seam::Style::paste);
  print(out, field.value.view());
  return text;
}

} // namespace

namespace detail {

namespace {

void say_end(ProcessOutcome &outcome, const char *word, const Place &place) {
  if (outcome.end != nullptr && std::strcmp(outcome.end, word) != 0)
    refuse("a process ends once: ." + std::string(outcome.end) + " says how already, so ." + word + " cannot", place);
  outcome.end = word;
}

} // namespace

void say_process_exit_code(ProcessOutcome &outcome, int code, const Place &place) {
  if (code < 0 || code > 255)
    refuse("a process exits with a code from 0 to 255, not with " + std::to_string(code), place);
  say_end(outcome, "exit_code", place);
  outcome.exit_code = code;
}

void say_process_signal(ProcessOutcome &outcome, int number, const Place &place) {
  if (number <= 0 || number >= NSIG)
    refuse("no signal has the number " + std::to_string(number), place);
  say_end(outcome, "signal", place);
  outcome.signal = number;
}

void say_process_until_killed(ProcessOutcome &outcome, const Place &place) {
  say_end(outcome, "until_killed", place);
  outcome.is_until_killed = true;
}

int say_process_failure(ProcessOutcome &outcome, int error, const Place &place) {
  if (error == 0)
    refuse("a start fails with an errno, such as ENOENT, not with " + std::to_string(error), place);
  say_end(outcome, "fails", place);
  return error < 0 ? -error : error;
}

} // namespace detail

ProcessMock::ProcessMock(const char *word, const ProcessExpected &command, bool is_real)
    : FieldMock(word), key_(command.key()), is_real_(is_real) {
  expect("command", command.matcher());
}

Description describe_process(const ProcessStart &start) {
  Description call;
  const std::string first = start.command.words.empty() ? std::string() : start.command.words.front();
  const bool is_as_named = last_part(start.binary) == last_part(first);
  const process::Origin own = process::origin_now();
  const std::string folder = start.folder.empty() ? process::current_folder() : start.folder;
  ProcessEnvironment environment =
      compared(own.variables, process::variables_of(start.environment == nullptr ? environ : start.environment));
  const bool is_own = !environment.is_whole && environment.variables.empty();
  call.request("run " + line_of(start.command, true))
      .field("command", start.command)
      .field("binary", start.binary, is_as_named ? Need::optional : Need::required)
      .field("cwd", folder, folder == own.folder ? Need::optional : Need::required)
      .field("environment", std::move(environment), is_own ? Need::optional : Need::required)
      .field("flags", start.flags, start.flags.empty() ? Need::optional : Need::required)
      .firewall("binary", start.binary)
      .firewall("command", line_of(start.command, false))
      .key(start.command.packed());
  return call;
}

void add_process_outcome(const plugin::Recorded &recorded, const ProcessMock &mock) {
  if (mock.failure != 0) {
    recorded.raised(AnyValue(plugin::name_of_errno(mock.failure)));
    return;
  }
  add_text(recorded, "stdout", mock.outcome.out);
  add_text(recorded, "stderr", mock.outcome.error);
  if (mock.outcome.is_until_killed)
    return;
  if (mock.outcome.signal != 0)
    recorded.field("signal", mock.outcome.signal);
  else
    recorded.field("exit_code", mock.outcome.exit_code);
}

void add_process_input(const plugin::Recorded &recorded, std::string bytes) {
  const Need need = bytes.empty() ? Need::optional : Need::required;
  recorded.field("stdin", std::move(bytes), need);
}

void add_process_status(const plugin::Recorded &recorded, int status) {
  if (WIFEXITED(status))
    recorded.field("exit_code", WEXITSTATUS(status));
  else if (WIFSIGNALED(status))
    recorded.field("signal", WTERMSIG(status));
}

std::string pasted_process_command(const Description &call) {
  const plugin::Field *command = call.find("command");
  return command == nullptr ? "tripwire::anything" : pasted(*command);
}

std::string pasted_process_end(const Description &interaction) {
  std::string text;
  for (const char *name : {"binary", "cwd", "environment", "flags", "stdin", "stdout", "stderr"}) {
    const plugin::Field *field = interaction.find(name);
    if (field == nullptr || field->need == Need::optional)
      continue;
    const auto *environment = field->value.as<ProcessEnvironment>();
    text += environment != nullptr && environment->is_whole ? ".whole_" : ".";
    text += std::string(name) + "(" + pasted(*field) + ")";
  }
  if (const plugin::Field *raised = interaction.find("raised"))
    return text + ".raised(" + *raised->value.as<std::string>() + ")";
  if (const auto *code = interaction.get<int>("exit_code"))
    return text + ".exited(" + std::to_string(*code) + ")";
  if (const auto *signal = interaction.get<int>("signal")) {
    const char *name = sigabbrev_np(*signal);
    return text + ".killed(" + (name == nullptr ? std::to_string(*signal) : "SIG" + std::string(name)) + ")";
  }
  return text + ".started()";
}

ProcessAssertion::ProcessAssertion(const plugin::Plugin &plugin, const char *word, const ProcessExpected &command,
                                   Place place)
    : assertion_(plugin, "tripwire::" + std::string(plugin.name()) + "." + word + "(...)", place) {
  field("command", command.matcher());
}

void ProcessAssertion::raised(int error) {
  field("raised", matcher_for<std::string>(plugin::name_of_errno(error))).assertion_.check();
}

} // namespace tripwire::plugins
