// what the tests of this program do --(TRIPWIRE_REPORT)--> one JSON file
#include "report/report.hpp"

#include "report/call_sites.hpp"
#include "report/file.hpp"
#include "report/json.hpp"
#include "report/notes.hpp"

#include "call_site.hpp"
#include "context.hpp"
#include "expectation.hpp"
#include "message.hpp"
#include "registry.hpp"
#include "relay.hpp"
#include "settings.hpp"
#include "verifier_state.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <mutex>
#include <set>
#include <system_error>
#include <tuple>
#include <vector>

namespace tripwire::runtime::report {

std::atomic<bool> on{false};

namespace {

/// A call that some test made, as the ledger may know it.
struct ReachedCall {
  std::string file;
  int line;
  std::string seam;

  friend bool operator<(const ReachedCall &a, const ReachedCall &b) {
    return std::tie(a.file, a.line, a.seam) < std::tie(b.file, b.line, b.seam);
  }
};

/// The report of this process. Never destroyed: threads may still note things while the program ends.
struct State {
  std::mutex mutex;
  bool asked = false;
  pid_t process = 0;
  File file;
  std::string problem; ///< why there can be no report, as the text of a violation
  bool has_tests = false;
  const VerifierState *marked = nullptr; ///< the test that the file's mark speaks of
  std::map<const VerifierState *, Notes> open;
  std::set<ReachedCall> reached;
  std::set<const void *> without_place; ///< return addresses of calls from code without debug information
};

State &state() {
  static auto *const one = new State;
  return *one;
}

std::string complaint(const State &of, const std::string &why) {
  return "ConfigurationError: the report cannot be written to " + of.file.folder() + ": " + why +
         "\n  TRIPWIRE_REPORT names that folder: name one that can be written, or take the variable away";
}

std::string path_of_program() {
  std::error_code error;
  return std::filesystem::read_symlink("/proc/self/exe", error).string();
}

std::string name_of_program() {
  const std::string_view built = Registry::instance().program();
  return built.empty() ? std::filesystem::path(path_of_program()).filename().string() : std::string(built);
}

std::string now() {
  const std::time_t time = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&time, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

/// What stands in front of the tests. The brackets that it opens are closed by `tail`.
std::string head() {
  std::string text;
  Json json(text);
  json.open_object().key("version").number(1).key("program").text(name_of_program());
  json.key("path").text(path_of_program()).key("pid").number(::getpid()).key("started").text(now());
  json.key("configuration").text(Settings::instance().file()).key("tests");
  return text + "[\n";
}

std::string tail(const State &of) {
  KnownSites sites = KnownSites::of_this_process();
  for (const ReachedCall &call : of.reached) {
    sites.mark(call.file, call.line, call.seam);
  }
  std::string text;
  Json json(text);
  json.open_object().key("calls_without_place").number(static_cast<long long>(of.without_place.size()));
  json.key("knows_call_sites").boolean(!sites.empty());
  sites.write(json);
  json.key("allowed_leaks").open_array();
  for (const AllowedLeak &leak : Settings::instance().allowed_leaks()) {
    json.open_object().key("symbol").text(leak.symbol).key("reason").text(leak.reason);
    json.key("file").text(leak.file).key("line").number(leak.line).close_object();
  }
  json.close_array().close_object();
  return "\n]," + text.substr(1) + "\n";
}

/// What separates a test from the one before it. Under the lock.
std::string separator(const State &of) { return of.has_tests ? ",\n" : ""; }

/// Should the program end now: this test has not. Under the lock.
std::string mark(State &of) {
  const auto found = of.open.find(of.marked);
  if (of.marked == nullptr || found == of.open.end()) {
    return {};
  }
  std::string text = separator(of);
  Json json(text);
  json.open_object().key("name").text(of.marked->name).key("file").text(found->second.file);
  json.key("outcome").text("unfinished");
  for (const char *list : {"timeline", "violations", "call_sites"}) {
    json.key(list).open_array().close_array();
  }
  json.close_object();
  return of.file.mark(text);
}

/// Under the lock.
std::string append(State &of, const std::string &test) {
  if (!of.file.is_open()) {
    return "it was lost";
  }
  const std::string wrong = of.file.append(separator(of) + test);
  of.has_tests = of.has_tests || wrong.empty();
  return wrong.empty() ? mark(of) : wrong;
}

/// Takes the notes of the test away. Without the lock: what prints a value may call a seam.
std::string write(State &of, VerifierState &verifier, const Ending &ending) {
  Notes notes;
  {
    const std::lock_guard<std::mutex> lock(of.mutex);
    const auto found = of.open.find(&verifier);
    if (found != of.open.end()) {
      notes = std::move(found->second);
      of.open.erase(found);
    }
    of.marked = of.marked == &verifier ? nullptr : of.marked;
  }
  const std::string test = write_test(verifier, notes, ending);
  const std::lock_guard<std::mutex> lock(of.mutex);
  for (const auto &[at, times] : notes.reached) {
    const LocatedCallSite at_call = located_call_site(at.second);
    if (at_call.file.empty()) {
      of.without_place.insert(at.second);
    } else {
      of.reached.insert({normal_path(at_call.file), at_call.site.line, std::string(at.first->facts.name)});
    }
  }
  return append(of, test);
}

/// Null when that test has ended: a thread was late. What belongs to no test is open from the beginning.
Notes *notes_of(State &of, const VerifierState &verifier) {
  if (&verifier == &Process::instance().whole_program()) {
    return &of.open[&verifier];
  }
  const auto found = of.open.find(&verifier);
  return found == of.open.end() ? nullptr : &found->second;
}

bool has_content(State &of, VerifierState &verifier) {
  const std::scoped_lock lock(of.mutex, verifier.notes_mutex);
  return verifier.timeline->size() > 0 || !verifier.latched.empty() || of.open.count(&verifier) != 0;
}

/// What the tests that are open have come to, what belongs to none, and the end of the file.
std::string write_rest(State &of) {
  VerifierState &outside = Process::instance().whole_program();
  std::vector<VerifierState *> open;
  {
    const std::lock_guard<std::mutex> lock(of.mutex);
    for (const auto &[verifier, notes] : of.open) {
      if (verifier != &outside) {
        open.push_back(const_cast<VerifierState *>(verifier));
      }
    }
  }
  Ending ending;
  ending.outcome = "unfinished";
  std::string wrong;
  for (VerifierState *verifier : open) {
    wrong = wrong.empty() ? write(of, *verifier, ending) : wrong;
  }
  if (wrong.empty() && has_content(of, outside)) {
    ending.outcome = "outside";
    wrong = write(of, outside, ending);
  }
  const std::lock_guard<std::mutex> lock(of.mutex);
  if (!wrong.empty() || !of.file.is_open()) {
    return wrong;
  }
  wrong = of.file.append(tail(of));
  return wrong.empty() ? of.file.publish() : wrong;
}

void finish_at_exit() { finish(); }

/// A child that was forked runs tests of its own: its parent's report is not its business. Under the lock.
void start_anew(State &of) {
  of.asked = false;
  of.process = 0;
  of.file.leave();
  of.problem.clear();
  of.has_tests = false;
  of.marked = nullptr;
  of.open.clear();
  of.reached.clear();
  of.without_place.clear();
}

/// Once, when the first test begins. Under the lock.
void ask(State &of) {
  of.asked = true;
  const char *folder = std::getenv("TRIPWIRE_REPORT");
  if (folder == nullptr || *folder == '\0') {
    return;
  }
  Settings::instance(); // made first, so that it is still there at exit
  of.process = ::getpid();
  std::string wrong = of.file.prepare(folder);
  wrong = wrong.empty() ? of.file.create(name_of_program()) : wrong;
  wrong = wrong.empty() ? of.file.append(head()) : wrong;
  if (!wrong.empty()) {
    of.problem = complaint(of, wrong);
    return;
  }
  std::atexit(&finish_at_exit);
  on.store(true, std::memory_order_relaxed);
  is_followed.store(true, std::memory_order_relaxed);
}

} // namespace

std::string begins(VerifierState &verifier, std::string_view file) {
  State &of = state();
  const std::lock_guard<std::mutex> lock(of.mutex);
  if (of.process != 0 && of.process != ::getpid()) {
    start_anew(of);
  }
  if (!of.asked) {
    ask(of);
  }
  if (!of.problem.empty() || !is_on()) {
    return of.problem;
  }
  of.open[&verifier].file = file;
  if (of.marked == nullptr) {
    of.marked = &verifier;
    mark(of); // when there is no room for it, there is none for the test
  }
  // Calls of set-up and tear-down count as reached as well.
  Registry::instance().watch_all();
  return {};
}

void is_in(const VerifierState &verifier, std::string_view file) {
  if (!is_on()) {
    return;
  }
  State &of = state();
  const std::lock_guard<std::mutex> lock(of.mutex);
  of.open[&verifier].file = file;
  mark(of);
}

void note_answer(const Interaction &interaction, const VerifierState &verifier, const Place &place) {
  State &of = state();
  const std::lock_guard<std::mutex> lock(of.mutex);
  if (Notes *notes = notes_of(of, verifier)) {
    notes->answered[interaction.sequence] = place;
  }
}

void note_assertion(const Interaction &interaction, const VerifierState &verifier, const Expectation &expectation) {
  State &of = state();
  const std::lock_guard<std::mutex> lock(of.mutex);
  if (Notes *notes = notes_of(of, verifier)) {
    notes->asserted[interaction.sequence] = {expectation.place, expectation.site};
  }
}

void note_call(const seam::Call &call, const VerifierState &verifier, Went how) {
  State &of = state();
  const std::lock_guard<std::mutex> lock(of.mutex);
  Notes *notes = notes_of(of, verifier);
  if (notes == nullptr) {
    return;
  }
  Reached &reached = notes->reached[{&call.slot, call.site}];
  switch (how) {
  case Went::handed_over:
    ++reached.handed_over;
    return;
  case Went::let_through:
    ++reached.let_through;
    return;
  case Went::refused:
    ++reached.refused;
    return;
  }
}

std::string ends(VerifierState &verifier, adapter::Outcome outcome, const Facts *left, bool is_note) {
  if (!is_on()) {
    return {};
  }
  Registry::instance().unwatch_all();
  Ending ending;
  ending.left = left;
  ending.is_note = is_note;
  switch (outcome) {
  case adapter::Outcome::passed:
    ending.outcome = "passed";
    break;
  case adapter::Outcome::failed:
    ending.outcome = "failed";
    break;
  case adapter::Outcome::skipped:
    ending.outcome = "skipped";
    break;
  }
  State &of = state();
  std::string wrong;
  try {
    wrong = write(of, verifier, ending);
  } catch (...) { // out of memory, or what prints a value
    wrong = describe(std::current_exception()).shown;
  }
  const std::lock_guard<std::mutex> lock(of.mutex);
  return wrong.empty() ? wrong : complaint(of, wrong);
}

void finish() noexcept {
  if (!is_on()) {
    return;
  }
  State &of = state();
  try {
    if (of.process != ::getpid() || !on.exchange(false)) {
      return;
    }
    const std::string wrong = write_rest(of);
    if (!wrong.empty()) {
      std::fprintf(stderr, "tripwire: %s\n", complaint(of, wrong).c_str());
    }
  } catch (...) {
    std::fputs("tripwire: the report could not be written to its end\n", stderr);
  }
}

std::mutex &mutex() noexcept { return state().mutex; }

void forked() noexcept { on.store(false, std::memory_order_relaxed); }

void leave_to_parent() noexcept {
  State &of = state();
  const std::lock_guard<std::mutex> lock(of.mutex);
  of.asked = true;
}

} // namespace tripwire::runtime::report
