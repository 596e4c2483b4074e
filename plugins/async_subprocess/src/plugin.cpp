// uv_spawn and uv_process_kill --(the core's decisions)--> a process of libuv, or one that is played in its child
#include "plugin.hpp"

#include "instead_of_exec.hpp"
#include "mock.hpp"

#include <tripwire/plugin_mock.hpp>

#include <uv.h>

#include <sys/wait.h>

#include <cstring>
#include <map>
#include <mutex>
#include <optional>

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

/// Processes that this test has started.
struct AsyncProcesses {
  std::mutex mutex;
  std::map<const uv_process_t *, ProcessCommand> commands;
};

std::shared_ptr<AsyncProcesses> processes() { return plugin::state_of_test<AsyncProcesses>(async_subprocess_plugin()); }

/// Real processes whose end the loop will tell, and whom the program wants to be told.
struct Told {
  std::mutex mutex;
  struct One {
    uv_exit_cb own;
    plugin::Recorded recorded;
    std::weak_ptr<AsyncProcesses> test; ///< gone when the test has ended
  };
  std::map<const uv_process_t *, One> all;
};

Told &told() {
  static auto *const all = new Told;
  return *all;
}

void on_exit(uv_process_t *process, std::int64_t status, int signal) {
  std::optional<Told::One> one;
  {
    const std::lock_guard<std::mutex> lock(told().mutex);
    const auto found = told().all.find(process);
    if (found == told().all.end())
      return;
    one = found->second;
    told().all.erase(found);
  }
  if (!one->test.expired())
    add_process_status(one->recorded, signal != 0 ? W_EXITCODE(0, signal) : W_EXITCODE(static_cast<int>(status), 0));
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

void on_spawn(Visit &visit) {
  auto *const process = argument_of<uv_process_t *>(visit, 1);
  auto *const options = const_cast<uv_process_options_t *>(argument_of<const uv_process_options_t *>(visit, 2));
  if (process == nullptr || options == nullptr || options->file == nullptr) { // which libuv does not survive
    visit.make_real();
    return;
  }
  ProcessStart start = start_of(*options);
  const Decision decision = visit.present(describe_process(start));
  const auto key = reinterpret_cast<std::uintptr_t>(process);
  const auto *mock = decision.real() ? nullptr : decision.as<AsyncSpawnMock>();
  if (mock != nullptr) {
    const InsteadOfExec instead(*mock, decision.recorded);
    visit.make_real();
  } else {
    visit.make_real();
  }
  if (const int error = visit.result<int>(); error != 0) {
    decision.recorded.raised(AnyValue(name_of_process_error(error)));
    return;
  }
  visit.opened(key, decision);
  const auto of_test = processes();
  if (mock != nullptr) {
    add_process_outcome(decision.recorded, *mock);
    mock->kill->bind(key, plugin::literal(start.binary), mock->outcome.is_until_killed);
  } else if (decision.recorded) {
    const std::lock_guard<std::mutex> lock(told().mutex);
    told().all[process] = {process->exit_cb, decision.recorded, of_test};
    process->exit_cb = &on_exit;
  }
  const std::lock_guard<std::mutex> lock(of_test->mutex);
  of_test->commands[process] = std::move(start.command);
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
    const auto found = of_test->commands.find(process);
    if (found != of_test->commands.end())
      call.field("command", found->second, Need::optional);
  }
  const Decision decision = visit.present(std::move(call));
  visit.make_real(); // a process that is played is a real one
  if (const int error = visit.result<int>(); error != 0)
    decision.recorded.raised(AnyValue(name_of_process_error(error)));
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
  AsyncSubprocessPlugin() : Plugin("async_subprocess", "<tripwire/plugins/async_subprocess.hpp>") {
    follow_process_starts();
    use_instead_of_exec();
    observe("uv_spawn", &on_spawn);
    observe("uv_process_kill", &on_kill);
  }

  void test_begins() noexcept override { process_test_begins(); }
  std::vector<plugin::RequestField> request_fields() const override {
    return {{"binary", plugin::FieldKind::program}, {"command", plugin::FieldKind::text}};
  }
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
