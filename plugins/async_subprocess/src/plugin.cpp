// uv_spawn and uv_process_kill --(the core's decisions)--> a process of libuv: the one that was asked for, or one that
// is played
#include "plugin.hpp"

#include "mock.hpp"
#include "played_program.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>
#include <tripwire/violation.hpp>

#include <uv.h>

#include <sys/wait.h>

#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_async_subprocess;

namespace tripwire::plugins {

namespace {

using plugin::Decision;
using plugin::Description;
using plugin::Need;
using plugin::Visit;

template <class T> T argument_of(const Visit &visit, std::size_t index) {
  T value{};
  std::memcpy(&value, visit.argument(index).address, sizeof value);
  return value;
}

/// A process that the test has started, until its loop tells its end.
struct AsyncProcess {
  ProcessCommand command;
  plugin::Recorded recorded;
  std::unique_ptr<PlayedProgram> played; ///< null: a real one
};

/// Those of one test.
struct AsyncProcesses {
  std::mutex mutex;
  std::map<const uv_process_t *, AsyncProcess> all;
};

std::shared_ptr<AsyncProcesses> processes() { return plugin::state_of_test<AsyncProcesses>(async_subprocess_plugin()); }

/// Whom the program wants to be told of an end.
struct Told {
  std::mutex mutex;
  struct One {
    uv_exit_cb own;
    std::weak_ptr<AsyncProcesses> test; ///< gone when the test has ended
  };
  std::map<const uv_process_t *, One> all;

