// what an assertion says --> the interaction it is about, or the violation
//
// The one function that every assertion passes through, of mocks and of plugins.
#ifndef TRIPWIRE_SRC_EXPECTATION_HPP
#define TRIPWIRE_SRC_EXPECTATION_HPP

#include "interaction.hpp"
#include "verifier_state.hpp"

#include "tripwire/matcher.hpp"

#include <exception>
#include <string>
#include <vector>

namespace tripwire::runtime {

/// One field that the assertion names.
struct ExpectedField {
  std::string name;
  Matcher matcher;
  bool (*is)(const std::exception_ptr &exception) = nullptr; ///< for `raised`: the type that it must be
};

struct Expectation {
  const seam::Slot *slot = nullptr;       ///< the seam, or
  const plugin::Plugin *plugin = nullptr; ///< the plugin that it is about
  std::vector<ExpectedField> fields;
  const void *site = nullptr; ///< return address of the assertion, or
  Place place;                ///< where it stands
  std::string line;           ///< as the test wrote it, where known

  std::string source() const;
  /// Where the test asserts; without a file when nobody knows.
  CallSite asserted_at() const;
};

/// What the assertion lacks when all it lacks is to say how the call ended.
enum class Checked : unsigned char {
  asserted,
  ending_missing, ///< nothing was compared or marked
};

/// Checks in the order of semantics 8, and marks the interaction as asserted. Throws, and marks nothing, when it is not
/// as expected. \p found becomes the interaction.
Checked check(VerifierState &verifier, const Expectation &expectation, Interaction *&found);

/// The violation of an assertion that never said how the call ended.
Facts missing_ending(VerifierState &verifier, const Expectation &expectation);

} // namespace tripwire::runtime

#endif
