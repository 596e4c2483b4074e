// the beginning and the end of a test, whoever announces them
#ifndef TRIPWIRE_SRC_TEST_HPP
#define TRIPWIRE_SRC_TEST_HPP

#include "verifier_state.hpp"

namespace tripwire::runtime {

/// `main` has begun: from now on calls are judged. Lists, once, the seams that were called before.
void end_start();

void begin_body(VerifierState &verifier);
void end_body(VerifierState &verifier);

} // namespace tripwire::runtime

#endif
