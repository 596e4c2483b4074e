// Boost.Test's test cases --(two fixtures of ours around their own)--> a verifier per test case, whose findings are
// failures of it
//
// An observer of Boost.Test hears when a test case starts and finishes, when no failure counts for it. Each test case
// therefore gets a first fixture, which holds the verifier, and a last one, which guards the body; its own stand in
// between. Compiled into the test program, with the program's own Boost.Test, so that linking tripwire::boost_test is
// enough. docs/decisions/0045-framework-adapters.md says what else was tried.
#undef BOOST_TEST_MAIN
#undef BOOST_TEST_MODULE
#include <boost/test/framework.hpp>
#include <boost/test/results_collector.hpp>
#include <boost/test/tree/traverse.hpp>
#include <boost/test/tree/visitor.hpp>
#include <boost/test/unit_test.hpp>
#include <boost/test/unit_test_monitor.hpp>

#include <tripwire/adapter.hpp>

#include <cstddef>
#include <string>

#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpadded"
#pragma clang diagnostic ignored "-Wglobal-constructors"
#pragma clang diagnostic ignored "-Wused-but-marked-unused"
#endif

namespace tripwire::boost_test {
namespace {

namespace framework = boost::unit_test::framework;

/// Fails the current test unit, as BOOST_ERROR does in the place \p file, \p line.
void fail(boost::unit_test::const_string file, std::size_t line, const std::string &text) {
  namespace tools = boost::test_tools;
  tools::tt_detail::report_assertion(tools::assertion_result(false), BOOST_TEST_LAZY_MSG(text), file, line,
                                     tools::tt_detail::CHECK, tools::tt_detail::CHECK_MSG, 0);
}

/// A violation or what is left becomes an error. What is left of a test that has failed is a note: what Boost.Test
/// calls a message is not printed unless asked for.
void report(const adapter::Report &finding) {
  const boost::unit_test::test_unit &test = framework::current_test_unit();
  if (finding.kind == adapter::Report::Kind::note) {
    adapter::print(finding);
  } else if (finding.file.empty()) {
    fail(test.p_file_name, test.p_line_num, finding.text);
  } else {
    fail(finding.file, static_cast<std::size_t>(finding.line), finding.text);
  }
}

/// Set up before and torn down after the fixtures of the user.
class Verified : public boost::unit_test::test_unit_fixture {
  void setup() override {
    const boost::unit_test::test_unit &test = framework::current_test_unit();
    adapter::begin_test(test.full_name(), std::string(test.p_file_name.begin(), test.p_file_name.end()));
  }
  void teardown() override {
    const auto &results = boost::unit_test::results_collector.results(framework::current_test_unit().p_id);
    for (const adapter::Report &finding :
         adapter::end_test(results.passed() ? adapter::Outcome::passed : adapter::Outcome::failed)) {
      report(finding);
    }
  }
};

/// Set up after and torn down before the fixtures of the user.
class Guarded : public boost::unit_test::test_unit_fixture {
  void setup() override { adapter::body_begins(); }
  void teardown() override { adapter::body_ends(); }
};

/// Called for a violation that leaves a step of a test. Boost.Test knows what it means that the step did not come to
/// its end; the text is among the findings. A fixture of a suite has no verifier that would find it.
void violation_left(const Violation &violation) {
  if (adapter::in_test()) {
    adapter::exception_escaped();
  } else {
    const CallSite &site = violation.facts().site;
    fail(site.file, static_cast<std::size_t>(site.line), violation.what());
  }
  framework::test_unit_aborted(framework::current_test_unit());
}

class Installation : public boost::unit_test::test_tree_visitor {
public:
  Installation() {
    if (!installed_) {
      installed_ = true;
      boost::unit_test::unit_test_monitor.register_exception_translator<Violation>(&violation_left);
      boost::unit_test::traverse_test_tree(framework::master_test_suite(), *this, true);
    }
  }

private:
  void visit(const boost::unit_test::test_case &found) override {
    auto &fixtures = framework::get(found.p_id, boost::unit_test::TUT_CASE).p_fixtures.value;
    fixtures.insert(fixtures.begin(), boost::unit_test::test_unit_fixture_ptr(new Verified));
    fixtures.push_back(boost::unit_test::test_unit_fixture_ptr(new Guarded));
  }

  static bool installed_;
};
bool Installation::installed_ = false;

BOOST_TEST_GLOBAL_CONFIGURATION(Installation);

} // namespace
} // namespace tripwire::boost_test
