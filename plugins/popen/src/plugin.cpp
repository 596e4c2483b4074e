// popen and pclose --(the core's decisions)--> a stream of a process, or one of a memory that stands for it
#include "plugin.hpp"

#include "hints.hpp"
#include "streams.hpp"

#include <tripwire/plugin_mock.hpp>
#include <tripwire/plugin_names.hpp>
#include <tripwire/violation.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

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

std::shared_ptr<PopenStreams> streams() { return plugin::state_of_test<PopenStreams>(popen_plugin()); }

/// As libc reads it: `r` or `w`, and `e` for close-on-exec.
bool is_mode(const char *mode) {
  const bool reads = std::strchr(mode, 'r') != nullptr;
  const bool writes = std::strchr(mode, 'w') != nullptr;
  return reads != writes && std::strspn(mode, "rwe") == std::strlen(mode);
}

void write_beside(int descriptor, const std::string &bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t written = write(descriptor, bytes.data() + at, bytes.size() - at);
    if (written < 0 && errno != EINTR)
      return;
    at += written < 0 ? 0 : static_cast<std::size_t>(written);
  }
}

void on_popen(Visit &visit) {
  const char *text = argument_of<const char *>(visit, 0);
  const char *mode = argument_of<const char *>(visit, 1);
  if (text == nullptr || mode == nullptr || !is_mode(mode)) { // nothing is started
    visit.make_real();
    return;
  }
  ProcessStart shell;
  shell.binary = "/bin/sh";
  shell.command.words = {"sh", "-c", text};
  const int error = errno;
  PopenStream made;
  made.command = shell.command;
  made.reads = std::strchr(mode, 'r') != nullptr;
  const Decision decision = visit.present(describe_process(shell).field("mode", std::string(mode)));
  errno = error;
  std::FILE *stream = nullptr;
  if (decision.real()) {
    visit.make_real();
    stream = visit.result<std::FILE *>();
  } else {
    const auto &mock = *decision.as<PopenSpawnMock>();
    made.played = &mock;
    errno = mock.failure;
    if (mock.failure == 0) {
      errno = error;
      stream = open_popen_stream(mock.outcome, made.reads, std::strchr(mode, 'e') != nullptr);
    }
    visit.answer<std::FILE *>(stream);
  }
  const int failed = errno;
  if (stream == nullptr) {
    decision.recorded.raised(AnyValue(plugin::name_of_errno(failed)));
  } else {
    if (made.played != nullptr)
      made.played->end->bind(reinterpret_cast<std::uintptr_t>(stream), plugin::literal(text));
    visit.opened(reinterpret_cast<std::uintptr_t>(stream), decision);
    streams()->add(stream, std::move(made));
  }
  errno = failed;
}

[[noreturn]] void refuse_closed(Visit &visit, const PopenStream &stream) {
  Facts facts;
  facts.kind = ViolationKind::invalid_state;
  facts.source = "popen";
  facts.site = call_site(visit.call().site);
  facts.text = "InvalidStateError: pclose was called with a stream that is closed, in state '" +
               std::string(stream.state) + "' of " + popen_machine().name + "\n  at " + facts.site.text() +
               "\n  it was the session of " + plugin::literal(stream.command.words.back()) + " from " +
               stream.played->place().file + ":" + std::to_string(stream.played->place().line) +
               "\n  pclose is valid in: " + popen_machine().valid_in("wait");
  raise(std::move(facts));
}

Description describe_wait(std::FILE *handle, const PopenStream *stream) {
  Description call;
  call.on(reinterpret_cast<std::uintptr_t>(handle));
  if (stream == nullptr)
    return call.request("wait for a process that was not started in this test"), call;
  call.request("wait for " + plugin::literal(stream->command.words.back()))
      .field("command", stream->command, Need::optional)
      .firewall("binary", "/bin/sh")
      .firewall("command", "sh -c " + stream->command.words.back());
  if (stream->played != nullptr && !stream->reads) {
    std::string given = written_to(handle);
    const Need need = given.empty() ? Need::optional : Need::required;
    call.field("stdin", std::move(given), need);
  }
  return call;
}

void close_played(Visit &visit, const Decision &decision, std::FILE *handle, const PopenStream &stream) {
  const ProcessOutcome &outcome = stream.played->outcome;
  streams()->close(handle);
  if (!stream.reads)
    write_beside(STDOUT_FILENO, outcome.out);
  write_beside(STDERR_FILENO, outcome.error);
  add_process_outcome(decision.recorded, *stream.played);
  visit.answer<int>(outcome.signal != 0 ? W_EXITCODE(0, outcome.signal) : W_EXITCODE(outcome.exit_code, 0));
}

void on_pclose(Visit &visit) {
  auto *const handle = argument_of<std::FILE *>(visit, 0);
  if (handle == nullptr) { // which libc does not survive
    visit.make_real();
    return;
  }
  PopenStream stream;
  const bool is_known = streams()->find(handle, stream);
  if (is_known && stream.is_closed())
    refuse_closed(visit, stream);
  const int error = errno;
  const Decision decision = visit.present(describe_wait(handle, is_known ? &stream : nullptr));
  errno = error;
  if (is_known && stream.played != nullptr) { // whoever lets it through: no process stands behind it
    close_played(visit, decision, handle, stream);
    errno = error;
    return;
  }
  visit.closed(reinterpret_cast<std::uintptr_t>(handle));
  streams()->forget(handle); // before another thread gets the same
  visit.make_real();
  const int failed = errno;
  if (const int status = visit.result<int>(); status == -1)
    decision.recorded.raised(AnyValue(plugin::name_of_errno(failed)));
  else
    add_process_status(decision.recorded, status);
  errno = failed;
}

class PopenPlugin final : public plugin::Plugin {
public:
  PopenPlugin() : Plugin(tripwire_manifest_popen, "<tripwire/plugins/popen.hpp>") {
    follow_process_starts();
    observe("popen", &on_popen);
    observe("pclose", &on_pclose);
  }

  void test_begins() noexcept override { process_test_begins(); }
  std::string mock_line(const plugin::Description &call) const override { return popen_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return popen_assert_statement(interaction);
  }
};

} // namespace

plugin::Plugin &popen_plugin() {
  static PopenPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = popen_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_popen() {}
