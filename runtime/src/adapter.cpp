// a test framework's events --> a verifier per test, and its findings back to the framework
#include "tripwire/adapter.hpp"

#include "c/in_c.hpp"
#include "context.hpp"
#include "leftovers.hpp"
#include "message.hpp"
#include "plugin_books.hpp"
#include "report/report.hpp"
#include "settings.hpp"
#include "test.hpp"
#include "verifier_state.hpp"

#include "tripwire/plugin.hpp"

#include <cstdio>
#include <exception>
#include <new>
#include <optional>

namespace tripwire::adapter {

namespace {

using runtime::Fate;

Report report(Report::Kind kind, const CallSite &site, std::string text) {
  Report made;
  made.kind = kind;
  made.file = site.file;
  made.line = site.line;
  made.text = std::move(text);
  return made;
}

void note(runtime::VerifierState &verifier, Facts facts) {
  runtime::latch(std::move(facts), &verifier)->fate.store(Fate::noted, std::memory_order_release);
}

void note_configuration(runtime::VerifierState &verifier, const std::string &problem) {
  if (!problem.empty()) {
    Facts facts;
    facts.kind = ViolationKind::configuration;
    facts.text = problem;
    note(verifier, std::move(facts));
  }
}

void note_problems(runtime::VerifierState &verifier) {
  try {
    runtime::check_plugins();
  } catch (const Violation &) {
    // Latched already; nobody could catch it here.
  }
  note_configuration(verifier, runtime::Settings::instance().problem());
}

/// Made while there is memory: what fails the test when there is none to say why. Never destroyed.
std::vector<Report> &spare_report() {
  static auto *const spare = new std::vector<Report>;
  return *spare;
}

void make_spare_report() {
  if (spare_report().empty()) {
    spare_report().push_back(
        report(Report::Kind::failure, {},
               "VerificationError: out of memory while listing what the test leaves behind\n  let it "
               "make fewer calls, or give it more memory"));
  }
}

} // namespace

void begin_test(std::string_view name, std::string_view file) {
  if (in_test()) {
    for (const Report &left : end_test(Outcome::passed)) {
      print(left);
    }
  }
  runtime::end_start();
  make_spare_report();
  auto *verifier = new runtime::VerifierState(name);
  verifier->phase.store(runtime::Phase::fixture, std::memory_order_release);
  verifier->home.store(runtime::thread_number(runtime::context()), std::memory_order_relaxed);
  verifier->of_file = runtime::Settings::instance().rules().of_file(file);
  runtime::Process::instance().set_test(verifier);
  note_problems(*verifier);
  note_configuration(*verifier, runtime::report::begins(*verifier, file));
  for (plugin::Plugin *one : runtime::plugins()) {
    one->test_begins();
  }
}

void test_is_named(std::string_view name, std::string_view file) {
  if (runtime::VerifierState *verifier = runtime::Process::instance().test()) {
    verifier->name = name;
    verifier->of_file = runtime::Settings::instance().rules().of_file(file);
    runtime::rules_changed();
    runtime::report::is_in(*verifier, file);
  }
}

void body_begins() {
  if (runtime::VerifierState *verifier = runtime::Process::instance().test()) {
    runtime::begin_body(*verifier);
  }
}

void body_ends() {
  if (runtime::VerifierState *verifier = runtime::Process::instance().test()) {
    runtime::end_body(*verifier);
  }
}

void exception_escaped() {
  runtime::VerifierState *verifier = runtime::Process::instance().test();
  if (verifier == nullptr) {
    return;
  }
  const std::lock_guard<std::mutex> lock(verifier->notes_mutex);
  for (auto latched = verifier->latched.rbegin(); latched != verifier->latched.rend(); ++latched) {
    const Fate fate = (*latched)->fate.load(std::memory_order_acquire);
    if (fate == Fate::thrown || fate == Fate::swallowed) {
      (*latched)->fate.store(Fate::escaped, std::memory_order_release);
      return;
    }
  }
}

namespace {

std::vector<Report> findings(runtime::VerifierState *verifier, Outcome outcome) {
  runtime::end_body(*verifier);
  std::vector<Report> reports;
  const runtime::Leftovers leftovers = runtime::take_leftovers(*verifier);
  bool has_failed = outcome == Outcome::failed;
  for (const auto &latched : leftovers.violations) {
    reports.push_back(report(Report::Kind::failure, latched->facts.site, runtime::full_text(*latched)));
    has_failed = true;
  }
  std::optional<Facts> left;
  const bool is_note = has_failed;
  if (outcome != Outcome::skipped && (!leftovers.unasserted.empty() || !leftovers.unused.empty())) {
    left = runtime::facts_of(leftovers);
    reports.push_back(report(is_note ? Report::Kind::note : Report::Kind::failure, left->site, left->text));
    has_failed = true;
  }
  const std::string unwritten =
      runtime::report::ends(*verifier, has_failed ? Outcome::failed : outcome, left ? &*left : nullptr, is_note);
  if (!unwritten.empty()) {
    reports.push_back(report(Report::Kind::failure, {}, unwritten));
  }
  for (plugin::Plugin *one : runtime::plugins()) {
    one->test_ends();
  }
  return reports;
}

std::string why_not_listed(const std::exception_ptr &exception) {
  return "VerificationError: what the test leaves behind could not be listed: " + runtime::describe(exception).shown +
         "\n  thrown by a plugin, when it described an interaction or a mock, or when it heard of the end of the test";
}

/// What was found, or that it cannot be listed. Throws nothing: a framework lets nothing be thrown between its tests.
std::vector<Report> findings_or_why_not(runtime::VerifierState *verifier, Outcome outcome) noexcept {
  try {
    try {
      return findings(verifier, outcome);
    } catch (const std::bad_alloc &) {
      throw;
    } catch (...) {
      return {report(Report::Kind::failure, {}, why_not_listed(std::current_exception()))};
    }
  } catch (const std::bad_alloc &) {
    return std::move(spare_report());
  }
}

} // namespace

std::vector<Report> end_test(Outcome outcome) {
  runtime::VerifierState *verifier = runtime::Process::instance().test();
  if (verifier == nullptr) {
    return {};
  }
  if (verifier->in_c) {
    runtime::close_blocks();
  }
  std::vector<Report> reports = findings_or_why_not(verifier, outcome);
  runtime::Process::instance().set_test(nullptr);
  verifier->close();
  return reports;
}

void leave_report_to_parent() noexcept { runtime::report::leave_to_parent(); }

void process_ends() noexcept { runtime::report::finish(); }

bool in_test() noexcept { return runtime::Process::instance().test() != nullptr; }

std::string current_violation() {
  if (std::current_exception() == nullptr) {
    return {};
  }
  try {
    throw;
  } catch (const Violation &violation) {
    return violation.what();
  } catch (...) {
    return {};
  }
}

Failure end_test_as_one(Outcome outcome) {
  Failure failure;
  for (const Report &finding : end_test(outcome)) {
    if (finding.kind == Report::Kind::note || outcome == Outcome::failed) {
      print(finding);
    } else if (!failure) {
      failure = {finding.file, finding.line, finding.text};
    } else {
      failure.text += "\n" + text_of(finding);
    }
  }
  return failure;
}

std::string text_of(const Report &report) {
  const std::string place = report.file.empty() ? "" : report.file + ":" + std::to_string(report.line) + ": ";
  return place + (report.kind == Report::Kind::note ? "note: " : "") + report.text;
}

void print(const Report &report) {
  std::fflush(stdout);
  std::fprintf(stderr, "%s\n", text_of(report).c_str());
}

} // namespace tripwire::adapter
