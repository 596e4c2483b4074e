// exec --(in a child of the test)--> the process that the test plays
#include "handlers.hpp"

#include "origin.hpp"
#include "plugin.hpp"

#include <tripwire/plugin_names.hpp>
#include <tripwire/plugins/process_mock.hpp>
#include <tripwire/violation.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

namespace tripwire::plugins::process {

namespace {

using plugin::Decision;
using plugin::Visit;

std::vector<std::string> words_of(char *const *argv) {
  std::vector<std::string> words;
  for (; argv != nullptr && *argv != nullptr; ++argv)
    words.emplace_back(*argv);
  return words;
}

const char *text_of(const Visit &visit, std::size_t index) {
  // What ends the list may be any null: `NULL` is a number in C++.
  return visit.argument(index).type->size == sizeof(char *) ? argument<const char *>(visit, index) : nullptr;
}

[[noreturn]] void refuse_behind_vfork(Visit &visit, const ProcessStart &started) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "subprocess";
  facts.site = call_site(visit.call().site);
  facts.text = "ConfigurationError: " + std::string(visit.call().slot.facts.name) + " of " +
               plugin::literal(started.binary) + " behind vfork cannot be played\n  at " + facts.site.text() +
               "\n  the parent stands still until its child is another program, so nothing could be written to it: "
               "use fork or posix_spawn, or let the answer fail";
  raise(std::move(facts));
}

[[noreturn]] void refuse_to_end_the_test(Visit &visit, const ProcessStart &started) {
  Facts facts;
  facts.kind = ViolationKind::configuration;
  facts.source = "subprocess";
  facts.site = call_site(visit.call().site);
  facts.text = "ConfigurationError: the process that runs the test called " +
               std::string(visit.call().slot.facts.name) + " of " + plugin::literal(started.binary) +
               ", which would end the test: the program has to fork before, or the answer has to fail: "
               ".fails(ENOENT)";
  raise(std::move(facts));
}

void fail(Visit &visit, int error) {
  visit.answer<int>(-1);
  errno = error;
}

/// Returns only where exec returns: after an error.
void become(Visit &visit, const ProcessStart &started) {
  Decision decision;
  const int error = errno;
  try {
    decision = visit.present(describe_process(started));
    if (is_memory_borrowed() && !decision.real() && decision.as<ProcessMock>()->failure == 0)
      refuse_behind_vfork(visit, started);
  } catch (const Violation &) {
    if (!is_child_of_test())
      throw;
    // The child goes on as after any exec that failed, and does not run the rest of the test. Its parent knows.
    fail(visit, EPERM);
    return;
  }
  errno = error;
  if (decision.real()) {
    if (!is_child_of_test() && decision.mock != nullptr)
      refuse_to_end_the_test(visit, started);
    if (is_memory_borrowed()) { // the parent goes on in this memory: no handler may be left in the middle
      visit.pass_on();
      return;
    }
    visit.make_real();
    const int failed = errno;
    decision.recorded.raised(AnyValue(plugin::name_of_errno(failed)));
    errno = failed;
    return;
  }
  const auto &mock = *decision.as<ProcessMock>();
  if (mock.failure == 0 && !is_child_of_test())
    refuse_to_end_the_test(visit, started);
  add_process_outcome(decision.recorded, mock);
  if (mock.failure == 0)
    play_process(mock.outcome, decision.recorded);
  fail(visit, mock.failure);
}

ProcessStart listed(const Visit &visit) {
  ProcessStart started;
  started.binary = text_of(visit, 0);
  for (std::size_t index = 1; index < visit.count(); ++index) {
    const char *word = text_of(visit, index);
    if (word == nullptr)
      break;
    started.command.words.emplace_back(word);
  }
  return started;
}

bool lacks_binary(Visit &visit) {
  if (text_of(visit, 0) != nullptr)
    return false;
  visit.make_real(); // EFAULT
  return true;
}

} // namespace

void on_execl(Visit &visit) {
  if (!lacks_binary(visit))
    become(visit, listed(visit));
}

void on_execle(Visit &visit) {
  if (lacks_binary(visit))
    return;
  ProcessStart started = listed(visit);
  const std::size_t last = started.command.words.size() + 2; // behind the path, the words and their end
  if (last < visit.count())
    started.environment = argument<char *const *>(visit, last);
  become(visit, started);
}

void on_execv(Visit &visit) {
  if (lacks_binary(visit))
    return;
  ProcessStart started;
  started.binary = text_of(visit, 0);
  started.command.words = words_of(argument<char *const *>(visit, 1));
  become(visit, started);
}

namespace {

char *const no_variables[] = {nullptr};

/// An exec that is given variables; none of them are the null pointer.
char *const *variables(const Visit &visit, std::size_t index) {
  auto *const given = argument<char *const *>(visit, index);
  return given == nullptr ? no_variables : given;
}

} // namespace

void on_execve(Visit &visit) {
  if (lacks_binary(visit))
    return;
  ProcessStart started;
  started.binary = text_of(visit, 0);
  started.command.words = words_of(argument<char *const *>(visit, 1));
  started.environment = variables(visit, 2);
  become(visit, started);
}

namespace {

std::string name_of_descriptor(int descriptor) {
  char path[PATH_MAX];
  const ssize_t size = readlink(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), path, sizeof path);
  return size < 0 ? "descriptor " + std::to_string(descriptor) : std::string(path, static_cast<std::size_t>(size));
}

} // namespace

void on_fexecve(Visit &visit) {
  ProcessStart started;
  started.binary = name_of_descriptor(argument<int>(visit, 0));
  started.command.words = words_of(argument<char *const *>(visit, 1));
  started.environment = variables(visit, 2);
  become(visit, started);
}

void on_execveat(Visit &visit) {
  const int folder = argument<int>(visit, 0);
  const char *path = text_of(visit, 1);
  if (path == nullptr) { // EFAULT
    visit.make_real();
    return;
  }
  ProcessStart started;
  started.binary = path;
  if (started.binary.empty()) // AT_EMPTY_PATH: the descriptor is the program
    started.binary = name_of_descriptor(folder);
  else if (started.binary.front() != '/' && folder != AT_FDCWD)
    started.binary = name_of_descriptor(folder) + "/" + started.binary;
  started.command.words = words_of(argument<char *const *>(visit, 2));
  started.environment = variables(visit, 3);
  become(visit, started);
}

} // namespace tripwire::plugins::process
