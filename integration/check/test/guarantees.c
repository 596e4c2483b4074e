/* A whole program, rewritten by the tool: one good test, and one for each guarantee that is broken. */
#include "bells.h"
#include "dinner.h"

#include <tripwire/tripwire.h>

#include <check.h>
#include <stdlib.h>

START_TEST(a_good_test) {
  int heard = 0;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  tripwire_sandbox() { heard = call_to_dinner(2); }
  tripwire_assert_call(bell_ring, 2);
  ck_assert_int_eq(heard, 2);
}
END_TEST

START_TEST(an_unmocked_call) {
  tripwire_sandbox() { ck_assert_int_eq(call_to_dinner(2), -1); }
}
END_TEST

START_TEST(an_unasserted_interaction) {
  tripwire_returns(tripwire_mock(bell_ring), 2);
  tripwire_sandbox() { ck_assert_int_eq(call_to_dinner(2), 2); }
}
END_TEST

START_TEST(an_unused_mock) { tripwire_returns(tripwire_mock(bell_ring), 2); }
END_TEST

int main(void) {
  Suite *suite = suite_create("dinner");
  TCase *guarantees = tcase_create("guarantees");
  SRunner *runner = srunner_create(suite);
  int failures = 0;
  suite_add_tcase(suite, guarantees);
  tcase_add_test(guarantees, a_good_test);
  tcase_add_test(guarantees, an_unmocked_call);
  tcase_add_test(guarantees, an_unasserted_interaction);
  tcase_add_test(guarantees, an_unused_mock);
  srunner_run_all(runner, CK_NORMAL);
  failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
