// GoogleTest's tests --(each in a guarded one)--> a verifier per test, whose findings are failures of that test
//
// GoogleTest tells its listeners when a test starts and ends, but not where the body of a test begins, and it knows
// exceptions only if they derive from std::exception. Each test is therefore made by a factory of ours, as a test that
// runs the real one step by step. This file is compiled into the test program, with the program's own GoogleTest, so
// that linking tripwire::googletest is enough. docs/decisions/0010-body-of-a-test.md says what else was tried.
#include <gtest/gtest.h>

#include <tripwire/adapter.hpp>

#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <string>

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang diagnostic ignored "-Wglobal-constructors"
#endif

namespace tripwire::googletest {
namespace {

using testing::internal::TestFactoryBase;

// The private parts of GoogleTest that are needed: an explicit instantiation may name them.
using Factory = TestFactoryBase *const testing::TestInfo::*;
using Step = void (testing::Test::*)();
Factory factory_of_test();
Step set_up();
Step body();
Step tear_down();
template <Factory F, Step SetUp, Step Body, Step TearDown> struct Opened {
  friend Factory factory_of_test() { return F; }
  friend Step set_up() { return SetUp; }
  friend Step body() { return Body; }
  friend Step tear_down() { return TearDown; }
};
template struct Opened<&testing::TestInfo::factory_, &testing::Test::SetUp, &testing::Test::TestBody,
                       &testing::Test::TearDown>;

std::string name_of_test() {
  const testing::TestInfo *test = testing::UnitTest::GetInstance()->current_test_info();
  return std::string(test->test_suite_name()) + "." + test->name();
}

/// What is left at the end of a test becomes a failure of it, or a note under the failure that is there.
void report(const adapter::Report &finding) {
  if (finding.kind == adapter::Report::Kind::note) {
    std::printf("%s\n", adapter::text_of(finding).c_str());
    std::fflush(stdout);
  } else {
    ADD_FAILURE_AT(finding.file.empty() ? "unknown file" : finding.file.c_str(), finding.line) << finding.text;
  }
}

/// The verifier of one test, from before its fixture is made until after it is gone.
class Verified {
public:
  Verified() {
    const char *file = testing::UnitTest::GetInstance()->current_test_info()->file();
    adapter::begin_test(name_of_test(), file == nullptr ? std::string_view() : file);
  }
  Verified(const Verified &) = delete;
  Verified &operator=(const Verified &) = delete;
  ~Verified() {
    adapter::Outcome outcome = adapter::Outcome::passed;
    if (testing::Test::HasFailure() || std::uncaught_exceptions() > 0) {
      outcome = adapter::Outcome::failed;
    } else if (testing::Test::IsSkipped()) {
      outcome = adapter::Outcome::skipped;
    }
    for (const adapter::Report &finding : adapter::end_test(outcome)) {
      report(finding);
    }
  }
};

/// Runs a test of the user step by step. A violation that leaves a step ends this step; it is reported once, at the
/// end.
class GuardedTest : public testing::Test {
public:
  explicit GuardedTest(TestFactoryBase &factory) {
    run([&] { test_.reset(factory.CreateTest()); });
  }

private:
  void SetUp() override { run(set_up()); }
  void TestBody() override {
    if (!left_by_violation_) {
      const adapter::Body guarded;
      run(body());
    }
  }
  void TearDown() override { run(tear_down()); }

  void run(Step step) {
    if (test_ != nullptr) {
      run([&] { (test_.get()->*step)(); });
    }
  }
  template <class Function> void run(Function function) {
    if (!adapter::contain(function)) {
      left_by_violation_ = true;
    }
  }

  Verified verified_;
  bool left_by_violation_ = false;
  std::unique_ptr<testing::Test> test_;
};

class GuardedFactory : public TestFactoryBase {
public:
  explicit GuardedFactory(TestFactoryBase *factory) : factory_(factory) {}
  testing::Test *CreateTest() override { return new GuardedTest(*factory_); }

private:
  std::unique_ptr<TestFactoryBase> factory_;
};

/// Whether this program was started by a death test of the style `threadsafe`, to run its statement.
bool runs_for_a_death_test() {
#if GTEST_HAS_DEATH_TEST
  for (const std::string &argument : testing::internal::GetArgvs()) {
    if (argument.find("gtest_internal_run_death_test=") != std::string::npos) {
      return true;
    }
  }
#endif
  return false;
}

/// Set up before the first test, when all of them are registered; also in the child process of a death test, where
/// listeners hear nothing.
class Installation : public testing::Environment {
public:
  void SetUp() override {
    if (installed_) {
      return;
    }
    installed_ = true;
    if (runs_for_a_death_test()) {
      adapter::leave_report_to_parent();
    }
    const testing::UnitTest &program = *testing::UnitTest::GetInstance();
    for (int suite = 0; suite < program.total_test_suite_count(); ++suite) {
      const testing::TestSuite &tests = *program.GetTestSuite(suite);
      for (int test = 0; test < tests.total_test_count(); ++test) {
        install(*tests.GetTestInfo(test));
      }
    }
  }

private:
  static void install(const testing::TestInfo &test) {
    TestFactoryBase *const *place = &(test.*factory_of_test());
    ::new (const_cast<TestFactoryBase **>(place)) TestFactoryBase *(new GuardedFactory(*place)); // a const member
  }

  bool installed_ = false;
};

[[maybe_unused]] const testing::Environment *const installation = testing::AddGlobalTestEnvironment(new Installation);

} // namespace
} // namespace tripwire::googletest
