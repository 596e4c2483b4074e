// a call of a machine's seam --(its handle, the state, the next step)--> the answer of that step, and the state after
// it
#ifndef TRIPWIRE_SRC_TURN_HPP
#define TRIPWIRE_SRC_TURN_HPP

#include "route.hpp"
#include "scripted.hpp"

#include "tripwire/seam/call.hpp"

#include <optional>

namespace tripwire::runtime {

/// One call of a session, from its step being taken to the state after it.
struct Turn {
  Scripted *session = nullptr; ///< null: the call is none of a session
  const seam::Transition *transition = nullptr;
  Queue *step = nullptr;
  Answer *answer = nullptr;
  bool was_used = false; ///< the answer had served another call before
  bool begins = false;   ///< the session waited
  bool refused = false;  ///< there is a session, and the call is none that it has next
};

enum class Ended : unsigned char { returned, raised };

/// The session that the call belongs to: the one bound to its handle, or the next that waits when it opens one. Its
/// step is then spent. A call that the state does not allow, or that is not the next step, is refused. Only in a
/// verifier that has sessions.
Turn take_turn(seam::Call &call, const Route &route);

/// The call of the turn could not be recorded, so it was none: its step waits again.
void give_back(const Turn &turn) noexcept;

/// Moves the session to the state that the call led to, and binds it to the handle that the call opened. Refuses the
/// call when another session has that handle and has not closed it.
void end_turn(const Turn &turn, seam::Call &call, const Route &route, Ended ended);

/// The handle of a call, where it is there before the call returns; none where a null pointer stands in its place.
std::optional<Handle> handle_before(const seam::Call &call, const seam::Transition &transition) noexcept;

} // namespace tripwire::runtime

#endif
