// system and posix_spawn --(the core's decision)--> a real process, or one that the test plays
#include "file_actions.hpp"
#include "handlers.hpp"
#include "state.hpp"

#include <tripwire/plugin_names.hpp>
#include <tripwire/plugins/process_mock.hpp>
#include <tripwire/violation.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace tripwire::plugins::process {

namespace {

using plugin::Decision;
using plugin::Visit;

/// For as long as `system` waits, as libc does.
class ChildSignalsBlocked {
public:
  ChildSignalsBlocked() {
    sigset_t child{};
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    pthread_sigmask(SIG_BLOCK, &child, &before_);
  }
  ChildSignalsBlocked(const ChildSignalsBlocked &) = delete;
  ChildSignalsBlocked &operator=(const ChildSignalsBlocked &) = delete;
  ~ChildSignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  const sigset_t &before() const noexcept { return before_; }

private:
  sigset_t before_{};
};

void end(Visit &visit, const Decision &decision, int status) {
  const int error = errno;
  if (status == -1)
    decision.recorded.raised(AnyValue(plugin::name_of_errno(error)));
  else
    add_process_status(decision.recorded, status);
  if (!decision.real())
    visit.answer<int>(status);
  errno = error;
}

[[noreturn]] void refuse_unknown_actions(Visit &visit) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "subprocess";
  facts.site = call_site(visit.call().site);
  facts.text = "ConfigurationError: the file actions of " + std::string(visit.call().slot.facts.name) +
               " were made by code that is not rewritten, so nobody knows them: instrument that code, or let the "
               "process be real by pass_through";
  raise(std::move(facts));
}

} // namespace

void on_system(Visit &visit) {
  const char *text = argument<const char *>(visit, 0);
  if (text == nullptr) { // asks for a shell
    visit.make_real();
    return;
  }
  ProcessStart started;
  started.binary = "/bin/sh";
  started.command.words = {"sh", "-c", text};
  const int error = errno;
  const Decision decision = visit.present(describe_process(started));
  errno = error;
  if (decision.real()) {
    visit.make_real();
    end(visit, decision, visit.result<int>());
    return;
  }
  const auto &mock = *decision.as<ProcessMock>();
  if (mock.failure != 0) {
    add_process_outcome(decision.recorded, mock);
    visit.answer<int>(-1);
    errno = mock.failure;
    return;
  }
  const ChildSignalsBlocked blocked;
  const StartedProcess child = start_process(mock.outcome, decision.recorded, [&] {
    sigprocmask(SIG_SETMASK, &blocked.before(), nullptr);
    return 0;
  });
  if (child.error != 0)
    decision.recorded.raised(AnyValue(plugin::name_of_errno(child.error)));
  else
    add_process_outcome(decision.recorded, mock);
  int status = -1;
  errno = child.error;
  if (child.pid > 0) {
    while (waitpid(child.pid, &status, 0) < 0) {
      if (errno != EINTR) {
        status = -1;
        break;
      }
    }
  }
  const int ended = errno;
  visit.answer<int>(status);
  errno = status == -1 ? ended : error;
}

void on_posix_spawn(Visit &visit) {
  auto *const process = argument<pid_t *>(visit, 0);
  const auto *const attributes = argument<const posix_spawnattr_t *>(visit, 3);
  const auto actions = actions_of(argument<const posix_spawn_file_actions_t *>(visit, 2));
  static char *const nothing[] = {nullptr};
  ProcessStart started;
  const char *const path = argument<const char *>(visit, 1);
  if (path == nullptr) { // as the system says; what stands between the two under a sanitizer looks at it
    visit.answer<int>(EFAULT);
    return;
  }
  started.binary = path;
  for (char *const *word = argument<char *const *>(visit, 4); word != nullptr && *word != nullptr; ++word)
    started.command.words.emplace_back(*word);
  started.environment = argument<char *const *>(visit, 5);
  if (started.environment == nullptr)
    started.environment = nothing;
  started.flags = attributes == nullptr ? std::string() : name_of_flags(*attributes);
  started.folder = actions ? folder_after(*actions) : std::string();
  const int error = errno;
  const Decision decision = visit.present(describe_process(started));
  errno = error;
  if (decision.real()) {
    visit.make_real();
    const int failed = visit.result<int>();
    if (failed != 0)
      decision.recorded.raised(AnyValue(plugin::name_of_errno(failed)));
    else if (process != nullptr)
      of_test()->children.add(*process, decision.recorded);
    errno = error;
    return;
  }
  const auto &mock = *decision.as<ProcessMock>();
  if (mock.failure != 0) {
    add_process_outcome(decision.recorded, mock);
    visit.answer<int>(mock.failure);
    errno = error;
    return;
  }
  if (!actions)
    refuse_unknown_actions(visit);
  const StartedProcess child = start_process(mock.outcome, decision.recorded, [&] {
    const int wrong = attributes == nullptr ? 0 : apply(*attributes);
    return wrong != 0 ? wrong : apply(*actions);
  });
  if (child.error != 0)
    decision.recorded.raised(AnyValue(plugin::name_of_errno(child.error)));
  else
    add_process_outcome(decision.recorded, mock);
  if (child.error == 0 && process != nullptr)
    *process = child.pid;
  visit.answer<int>(child.error);
  errno = error;
}

} // namespace tripwire::plugins::process
