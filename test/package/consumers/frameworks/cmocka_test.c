#include "days.h"

#include <tripwire/tripwire.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

static void counts_whole_days(void **state) {
  (void)state;
  struct tripwire_mock *clock = tripwire_mock(time);
  tripwire_returns(clock, 3 * 24 * 60 * 60 + 5);
  long day = 0;
  tripwire_sandbox() { day = days(); }
  tripwire_assert_call(time, NULL);
  assert_int_equal(day, 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(counts_whole_days)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
