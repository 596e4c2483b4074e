// a call that nothing covers --> the violation, and what the call site gets instead of an answer
#ifndef TRIPWIRE_SRC_REFUSE_HPP
#define TRIPWIRE_SRC_REFUSE_HPP

#include "firewall/request.hpp"
#include "firewall/rule_stack.hpp"
#include "route.hpp"

#include "tripwire/seam/call.hpp"
#include "tripwire/violation.hpp"

#include <string>
#include <vector>

namespace tripwire::runtime {

/// Whether a refusal may leave the call as an exception: the call site lets it, and no other exception is on its way,
/// behind which a second one would end the program. One that has no failure value to answer takes that risk.
bool may_throw(const seam::Call &call) noexcept;

/// Writes the violation down. Then throws it where that may be; else answers the declared failure value; else
/// prints the violation and ends the program.
void refuse(seam::Call &call, Facts facts, VerifierState &verifier);

/// The same where there was no memory to say why.
void refuse_out_of_memory(seam::Call &call, VerifierState &verifier);

/// For a violation that is written down already, and was thrown to leave a plugin's handler: answers the failure value
/// or ends the program.
void refuse_again(seam::Call &call, const Violation &violation);

/// The violation of an unanswered call in a sandbox. \p nearest comes from `nearest_text`, empty when the slot has no
/// mock.
Facts unmocked(const seam::Call &call, const Route &route, bool is_mocked, const std::string &nearest);

/// The violations of calls that no sandbox covers, but for those that the guard refuses. \p attempt is what a plugin
/// says of the call; empty for the call itself.
Facts uncovered(const seam::Call &call, const Route &route, const std::string &attempt);

/// One request of a call, and what the rules say of it.
struct Refused {
  Request request;
  Verdict verdict;
};

/// The violation of a call that the guard refuses, with the narrowest rules that would let it through. \p refused is
/// not empty.
Facts guarded(const seam::Call &call, const Route &route, const std::vector<Refused> &refused,
              const std::string &attempt, const std::string &mock_hint);

/// One warning per call site and test, on standard error.
void warn(const seam::Call &call, VerifierState &verifier, const Verdict &verdict, const std::string &attempt);

} // namespace tripwire::runtime

#endif
