// what one test mocked, recorded and asserted --> what is left to complain about
#ifndef TRIPWIRE_VERIFIER_HPP
#define TRIPWIRE_VERIFIER_HPP

#include "tripwire/place.hpp"
#include "tripwire/violation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tripwire {

namespace runtime {
struct VerifierState;
}

/// Owns the mocks, the timeline and the violations of one test. Framework adapters make one per test; a test that runs
/// beside others in its own thread makes its own, which is then the current one for that thread until it ends.
/// Destroying it reports nothing.
class Verifier {
public:
  /// \p place is in the file that holds the test: `tripwire.yaml` may have rules for it.
  explicit Verifier(std::string_view name = "", Place place = Place::here());
  Verifier(const Verifier &) = delete;
  Verifier &operator=(const Verifier &) = delete;
  ~Verifier();

  /// Throws when a violation was swallowed, an interaction is unasserted or a required mock unused. What it has thrown
  /// counts as reported.
  void verify_all();
  /// The violations written down so far, oldest first; they count as reported from then on. For tests that expect one.
  std::vector<Facts> take_violations();
  /// The body of the test begins or ends: in between, the guard watches calls outside of sandboxes.
  void body_begins();
  void body_ends();

private:
  runtime::VerifierState *state_;
  runtime::VerifierState *previous_;
};

/// `verify_all` of the current verifier. Framework adapters do this at the end of each test.
void verify_all();

/// `take_violations` of the current verifier.
std::vector<Facts> take_violations();

} // namespace tripwire

#endif