  void add(const uv_process_t *process, One one) {
    const std::lock_guard<std::mutex> lock(mutex);
    all[process] = std::move(one);
  }
  std::optional<One> take(const uv_process_t *process) {
    const std::lock_guard<std::mutex> lock(mutex);
    const auto found = all.find(process);
    if (found == all.end())
      return std::nullopt;
    One one = std::move(found->second);
    all.erase(found);
    return one;
  }
};

Told &told() {
  static auto *const all = new Told;
  return *all;
}

void add_end(AsyncProcesses &test, const uv_process_t *process, std::int64_t status, int signal) {
  const std::lock_guard<std::mutex> lock(test.mutex);
  const auto found = test.all.find(process);
  if (found == test.all.end())
    return;
  const AsyncProcess &ended = found->second;
  if (ended.played == nullptr)
    add_process_status(ended.recorded, signal != 0 ? W_EXITCODE(0, signal) : W_EXITCODE(static_cast<int>(status), 0));
  else if (std::optional<std::string> read = ended.played->read())
    add_process_input(ended.recorded, std::move(*read));
  found->second.played.reset();
}

void on_exit(uv_process_t *process, std::int64_t status, int signal) {
  const std::optional<Told::One> one = told().take(process);
  if (!one)
    return;
  if (const auto test = one->test.lock())
    add_end(*test, process, status, signal);
  if (one->own != nullptr)
    one->own(process, status, signal);
}

std::string flags_of(const uv_process_options_t &options) {
  std::string text;
  const auto add = [&](unsigned flag, const std::string &name) {
    if ((options.flags & flag) != 0)
      text += (text.empty() ? "" : " | ") + name;
  };
  add(UV_PROCESS_SETUID, "UV_PROCESS_SETUID " + std::to_string(options.uid));
  add(UV_PROCESS_SETGID, "UV_PROCESS_SETGID " + std::to_string(options.gid));
  add(UV_PROCESS_DETACHED, "UV_PROCESS_DETACHED");
  return text;
}

ProcessStart start_of(const uv_process_options_t &options) {
  ProcessStart start;
  start.binary = options.file;
  for (char **word = options.args; word != nullptr && *word != nullptr; ++word)
    start.command.words.emplace_back(*word);
  start.environment = options.env;
  start.folder = options.cwd == nullptr ? "" : options.cwd;
  start.flags = flags_of(options);
  return start;
}

[[noreturn]] void refuse_to_play(Visit &visit, const ProcessStart &start) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "async_subprocess";
  facts.site = call_site(visit.call().site);
  facts.text = "ConfigurationError: " + plugin::literal(start.binary) + " cannot be played\n  at " + facts.site.text() +
               "\n  a played process is this program, started once more; its file is gone, and /proc is not mounted";
  raise(std::move(facts));
}

/// Calls uv_spawn as the mock says. \return what it gives. What is played is in \p played.
int start(Visit &visit, const AsyncSpawnMock &mock, const ProcessStart &asked, std::unique_ptr<PlayedProgram> &played) {
  auto *const loop = argument_of<uv_loop_t *>(visit, 0);
  auto *const process = argument_of<uv_process_t *>(visit, 1);
  uv_process_options_t options = *argument_of<const uv_process_options_t *>(visit, 2);
  if (mock.failure != 0) { // the handle and the streams are what they are after a start that has failed
    options.file = no_program;
    uv_spawn(loop, process, &options);
    return -mock.failure;
  }
  const std::string file = this_program();
  if (file.empty())
    refuse_to_play(visit, asked);
  played = std::make_unique<PlayedProgram>(mock.outcome, options, file);
  return played->error() != 0 ? -played->error() : uv_spawn(loop, process, &played->options());
}

void on_spawn(Visit &visit) {
  auto *const process = argument_of<uv_process_t *>(visit, 1);
  const auto *const options = argument_of<const uv_process_options_t *>(visit, 2);
  if (process == nullptr || options == nullptr || options->file == nullptr) { // which libuv does not survive
    visit.make_real();
    return;
  }
  const ProcessStart asked = start_of(*options);
  const Decision decision = visit.present(describe_process(asked));
  const auto key = reinterpret_cast<std::uintptr_t>(process);
  const auto *mock = decision.real() ? nullptr : decision.as<AsyncSpawnMock>();
  std::unique_ptr<PlayedProgram> played;
  if (mock != nullptr)
    visit.answer<int>(start(visit, *mock, asked, played));
  else
    visit.make_real();
  if (const int error = visit.result<int>(); error != 0) {
    decision.recorded.raised(AnyValue(plugin::name_of_errno(error)));
    return;
  }
  visit.opened(key, decision);
  if (mock != nullptr) {
    add_process_outcome(decision.recorded, *mock);
    mock->kill->bind(key, plugin::literal(asked.binary), mock->outcome.is_until_killed);
  }
  const auto of_test = processes();
  if (mock != nullptr || decision.recorded) {
    told().add(process, {options->exit_cb, of_test});
    process->exit_cb = &on_exit;
  }
  const std::lock_guard<std::mutex> lock(of_test->mutex);
  of_test->all[process] = {asked.command, decision.recorded, std::move(played)};
}

void on_kill(Visit &visit) {
  const auto *const process = argument_of<const uv_process_t *>(visit, 0);
  const int signal = argument_of<int>(visit, 1);
  Description call;
  call.request("send signal " + std::to_string(signal) + " to a process")
      .field("signal", signal)
      .on(reinterpret_cast<std::uintptr_t>(process));
  {
    const auto of_test = processes();
    const std::lock_guard<std::mutex> lock(of_test->mutex);
    const auto found = of_test->all.find(process);
    if (found != of_test->all.end())
      call.field("command", found->second.command, Need::optional);
  }
  const Decision decision = visit.present(std::move(call));
  visit.make_real(); // a process that is played is a real one
  if (const int error = visit.result<int>(); error != 0)
    decision.recorded.raised(AnyValue(plugin::name_of_errno(error)));
}

std::string mock_statement(const Description &call) {
  if (is_async_spawn(call))
    return "tripwire::async_subprocess.new_session(" + pasted_process_command(call) + ");";
  return call.find("command") == nullptr
             ? "tripwire::mock<&uv_process_kill>().returns(0);" // of a process that a fixture has started
             : "tripwire::async_subprocess.pass_through(" + pasted_process_command(call) + ");";
}

std::string assert_statement(const Description &interaction) {
  if (is_async_spawn(interaction)) {
    return "tripwire::async_subprocess.assert_spawn(" + pasted_process_command(interaction) + ")" +
           pasted_process_end(interaction) + ";";
  }
  const auto *signal = interaction.get<int>("signal");
  const auto *raised = interaction.get<std::string>("raised");
  const char *name = signal == nullptr ? nullptr : sigabbrev_np(*signal);
  const std::string number = signal == nullptr ? "0" : std::to_string(*signal);
  return "tripwire::async_subprocess.assert_kill" + std::string(raised == nullptr ? "(" : "_raised(") +
         (name == nullptr ? number : "SIG" + std::string(name)) + (raised == nullptr ? "" : ", " + *raised) + ");";
}

class AsyncSubprocessPlugin final : public plugin::Plugin {
public:
  AsyncSubprocessPlugin() : Plugin(tripwire_manifest_async_subprocess, "<tripwire/plugins/async_subprocess.hpp>") {
    follow_process_starts();
    observe("uv_spawn", &on_spawn);
    observe("uv_process_kill", &on_kill);
  }

  void test_begins() noexcept override { process_test_begins(); }
  std::string mock_line(const Description &call) const override { return mock_statement(call); }
  std::string assert_line(const Description &interaction) const override { return assert_statement(interaction); }
};

} // namespace

plugin::Plugin &async_subprocess_plugin() {
  static AsyncSubprocessPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = async_subprocess_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_async_subprocess() {}
