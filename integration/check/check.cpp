// Check's tests --(fixtures of ours around their own)--> a verifier per test, whose findings are failures of it
//
// Check has no listeners that could fail a test. The linker hands us the calls that make test cases and add tests
// (--wrap), so linking tripwire::check is enough: each test case gets a first checked fixture, whose tear-down is the
// last, and each test a function of ours that calls the real one. All of it runs where the test does: in a child of its
// own, unless CK_FORK says no. docs/decisions/0052-cmocka-and-check.md says what else was tried.
#include <tripwire/adapter.hpp>

#include <check.h>
#include <unistd.h>

#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <string>

extern "C" {
TCase *__real_tcase_create(const char *name);
TCase *__wrap_tcase_create(const char *name);
void __real__tcase_add_test(TCase *of, const TTest *test, int signal, int allowed_exit_value, int start, int end);
void __wrap__tcase_add_test(TCase *of, const TTest *test, int signal, int allowed_exit_value, int start, int end);
[[noreturn]] void __real__ck_assert_failed(const char *file, int line, const char *expression, const char *message,
                                           ...);
[[noreturn, gnu::format(printf, 4, 5)]] void __wrap__ck_assert_failed(const char *file, int line,
                                                                      const char *expression, const char *message, ...);
}

namespace tripwire::check {
namespace {

/// A test of the user. Check runs `ours` in its place, by a name that is nobody else's, so that it can be told which
/// one it is.
struct Test {
  std::string name;
  std::string test_case;
  const TTest *users;
  TTest ours;
  int signal;
  int allowed_exit_value;
};

std::deque<Test> &tests() {
  static auto *const all = new std::deque<Test>;
  return *all;
}
std::map<const TCase *, std::string> &names_of_cases() {
  static auto *const all = new std::map<const TCase *, std::string>;
  return *all;
}

/// The test that is run in this process, and how it goes.
const Test *current = nullptr; ///< null until its body begins
bool is_over = false;          ///< the body has come to its end
pid_t process = 0;             ///< in which it began
pid_t runner = 0;              ///< the process that made the tests

/// Whether the test runs in a child that ends with it: then nothing of it is run any more behind a failure.
bool has_own_process() { return ::getpid() != runner; }

/// What a test fails by, kept while it is left by a jump.
adapter::Failure failure;

[[noreturn]] void fail_test(const char *file, int line, const char *text) {
  __real__ck_assert_failed(file[0] == '\0' ? "unknown file" : file, line, text, nullptr);
}

/// Looks at what is left of the test, and keeps what it has to fail by.
void finish(adapter::Outcome outcome) { failure = adapter::end_test_as_one(outcome); }

void fail_if_left() {
  if (failure) {
    if (has_own_process()) {
      adapter::process_ends();
    }
    fail_test(failure.file.c_str(), failure.line, failure.text.c_str());
  }
}

/// The test ends here, by a failure that Check hears of next.
[[noreturn]] void leave_test(const char *file, int line, const char *text) {
  if (has_own_process()) { // in its own process, and no tear-down is run
    finish(adapter::Outcome::failed);
    adapter::process_ends();
  }
  fail_test(file, line, text);
}

/// Whether the body that runs is one of a test that is to end its process.
bool is_to_die() { return current->signal != 0 || current->allowed_exit_value != 0; }

/// Inside of the body, the process ends: no tear-down is run. What is left of a test that was to end so cannot be
/// asserted any more; what was refused on the way still counts.
void end_in_body() {
  finish(is_to_die() ? adapter::Outcome::skipped : adapter::Outcome::passed);
  const bool is_unheard = current->signal != 0 || current->allowed_exit_value == EXIT_FAILURE;
  if (failure && is_unheard) { // Check prints no message of such a test, or takes its status for the expected one
    std::fprintf(stderr, "%s\n", failure.text.c_str());
    std::fflush(nullptr);
    adapter::process_ends();
    ::_exit(current->allowed_exit_value == EXIT_FAILURE ? EXIT_FAILURE + 1 : EXIT_FAILURE);
  }
  fail_if_left();
}

bool is_in_body() { return process == ::getpid() && current != nullptr && !is_over && adapter::in_test(); }

void end_at_exit() {
  if (is_in_body()) {
    end_in_body();
  }
}

/// The signal that the test is to die by. What it interrupted is over.
void end_at_signal(int number) {
  std::signal(number, SIG_DFL);
  if (is_in_body()) {
    end_in_body();
    adapter::process_ends();
  }
  std::raise(number);
}

void set_up() {
  if (adapter::in_test()) { // a tear-down was left by a jump
    finish(adapter::Outcome::failed);
  }
  current = nullptr;
  is_over = false;
  process = ::getpid();
  adapter::begin_test("a set-up");
  adapter::test_is_in_c(&leave_test);
}

void tear_down() {
  adapter::body_ends();
  finish(is_over ? adapter::Outcome::passed : adapter::Outcome::failed);
  fail_if_left();
}

void body(int index) {
  const char *running = tcase_name(); // of the test, whatever it is called
  for (const Test &test : tests()) {
    if (test.ours.name == running) {
      current = &test;
      break;
    }
  }
  adapter::test_is_named(current->test_case + ":" + current->name + ":" + std::to_string(index), current->users->file);
  if (has_own_process()) {
    std::atexit(&end_at_exit);
    if (current->signal != 0) {
      std::signal(current->signal, &end_at_signal);
    }
  }
  adapter::body_begins();
  current->users->fn(index);
  adapter::body_ends();
  is_over = true;
}

} // namespace
} // namespace tripwire::check

extern "C" {

TCase *__wrap_tcase_create(const char *name) {
  TCase *made = __real_tcase_create(name);
  tripwire::check::names_of_cases()[made] = name == nullptr ? "" : name;
  tripwire::check::runner = ::getpid();
  tcase_add_checked_fixture(made, &tripwire::check::set_up, &tripwire::check::tear_down);
  return made;
}

void __wrap__tcase_add_test(TCase *of, const TTest *test, int signal, int allowed_exit_value, int start, int end) {
  using namespace tripwire::check;
  if (of == nullptr || test == nullptr) {
    return;
  }
  tests().push_back({test->name, names_of_cases()[of], test, {}, signal, allowed_exit_value});
  Test &made = tests().back();
  made.ours = {made.name.c_str(), &body, test->file, test->line};
  __real__tcase_add_test(of, &made.ours, signal, allowed_exit_value, start, end);
}

void __wrap__ck_assert_failed(const char *file, int line, const char *expression, const char *message, ...) {
  using namespace tripwire;
  static char text[BUFSIZ]; // a jump may leave this frame
  if (message != nullptr) {
    std::va_list arguments;
    va_start(arguments, message);
    std::vsnprintf(text, sizeof text, message, arguments);
    va_end(arguments);
  }
  if (check::process == ::getpid() && adapter::in_test()) {
    check::leave_test(file, line, message == nullptr ? expression : text);
  }
  __real__ck_assert_failed(file, line, message == nullptr ? expression : text, nullptr);
}

} // extern "C"
