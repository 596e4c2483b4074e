/* Calls that nothing in the test covers, and interactions that nobody asserts: their messages hold lines to paste. */
#include "calls_in_c.h"

#include <tripwire/tripwire.h>

int main(void) {
  tripwire_begin("unmocked");
  tripwire_sandbox() { make_calls(); }
  tripwire_end();

  tripwire_begin("unasserted");
  mock_calls();
  tripwire_sandbox() { make_calls(); }
  tripwire_end();
  return 0;
}
