/* A whole program, rewritten by the tool: one good test, and one for each guarantee that is broken. */
#include "bells.h"
#include "dinner.h"

#include <tripwire/tripwire.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_good_test(void **state) {
  (void)state;
  int heard = 0;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  tripwire_sandbox() { heard = call_to_dinner(2); }
  tripwire_assert_call(bell_ring, 2);
  assert_int_equal(heard, 2);
}

static void an_unmocked_call(void **state) {
  (void)state;
  tripwire_sandbox() { assert_int_equal(call_to_dinner(2), -1); }
}

static void an_unasserted_interaction(void **state) {
  (void)state;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  tripwire_sandbox() { assert_int_equal(call_to_dinner(2), 2); }
}

static void an_unused_mock(void **state) {
  (void)state;
  tripwire_returns(tripwire_mock(bell_ring), 2);
}

int main(void) {
  const struct CMUnitTest guarantees[] = {
      cmocka_unit_test(a_good_test),
      cmocka_unit_test(an_unmocked_call),
      cmocka_unit_test(an_unasserted_interaction),
      cmocka_unit_test(an_unused_mock),
  };
  return cmocka_run_group_tests(guarantees, NULL, NULL);
}
