// what the tests of this program do --(TRIPWIRE_REPORT)--> one JSON file
//
//   begins, then while the test runs: note_... --> Notes; ends --(write_test)--> a line of the file;
//   finish --(call_sites)--> what no test reached, and the file gets its name
//
// Off, all of it is one flag that nobody has set. docs/report.md says what the file holds.
#ifndef TRIPWIRE_SRC_REPORT_REPORT_HPP
#define TRIPWIRE_SRC_REPORT_REPORT_HPP

#include "interaction.hpp"

#include "tripwire/adapter.hpp"
#include "tripwire/place.hpp"
#include "tripwire/seam/call.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>

namespace tripwire::runtime {

struct Expectation;
struct VerifierState;

namespace report {

extern std::atomic<bool> on;
inline bool is_on() noexcept { return on.load(std::memory_order_relaxed); }

/// What became of a call, for the coverage of its call site.
enum class Went : unsigned char {
  handed_over, ///< to a plugin, which may have recorded it
  let_through, ///< made for real, and not recorded
  refused,
};

/// A test of that name begins, in the source file \p file. \return why no report can be written, in words; empty when
/// one can, or none is wanted.
std::string begins(VerifierState &verifier, std::string_view file);

/// Its source file is that one. Does nothing when no report is wanted.
void is_in(const VerifierState &verifier, std::string_view file);

/// The rest is to be called only while \c is_on.
///
/// An answer that was registered at \p place served the interaction.
void note_answer(const Interaction &interaction, const VerifierState &verifier, const Place &place);
void note_assertion(const Interaction &interaction, const VerifierState &verifier, const Expectation &expectation);
void note_call(const seam::Call &call, const VerifierState &verifier, Went how);

/// The test ends; its content is still there. \p left is the violation of what it leaves behind, when somebody reports
/// it; \p is_note says that it goes under another failure. \return why it could not be written; empty when it was.
std::string ends(VerifierState &verifier, adapter::Outcome outcome, const Facts *left = nullptr, bool is_note = false);

/// The program ends: tests that are open have not come to their end. Also done at `exit`.
void finish() noexcept;

/// For a fork, which takes it first.
std::mutex &mutex() noexcept;
/// In a forked child: the report is its parent's, until it begins a test of its own.
void forked() noexcept;
/// The same for a program that was started to run a test of its parent. Before the first test begins.
void leave_to_parent() noexcept;

} // namespace report

} // namespace tripwire::runtime

#endif
