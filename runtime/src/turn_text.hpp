// a call that its session does not have next --> the violation, with the state, the step and the line to paste
#ifndef TRIPWIRE_SRC_TURN_TEXT_HPP
#define TRIPWIRE_SRC_TURN_TEXT_HPP

#include "route.hpp"
#include "scripted.hpp"

#include "tripwire/seam/call.hpp"
#include "tripwire/violation.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tripwire::runtime {

/// What was found for a call while the sessions were locked, and holds no longer when they change.
struct Found {
  Scripted *session = nullptr; ///< of which only what never changes may be read
  std::uint64_t turns = 0;
  Stage stage = Stage::waiting;
  std::string_view state;
  Handle handle;
  bool is_bound = false;
  const seam::Transition *transition = nullptr; ///< null: the state does not allow the call
  std::vector<Queue *> steps;                   ///< the next one, and those behind it as long as it may be left out
};

/// The state does not allow the call.
Facts invalid_state(const seam::Call &call, const Route &route, const Found &found);

/// The call is not the next step, or there is none left.
Facts wrong_step(const seam::Call &call, const Route &route, const Found &found);

/// The step does not say what the call returns.
Facts unfinished_step(const seam::Call &call, const Route &route, const Found &found, const Queue &step);

/// \p session was opened with the handle that \p other has not closed.
Facts shared_handle(const seam::Call &call, const Route &route, const Scripted &session, const Scripted &other,
                    const Handle &handle);

/// Why no session served the call, as lines of a message; empty where there are none of its machines.
std::string why_no_session(VerifierState &verifier, const seam::Call &call);

} // namespace tripwire::runtime

#endif
