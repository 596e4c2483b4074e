// a test framework's events --> a verifier per test, and its findings back to the framework
//
// All an adapter calls, in this order, from the thread that runs the tests:
//   begin_test(name, file)      before the fixture is set up: a fresh verifier is the current one
//   body_begins(), body_ends() around the body: the guard is active in between
//   exception_escaped()        if the framework caught an exception that left the body or the fixture
//   end_test(outcome)          after the fixture is torn down: what is left to report
#ifndef TRIPWIRE_ADAPTER_HPP
#define TRIPWIRE_ADAPTER_HPP

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

/// The body of the current test begins or ends.
void body_begins();
void body_ends();

/// The framework caught an exception that left the body or the fixture. The violation that was thrown last is then not
/// "swallowed"; its text, which the framework does not know, is among the reports of `end_test`.
void exception_escaped();

/// The test ends. Violations that the body did not let through, interactions nobody asserted and unused mocks. When the
/// test has failed already, the leftovers are notes. Nothing is thrown. Empty without a current test.
std::vector<Report> end_test(Outcome outcome);

/// Whether a test is open.
bool in_test() noexcept;

/// The text of the violation that is being handled in a `catch` block, else empty. For frameworks that translate
/// exceptions.
std::string current_violation();

/// A report as text for people: place first, then the message.
std::string text_of(const Report &report);

} // namespace tripwire::adapter

#endif
