// Catch2's tests --(each run of a test case in a guarded invoker)--> a verifier per run, whose findings are failures of
// it
//
// A listener of Catch2 hears when a run starts and ends, but not what the exception was that left the body, nor where
// it came from: the invoker of each test case is therefore one of ours, which runs the real one. The run ends for the
// verifier in the last moment in which Catch2 still counts failures for it: when its outermost section ends. Compiled
// into the test program, with the program's own Catch2 (v2 or v3), so that linking tripwire::catch2 is enough.
// docs/decisions/0045-framework-adapters.md says what else was tried.
#undef CATCH_CONFIG_MAIN
#undef CATCH_CONFIG_RUNNER
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <catch2/catch.hpp>
#endif

#include <tripwire/adapter.hpp>

#include <memory>
#include <set>
#include <string>
#include <utility>

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang diagnostic ignored "-Wglobal-constructors"
#pragma clang diagnostic ignored "-Wexit-time-destructors"
#if __has_warning("-Wc2y-extensions")
#pragma clang diagnostic ignored "-Wc2y-extensions"
#endif
#endif

namespace tripwire::catch2 {
namespace {

// What the two versions name differently.
#if defined(CATCH_VERSION_MAJOR) && CATCH_VERSION_MAJOR >= 3
using Test = Catch::TestCaseHandle;
using Invoker = Catch::ITestInvoker *;
using Events = Catch::EventListenerBase;
using Kept = void;
template <class Made> Invoker owned(Made *made) { return made; } // as long as the registry, which owns none
#else
using Test = Catch::TestCase;
using Invoker = std::shared_ptr<Catch::ITestInvoker>;
using Events = Catch::TestEventListenerBase;
using Kept = bool;
template <class Made> Invoker owned(Made *made) { return Invoker(made); }
#endif

// The one private part of Catch2 that is needed: an explicit instantiation may name it.
using InvokerOfTest = Invoker Test::*;
InvokerOfTest invoker_of_test();
template <InvokerOfTest Member> struct Opened {
  friend InvokerOfTest invoker_of_test() { return Member; }
};
#if defined(CATCH_VERSION_MAJOR) && CATCH_VERSION_MAJOR >= 3
template struct Opened<&Test::m_invoker>;
#else
template struct Opened<&Test::test>;
#endif

/// The run of a test case that Catch2 is in.
struct Run {
  const Catch::TestCaseInfo *test = nullptr;
  std::size_t open = 0;      ///< sections, with the test case as the outermost
  std::string way;           ///< through its sections, which Catch2 has left when findings are reported
  bool body_is_left = false; ///< also by an exception, but not by a signal
  adapter::Outcome outcome = adapter::Outcome::passed;
};
Run run;

/// Text that reporters may point to until the program ends.
const std::string &kept(const std::string &text) {
  static std::set<std::string> texts;
  return *texts.insert(text).first;
}

/// A violation or what is left becomes a failed assertion, with the text as its expression: Catch2 wraps messages. What
/// is left of a run that has failed is a note. Nothing is thrown, not even when Catch2 is to stop at a failure.
void report(const adapter::Report &finding) {
  if (finding.kind == adapter::Report::Kind::note) {
    adapter::print(finding);
    return;
  }
  Catch::SourceLineInfo place = run.test->lineInfo;
  if (!finding.file.empty()) {
    place = Catch::SourceLineInfo(kept(finding.file).c_str(), static_cast<std::size_t>(finding.line));
  }
  const Catch::AssertionInfo assertion = {Catch::StringRef(), place, Catch::StringRef(kept(finding.text)),
                                          Catch::ResultDisposition::ContinueOnFailure};
  Catch::AssertionReaction ignored; // to throw is one
  std::string way = run.way;
  Catch::getResultCapture().handleMessage(assertion, Catch::ResultWas::ExpressionFailed, std::move(way), ignored);
}

/// Runs the body of the real test, with the guard on.
class GuardedInvoker : public Catch::ITestInvoker {
public:
  explicit GuardedInvoker(Invoker real) : real_(std::move(real)) {}

  void invoke() const override {
    struct Left {
      ~Left() { run.body_is_left = true; }
    };
    adapter::begin_test(run.test->name, run.test->lineInfo.file);
    const Left left;
    const adapter::Body guarded;
    adapter::contain([this] { real_->invoke(); });
  }

#if defined(CATCH_VERSION_MAJOR) && (CATCH_VERSION_MAJOR > 3 || (CATCH_VERSION_MAJOR == 3 && CATCH_VERSION_MINOR >= 7))
  void prepareTestCase() override { real_->prepareTestCase(); }
  void tearDownTestCase() override { real_->tearDownTestCase(); }
#endif

private:
  Invoker real_;
};

class Listener : public Events {
public:
  using Events::Events;

  /// Catch2 runs the tests of this list, which it keeps.
  void testRunStarting(const Catch::TestRunInfo &) override {
    for (const Test &test : Catch::getAllTestCasesSorted(*m_config)) {
      Invoker &invoker = const_cast<Test &>(test).*invoker_of_test();
      if (dynamic_cast<const GuardedInvoker *>(&*invoker) == nullptr) {
        invoker = owned(new GuardedInvoker(invoker));
      }
    }
  }

  void testCaseStarting(const Catch::TestCaseInfo &test) override { run.test = &test; }

  void sectionStarting(const Catch::SectionInfo &section) override {
    if (run.open++ == 0) {
      run.way.clear();
      run.outcome = adapter::Outcome::passed;
      run.body_is_left = false;
    } else {
      run.way += (run.way.empty() ? "in section: " : " / ") + section.name;
    }
  }

  Kept assertionEnded(const Catch::AssertionStats &stats) override {
    if (!stats.assertionResult.isOk()) {
      run.outcome = adapter::Outcome::failed;
    }
#if defined(CATCH_VERSION_MAJOR) && (CATCH_VERSION_MAJOR > 3 || (CATCH_VERSION_MAJOR == 3 && CATCH_VERSION_MINOR >= 3))
    if (stats.assertionResult.getResultType() == Catch::ResultWas::ExplicitSkip) {
      run.outcome = adapter::Outcome::skipped;
    }
#endif
    return Kept();
  }

  void sectionEnded(const Catch::SectionStats &) override {
    if (--run.open != 0 || !run.body_is_left) {
      return;
    }
    for (const adapter::Report &finding : adapter::end_test(run.outcome)) {
      report(finding);
    }
  }
};

} // namespace
} // namespace tripwire::catch2

using TripwireListener = tripwire::catch2::Listener;
CATCH_REGISTER_LISTENER(TripwireListener)
