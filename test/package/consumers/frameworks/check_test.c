#include "days.h"

#include <tripwire/tripwire.h>

#include <check.h>
#include <time.h>

START_TEST(counts_whole_days) {
  struct tripwire_mock *clock = tripwire_mock(time);
  tripwire_returns(clock, 3 * 24 * 60 * 60 + 5);
  long day = 0;
  tripwire_sandbox() { day = days(); }
  tripwire_assert_call(time, NULL);
  ck_assert_int_eq(day, 3);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("clock");
  TCase *counts = tcase_create("counts");
  suite_add_tcase(suite, counts);
  tcase_add_test(counts, counts_whole_days);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  const int failures = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failures;
}
