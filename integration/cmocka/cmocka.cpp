// cmocka's tests --(each step in one of ours)--> a verifier per test, whose findings are failures of it
//
// cmocka has no listeners, and leaves a test that fails by a jump. The linker hands us the call that runs a group
// (--wrap), so linking tripwire::cmocka is enough: each test of the group is run as one whose steps call the real ones,
// and whose tear-down, which cmocka runs also behind a jump, ends what is left. No frame that a jump may leave has
// anything to destroy. docs/decisions/0052-cmocka-and-check.md says what else was tried.
#include <tripwire/adapter.hpp>

#include <csetjmp>
#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

// Behind the headers that its macros would break.
extern "C" {
#include <cmocka.h>
}
#undef fail
#undef skip
#undef mock

extern "C" {
int __real__cmocka_run_group_tests(const char *name, const CMUnitTest *tests, std::size_t count,
                                   CMFixtureFunction setup, CMFixtureFunction teardown);
int __wrap__cmocka_run_group_tests(const char *name, const CMUnitTest *tests, std::size_t count,
                                   CMFixtureFunction setup, CMFixtureFunction teardown);
void __real__skip(const char *file, int line);
void __wrap__skip(const char *file, int line);
}

namespace tripwire::cmocka {
namespace {

/// A group that is run. Groups do not nest: cmocka keeps what it knows of a test in one place.
struct Group {
  std::string name;
  const CMUnitTest *tests = nullptr; ///< of the user
  std::size_t count = 0;
  CMFixtureFunction setup = nullptr; ///< of the user
  CMFixtureFunction teardown = nullptr;
  void *state = nullptr; ///< that the user's set-up has made
};
Group group;

/// The test that is run, and how it goes.
const CMUnitTest *current = nullptr;
bool is_in_body = false;
bool is_over = false;    ///< the body has come to its end
bool is_skipped = false; ///< by `skip()`

/// What a test fails by, kept while it is left by a jump.
adapter::Failure failure;

/// Ends the test as a failed `assert_true` does, which puts the text into the test's messages.
[[noreturn]] void fail_test(const char *file, int line, const char *text) {
  constexpr std::size_t cut = 1023; // of a longer message cmocka 1.1 loses the last character
  if (failure.text.c_str() != text) {
    failure.text = text;
  }
  constexpr std::size_t shown_of_fixture = 1900; // and of one of a fixture it shows not much more
  if (!is_in_body && failure.text.size() > shown_of_fixture) {
    std::fprintf(stderr, "%s\n", failure.text.c_str());
  }
  failure.text += failure.text.size() >= cut ? "\n" : "";
  ::_assert_true(0, failure.text.c_str(), file[0] == '\0' ? "unknown file" : file, line);
  std::abort(); // it jumps
}

/// Looks at what is left of the test, and keeps what it has to fail by.
void finish(adapter::Outcome outcome) {
  failure = adapter::end_test_as_one(outcome);
  current = nullptr;
}

void fail_if_left() {
  if (failure) {
    fail_test(failure.file.c_str(), failure.line, failure.text.c_str());
  }
}

bool is_of_user(const void *state) {
  const auto at = reinterpret_cast<std::uintptr_t>(state);
  const auto first = reinterpret_cast<std::uintptr_t>(group.tests);
  return at >= first && at < first + group.count * sizeof(CMUnitTest);
}

/// The first step of a test: its state is the test itself. From then on it is what the user's test would find.
void begin(void **state) {
  if (adapter::in_test()) {
    finish(adapter::Outcome::failed); // a set-up was left by a jump
  }
  current = static_cast<const CMUnitTest *>(*state);
  *state = group.state != nullptr ? group.state : current->initial_state;
  is_in_body = false;
  is_over = false;
  is_skipped = false;
  adapter::begin_test(group.name + "." + current->name);
  adapter::test_is_in_c(&fail_test);
}

int set_up(void **state) {
  begin(state);
  const int status = current->setup_func(state);
  if (status != 0) {
    finish(adapter::Outcome::failed); // cmocka runs neither body nor tear-down
  }
  return status;
}

void body(void **state) {
  if (is_of_user(*state)) {
    begin(state);
  }
  is_in_body = true;
  adapter::body_begins();
  current->test_func(state);
  adapter::body_ends();
  is_over = true;
  if (current->teardown_func == nullptr) {
    finish(adapter::Outcome::passed);
    fail_if_left();
  }
}

/// Also behind a test that was left by a jump.
int tear_down(void **state) {
  if (current == nullptr) {
    return 0;
  }
  is_in_body = false;
  adapter::body_ends();
  const int status = current->teardown_func == nullptr ? 0 : current->teardown_func(state);
  adapter::Outcome outcome = adapter::Outcome::passed;
  if (!is_over || status != 0) {
    outcome = is_skipped ? adapter::Outcome::skipped : adapter::Outcome::failed;
  }
  finish(outcome);
  fail_if_left();
  return status;
}

int set_up_group(void **state) {
  const int status = group.setup == nullptr ? 0 : group.setup(state);
  group.state = *state;
  *state = nullptr; // it would go before the state of each test, which tells us which one it is
  return status;
}

int tear_down_group(void **state) {
  *state = group.state;
  return group.teardown(state);
}

/// A program that ends inside of a test: the framework says nothing of that test any more.
void end_at_exit() {
  if (current == nullptr) {
    return;
  }
  bool has_findings = false;
  for (const adapter::Report &finding : adapter::end_test(adapter::Outcome::passed)) {
    adapter::print(finding);
    has_findings = true;
  }
  if (has_findings) {
    std::fflush(nullptr);
    adapter::process_ends();
    std::_Exit(1);
  }
}

int run(const char *name, const CMUnitTest *tests, std::size_t count, CMFixtureFunction setup,
        CMFixtureFunction teardown) {
  static const bool watched = std::atexit(&end_at_exit) == 0;
  (void)watched;
  group = {name, tests, count, setup, teardown, nullptr};
  std::vector<CMUnitTest> ours(tests, tests + count);
  for (std::size_t index = 0; index < count; ++index) {
    CMUnitTest &test = ours[index];
    if (test.test_func == nullptr) {
      continue; // none: cmocka passes it over, or knows it as a fixture alone
    }
    test.initial_state = const_cast<CMUnitTest *>(tests + index);
    test.setup_func = test.setup_func == nullptr ? nullptr : &set_up;
    test.test_func = &body;
    test.teardown_func = &tear_down;
  }
  const int status = __real__cmocka_run_group_tests(name, ours.data(), count, &set_up_group,
                                                    teardown == nullptr ? nullptr : &tear_down_group);
  if (adapter::in_test()) {
    finish(adapter::Outcome::failed); // the last set-up was left by a jump
  }
  return status;
}

} // namespace
} // namespace tripwire::cmocka

extern "C" {

int __wrap__cmocka_run_group_tests(const char *name, const CMUnitTest *tests, std::size_t count,
                                   CMFixtureFunction setup, CMFixtureFunction teardown) {
  return tripwire::cmocka::run(name, tests, count, setup, teardown);
}

void __wrap__skip(const char *file, int line) {
  tripwire::cmocka::is_skipped = true;
  __real__skip(file, line);
}

} // extern "C"
