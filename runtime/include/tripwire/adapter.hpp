// a test framework's events --> a verifier per test, and its findings back to the framework
//
// All an adapter calls, in this order, from the thread that runs the tests:
//   begin_test(name, file)      before the fixture is set up: a fresh verifier is the current one
//   body_begins(), body_ends() around the body: the guard is active in between
//   exception_escaped()        if the framework caught an exception that left the body or the fixture
//   end_test(outcome)          after the fixture is torn down: what is left to report
// `contain` and `Body` say the two in the middle for adapters that call the steps of a test themselves.
#ifndef TRIPWIRE_ADAPTER_HPP
#define TRIPWIRE_ADAPTER_HPP

#include "tripwire/violation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tripwire::adapter {

/// How the test went, as the framework sees it, before anything of ours is reported.
enum class Outcome : unsigned char { passed, failed, skipped };

/// What to hand to the framework.
struct Report {
  enum class Kind : unsigned char {
    failure, ///< makes the test fail
    note,    ///< goes with a failure that is there already
  };
  Kind kind = Kind::failure;
  std::string file; ///< of the call site, the registration or the assertion; empty when nobody knows
  int line = 0;
  std::string text; ///< whole, several lines, no newline at the end
};

/// A test begins. A test that is still open is ended first and its findings are printed. \p file is the source file
/// that holds it, as the compiler spells it: `tripwire.yaml` may have rules for it.
void begin_test(std::string_view name, std::string_view file = {});

/// Ends a test where nothing may be thrown: jumps out of it, or ends its process. The text is whole; \p file is empty
/// when nobody knows the place. What it is given lives on.
using Leave = void (*)(const char *file, int line, const char *text);

/// The current test is written in C: messages have lines of C to paste, and a violation that could not be answered ends
/// the test by \p leave, on the thread that runs it. Null: such a violation is reported at the end.
void test_is_in_c(Leave leave);

/// The current test goes by another name: its framework has said it only now.
void test_is_named(std::string_view name, std::string_view file);

/// The body of the current test begins or ends.
void body_begins();
void body_ends();

/// The framework caught an exception that left the body or the fixture. The violation that was thrown last is then not
/// "swallowed"; its text, which the framework does not know, is among the reports of `end_test`.
void exception_escaped();

/// While it lives, the body of the current test runs.
class Body {
public:
  Body() { body_begins(); }
  Body(const Body &) = delete;
  Body &operator=(const Body &) = delete;
  ~Body() { body_ends(); }
};

/// Calls \p step: the body, or a part of the fixture. A violation that leaves it ends it and goes no further: it is
/// among the reports of `end_test`, once, at its call site. Every other exception passes. \return whether the step came
/// to its end.
template <class Step> bool contain(Step step) {
#if defined(__cpp_exceptions)
  try {
    step();
  } catch (const Violation &) {
    exception_escaped();
    return false;
  }
#else
  step();
#endif
  return true;
}

/// The test ends. Violations that the body did not let through, interactions nobody asserted and unused mocks. When the
/// test has failed already, the leftovers are notes. Nothing is thrown. Empty without a current test.
std::vector<Report> end_test(Outcome outcome);

/// Everything that a test fails by, as one: for frameworks that take a file, a line and a text.
struct Failure {
  std::string file;
  int line = -1; ///< -1: it does not fail
  std::string text;

  explicit operator bool() const noexcept { return line >= 0; }
};

/// The same as `end_test`, where the framework has room for one failure: that of the first report, with the others
/// below it. Notes are printed; so is everything when the test has failed already.
Failure end_test_as_one(Outcome outcome);

/// Whether a test is open.
bool in_test() noexcept;

/// This process runs a test for another one, which reports it: it writes no report. Before its first test begins.
void leave_report_to_parent() noexcept;

/// This process ends without its exit handlers: what it has reported so far is written.
void process_ends() noexcept;

/// The text of the violation that is being handled in a `catch` block, else empty. For frameworks that translate
/// exceptions.
std::string current_violation();

/// A report as text for people: place first, then the message.
std::string text_of(const Report &report);

/// Prints that text to standard error, behind what C streams hold back. For notes, where the framework has no place for
/// them that is always seen and never wrapped.
void print(const Report &report);

} // namespace tripwire::adapter

#endif
