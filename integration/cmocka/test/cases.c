/* Tests that pass and tests that must fail, each for one thing that the adapter has to get right. */
#include "bell.h"

#include <tripwire/tripwire.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void call_in_sandbox(int guests) {
  tripwire_sandbox() { call_to_dinner(guests); }
}

static void passes_when_mocked_and_asserted(void **state) {
  (void)state;
  int heard = 0;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  tripwire_sandbox() { heard = call_to_dinner(2); }
  tripwire_assert_call(bell_ring, 2);
  assert_int_equal(heard, 2);
}

static void refused_call(void **state) {
  (void)state;
  call_in_sandbox(2);
  puts("the test goes on");
}

static void refused_call_without_failure_value(void **state) {
  (void)state;
  tripwire_sandbox() { toll_for(2); }
  puts("the test goes on");
}

static void leftovers_interaction(void **state) {
  (void)state;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  call_in_sandbox(2);
}

static void leftovers_mock(void **state) {
  (void)state;
  tripwire_returns(tripwire_mock(bell_ring), 2);
}

static void failed_body(void **state) {
  (void)state;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  assert_int_equal(1 + 1, 3);
}

static void failed_body_in_a_sandbox_behind_a_refused_call(void **state) {
  (void)state;
  tripwire_sandbox() {
    call_to_dinner(2);
    fail();
  }
}

static void failed_in_an_answer(struct tripwire_call *call, void *state) {
  (void)state;
  assert_int_equal(*(const int *)tripwire_argument(call, 0), 3);
}
static void failed_body_in_an_answer(void **state) {
  (void)state;
  tripwire_calls(tripwire_mock(bell_ring), failed_in_an_answer, NULL);
  call_in_sandbox(2);
}

static void assertion_that_does_not_hold(void **state) {
  (void)state;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  call_in_sandbox(2);
  tripwire_assert_call(bell_ring, 3);
  puts("the test goes on");
}

static void skipped_behind_a_mock(void **state) {
  (void)state;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  skip();
}

static int refused_in_set_up(void **state) {
  (void)state;
  call_in_sandbox(2);
  return 0;
}
static int left_in_set_up(void **state) {
  (void)state;
  tripwire_sandbox() { toll_for(2); }
  return 0;
}
static int failing_set_up(void **state) {
  (void)state;
  call_in_sandbox(2);
  return 1;
}
static int refused_in_tear_down(void **state) {
  (void)state;
  call_in_sandbox(2);
  return 0;
}
static int left_in_tear_down(void **state) {
  (void)state;
  tripwire_assert_call(bell_ring, 2);
  return 0;
}
static void fixture_body(void **state) {
  (void)state;
  puts("the body runs");
}

static int rings_in_set_up(void **state) {
  int *before = malloc(sizeof *before);
  assert_non_null(before);
  *before = bell_rung();
  *state = before;
  assert_int_equal(call_to_dinner(3), 3);
  return 0;
}
static int rings_in_tear_down(void **state) {
  int *before = *state;
  assert_int_equal(call_to_dinner(4), 4);
  assert_int_equal(bell_rung() - *before, 7);
  free(before);
  return 0;
}

static int prepare(void **state) {
  *state = tripwire_returns(tripwire_mock(bell_ring), 5);
  tripwire_open_sandbox();
  return 0;
}
static int assert_prepared(void **state) {
  assert_non_null(*state);
  tripwire_close_sandbox();
  tripwire_assert_call(bell_ring, 5);
  return 0;
}
static void prepared_in_fixture(void **state) {
  assert_non_null(*state);
  assert_int_equal(call_to_dinner(5), 5);
}

static void guard_is_on_in_the_body(void **state) {
  (void)state;
  assert_int_equal(call_to_dinner(3), -1);
}

static void numbered(void **state) {
  const int guests = *(const int *)*state;
  tripwire_returns(tripwire_mock(bell_ring), guests);
  call_in_sandbox(guests);
  if (guests % 2 == 0) {
    tripwire_assert_call(bell_ring, guests);
  }
}

static int make_group(void **state) {
  static int guests = 6;
  *state = &guests;
  return 0;
}
static int end_group(void **state) {
  assert_int_equal(*(const int *)*state, 6);
  puts("the group ends with its state");
  return 0;
}

