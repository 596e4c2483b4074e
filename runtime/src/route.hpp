// a call --> which rule decides on it: a sandbox, an activated mock, the guard, or none
#ifndef TRIPWIRE_SRC_ROUTE_HPP
#define TRIPWIRE_SRC_ROUTE_HPP

#include "context.hpp"
#include "verifier_state.hpp"

#include <cstdint>

namespace tripwire::runtime {

enum class Rule : unsigned char {
  sandbox,    ///< answered, recorded or refused
  activation, ///< answered and recorded, but not enforced
  pass,       ///< nobody's business: the real call
  warn,       ///< the guard warns, then the real call
  guarded,    ///< the guard refuses
  late,       ///< the thread outlived its sandbox
  ambiguous,  ///< several threads have open sandboxes, this one has none
  inactive,   ///< mocked, but no sandbox was ever open
};

struct Route {
  Rule rule = Rule::pass;
  VerifierState *verifier = nullptr;
  std::uint64_t sandbox = 0;
};

/// \p plugin is the one that describes the call; empty for the one that owns the slot.
inline Route route_of(Context &of, const seam::Slot &slot, std::string_view plugin = {});
/// The same, where this thread has no sandbox open.
Route route_outside(Context &of, const seam::Slot &slot, std::string_view plugin);

inline Route route_of(Context &of, const seam::Slot &slot, std::string_view plugin) {
  if (of.sandbox != nullptr) {
    return {Rule::sandbox, of.sandbox->verifier.load(std::memory_order_acquire),
            of.sandbox->id.load(std::memory_order_relaxed)};
  }
  Inherited inherited;
  if (of.inherited != nullptr && inherited_route(of, inherited)) {
    VerifierState *verifier = inherited.verifier != nullptr ? inherited.verifier : &Process::instance().current(of);
    return {inherited.open ? Rule::sandbox : Rule::late, verifier, inherited.sandbox};
  }
  return route_outside(of, slot, plugin);
}

/// Whether the guard watches: the body of a test runs.
inline bool is_in_body(const VerifierState &verifier) noexcept {
  return verifier.phase.load(std::memory_order_acquire) == Phase::body;
}

/// The level that holds for a plugin in this test.
Guard guard_level(VerifierState &verifier, Context &of, std::string_view plugin);

} // namespace tripwire::runtime

#endif
