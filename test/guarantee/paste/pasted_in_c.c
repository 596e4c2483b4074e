/* The lines that messages tell to paste, pasted: the test then accounts for everything. */
#include "calls_in_c.h"

#include <tripwire/tripwire.h>

int main(void) {
  int failures = 0;
  tripwire_begin("unmocked, with its mocks");
#include "mocks_in_c.inc"
  tripwire_sandbox() { make_calls(); }
  tripwire_in_any_order() {
    tripwire_assert_call(acme_charge, tripwire_not_null, tripwire_anything, NULL);
    tripwire_assert_call(acme_close, 7);
    tripwire_assert_call(link_open, tripwire_contains("b"));
  }
  failures += tripwire_end();

  tripwire_begin("unasserted, with its assertions");
  mock_calls();
  tripwire_sandbox() { make_calls(); }
#include "assertions_in_c.inc"
  failures += tripwire_end();
  return failures;
}