static void dies_with_its_mocks(void **state) {
  (void)state;
  int status = 0;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  fflush(stdout);
  tripwire_sandbox() {
    const pid_t child = fork();
    if (child == 0) {
      _exit(call_to_dinner(2));
    }
    waitpid(child, &status, 0);
  }
  assert_int_equal(WEXITSTATUS(status), 2);
  tripwire_assert_call(bell_ring, 2);
}
static void dies_and_fails_when_its_child_is_refused(void **state) {
  (void)state;
  int status = 0;
  fflush(stdout);
  tripwire_sandbox() {
    const pid_t child = fork();
    if (child == 0) {
      _exit(call_to_dinner(2) == -1 ? 0 : 1);
    }
    waitpid(child, &status, 0);
  }
  assert_int_equal(WEXITSTATUS(status), 0);
}

static void require_guests(int guests) {
  tripwire_sandbox() { mock_assert(call_to_dinner(guests) > 0, "guests", __FILE__, __LINE__); }
}
static void asserts_in_a_sandbox_are_expected(void **state) {
  (void)state;
  tripwire_returns(tripwire_mock(bell_ring), 0);
  expect_assert_failure(require_guests(2));
  tripwire_assert_call(bell_ring, 2);
}

static void ends_the_program(void **state) {
  (void)state;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  exit(0);
}

static int run(const char *name) {
  int guests[] = {1, 2, 3};
  const struct CMUnitTest passes[] = {cmocka_unit_test(passes_when_mocked_and_asserted)};
  const struct CMUnitTest refused[] = {cmocka_unit_test(refused_call)};
  const struct CMUnitTest unanswered[] = {cmocka_unit_test(refused_call_without_failure_value)};
  const struct CMUnitTest leftovers[] = {cmocka_unit_test(leftovers_interaction), cmocka_unit_test(leftovers_mock)};
  const struct CMUnitTest failed[] = {
      cmocka_unit_test(failed_body), cmocka_unit_test(failed_body_in_a_sandbox_behind_a_refused_call),
      cmocka_unit_test(failed_body_in_an_answer), cmocka_unit_test(passes_when_mocked_and_asserted)};
  const struct CMUnitTest assertion[] = {cmocka_unit_test(assertion_that_does_not_hold)};
  const struct CMUnitTest skipped[] = {cmocka_unit_test(skipped_behind_a_mock)};
  const struct CMUnitTest fixture[] = {cmocka_unit_test_setup(fixture_body, refused_in_set_up),
                                       cmocka_unit_test_setup(fixture_body, left_in_set_up),
                                       cmocka_unit_test_setup(fixture_body, failing_set_up),
                                       cmocka_unit_test_teardown(fixture_body, refused_in_tear_down),
                                       cmocka_unit_test_teardown(fixture_body, left_in_tear_down),
                                       cmocka_unit_test(passes_when_mocked_and_asserted)};
  const struct CMUnitTest prepared[] = {
      cmocka_unit_test_setup_teardown(passes_when_mocked_and_asserted, rings_in_set_up, rings_in_tear_down),
      cmocka_unit_test_setup_teardown(prepared_in_fixture, prepare, assert_prepared)};
  const struct CMUnitTest guard[] = {cmocka_unit_test(guard_is_on_in_the_body)};
  const struct CMUnitTest parameters[] = {cmocka_unit_test_prestate(numbered, &guests[0]),
                                          cmocka_unit_test_prestate(numbered, &guests[1]),
                                          cmocka_unit_test_prestate(numbered, &guests[2])};
  const struct CMUnitTest group[] = {cmocka_unit_test(numbered), cmocka_unit_test(numbered)};
  const struct CMUnitTest death[] = {cmocka_unit_test(dies_with_its_mocks),
                                     cmocka_unit_test(dies_and_fails_when_its_child_is_refused),
                                     cmocka_unit_test(asserts_in_a_sandbox_are_expected)};
  const struct CMUnitTest ends[] = {cmocka_unit_test(ends_the_program)};
#define RUN(tests)                                                                                                     \
  if (strcmp(name, #tests) == 0) {                                                                                     \
    return cmocka_run_group_tests(tests, NULL, NULL);                                                                  \
  }
  RUN(passes)
  RUN(refused)
  RUN(unanswered)
  RUN(leftovers)
  RUN(failed)
  RUN(assertion)
  RUN(skipped)
  RUN(fixture)
  RUN(prepared)
  RUN(guard)
  RUN(parameters)
  RUN(death)
  RUN(ends)
  if (strcmp(name, "group") == 0) {
    return cmocka_run_group_tests(group, make_group, end_group);
  }
  return 125;
}

int main(int count, char **names) {
  int failures = 0;
  for (int index = 1; index < count; ++index) {
    failures += run(names[index]);
  }
  return failures;
}
