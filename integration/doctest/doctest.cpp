// doctest's tests --(each run of a test case in a guarded function)--> a verifier per run, whose findings are failures
// of it
//
// A listener of doctest hears when a test case starts and when it ends, but not where a run of it ends that has
// subcases left, and in the end it is too late to fail. While a test case is run, its function is therefore one of
// ours, which calls the real one. Compiled into the test program, with the program's own doctest, so that linking
// tripwire::doctest is enough. docs/decisions/0045-framework-adapters.md says what else was tried.
#undef DOCTEST_CONFIG_IMPLEMENT
#undef DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#if __has_include(<doctest/doctest.h>)
#include <doctest/doctest.h>
#else
#include <doctest.h>
#endif

#include <tripwire/adapter.hpp>

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang diagnostic ignored "-Wglobal-constructors"
#if __has_warning("-Wc2y-extensions")
#pragma clang diagnostic ignored "-Wc2y-extensions"
#endif
#endif

#if !defined(DOCTEST_CONFIG_DISABLE)
namespace tripwire::doctest_adapter {
namespace {

using Test = doctest::detail::TestCase;

/// The test case that doctest is in, and how the run of it went so far.
struct Run {
  Test *test = nullptr;
  doctest::detail::funcType body = nullptr; ///< of the user
  bool has_failed = false;
};
Run run;

/// A violation or what is left becomes a failure, what is left of a run that has failed a message.
void report(const adapter::Report &finding) {
  const bool known = !finding.file.empty();
  const char *file = known ? finding.file.c_str() : run.test->m_file.c_str();
  const int line = known ? finding.line : static_cast<int>(run.test->m_line);
  const doctest::String text = finding.text.c_str();
  if (finding.kind == adapter::Report::Kind::note) {
    DOCTEST_ADD_MESSAGE_AT(file, line, text);
  } else {
    DOCTEST_ADD_FAIL_CHECK_AT(file, line, text);
  }
}

void end_run() {
  const adapter::Outcome outcome = run.has_failed ? adapter::Outcome::failed : adapter::Outcome::passed;
  for (const adapter::Report &finding : adapter::end_test(outcome)) {
    report(finding);
  }
}

void guarded_body() {
  const adapter::Body guarded;
  adapter::contain(run.body);
}

/// What doctest calls instead of the test: once for each way through its subcases.
void guarded_run() {
  run.has_failed = false;
  adapter::begin_test(run.test->m_name, run.test->m_file.c_str());
#if defined(__cpp_exceptions)
  try {
    guarded_body();
  } catch (...) {
    run.has_failed = true;
    end_run();
    throw; // doctest reports it
  }
#else
  guarded_body();
#endif
  end_run();
}

struct Listener : doctest::IReporter {
  explicit Listener(const doctest::ContextOptions &) {}

  void test_case_start(const doctest::TestCaseData &data) override {
    run.test = const_cast<Test *>(static_cast<const Test *>(&data));
    run.body = run.test->m_test;
    run.test->m_test = &guarded_run;
  }
  void test_case_end(const doctest::CurrentTestCaseStats &) override { run.test->m_test = run.body; }

  void log_assert(const doctest::AssertData &assertion) override {
    run.has_failed |= assertion.m_failed && (assertion.m_at & doctest::assertType::is_warn) == 0;
  }
  void log_message(const doctest::MessageData &message) override {
    run.has_failed |= (message.m_severity & doctest::assertType::is_warn) == 0;
  }

  void report_query(const doctest::QueryData &) override {}
  void test_run_start() override {}
  void test_run_end(const doctest::TestRunStats &) override {}
  void test_case_reenter(const doctest::TestCaseData &) override {}
  void test_case_exception(const doctest::TestCaseException &) override {}
  void subcase_start(const doctest::SubcaseSignature &) override {}
  void subcase_end() override {}
  void test_case_skipped(const doctest::TestCaseData &) override {}
};

} // namespace
} // namespace tripwire::doctest_adapter

DOCTEST_REGISTER_LISTENER("tripwire", 0, tripwire::doctest_adapter::Listener);
#endif
