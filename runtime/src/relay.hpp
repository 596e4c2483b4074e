// what a forked child finds --(shared memory)--> the verifier of the process that forked it
//
// A child has the slots, mocks and verifiers of its parent at the same addresses, so these are sent as they are. What
// the child made after the fork is sent by its content: values as bits or characters, objects as the text they print.
#ifndef TRIPWIRE_SRC_RELAY_HPP
#define TRIPWIRE_SRC_RELAY_HPP

#include "queue.hpp"
#include "verifier_state.hpp"

#include <atomic>
#include <cstdint>

namespace tripwire::runtime {

/// Whether this process was forked from one whose verifiers it reports to.
extern std::atomic<bool> is_forked_child;
/// Whether somebody else wants to know of each interaction: the process that forked this one, or the report.
extern std::atomic<bool> is_followed;
/// Whether this process has forked, so that children may have reported.
extern std::atomic<bool> has_forked_children;

/// From now on forks of this process are followed. Once per process; anybody may ask again.
void follow_forks();

/// In a forked child: a violation, an interaction when it is recorded and when it has ended. \p answer is the mock's
/// answer that it spent; null when none.
void relay(const Facts &facts, const VerifierState *verifier) noexcept;
void relay(const Interaction &interaction, const VerifierState &verifier, const void *answer) noexcept;
void relay_outcome(const Interaction &interaction, const VerifierState &verifier) noexcept;
/// The same for an interaction that was recorded before the fork: it has grown in the child.
void relay_completion(PluginEntry &entry) noexcept;

/// In the parent: enters what children have reported since into their verifiers. Call without any lock.
void receive_relayed();
inline void receive() {
  if (has_forked_children.load(std::memory_order_relaxed)) {
    receive_relayed();
  }
}

/// `Interaction::thread` of one that a child made: this bit and the child's process id.
constexpr std::uint32_t child_bit = 0x80000000u;

/// A plugin's answer, known by its address, was spent in a child. \return where it was registered; null when there is
/// none of that address. In plugin.cpp.
const Place *spent_in_child(PluginMocks &mocks, const void *mock) noexcept;

} // namespace tripwire::runtime

#endif
