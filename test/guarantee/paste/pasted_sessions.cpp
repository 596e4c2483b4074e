// A test that consists of pasted lines, the step in front of another and the last one included: it passes.
#include "sessions.hpp"

#include <iostream>

int main() {
  tripwire::Verifier verifier;
  try {
    {
      // clang-format off
      tripwire::Verifier first;
#include "session_opening.inc"
      const tripwire::Sandbox sandbox;
      tripwire_may_throw_link_open("host");
      tripwire::take_violations();
    }
    auto step = tripwire::new_session("link").expect<&link_open>("host").returns(0)
#include "session_missing_step.inc"
#include "session_last_step.inc"
        ;
    step.expect<&link_send>().returns(1)
#include "session_left_out.inc"
        ;
    auto unopened =
#include "session_unopened.inc"
        ;
    // clang-format on
    unopened.expect<&port_connect>(80).returns(0);
    {
      const tripwire::Sandbox sandbox;
      talk();
    }
    tripwire::assert_call<&link_open>("host");
    tripwire::assert_call<&link_login>(0, "me");
    tripwire::assert_call<&link_close>(0);
    verifier.verify_all();
  } catch (const tripwire::Violation &violation) {
    std::cout << violation.what() << '\n';
    return 1;
  }
}
