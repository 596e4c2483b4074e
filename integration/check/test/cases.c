/* Tests that pass and tests that must fail, each for one thing that the adapter has to get right. */
#include "bell.h"

#include <tripwire/tripwire.h>

#include <check.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void call_in_sandbox(int guests) {
  tripwire_sandbox() { call_to_dinner(guests); }
}

static void ring_twice(void) {
  int heard = 0;
  tripwire_returns(tripwire_mock(bell_ring), 2);
  tripwire_sandbox() { heard = call_to_dinner(2); }
  tripwire_assert_call(bell_ring, 2);
  ck_assert_int_eq(heard, 2);
}

START_TEST(passes_when_mocked_and_asserted) { ring_twice(); }
END_TEST

START_TEST(refused_call) {
  call_in_sandbox(2);
  puts("the test goes on");
}
END_TEST

START_TEST(refused_call_without_failure_value) {
  tripwire_sandbox() { toll_for(2); }
  puts("the test goes on");
}
END_TEST

START_TEST(leftovers_interaction) {
  tripwire_returns(tripwire_mock(bell_ring), 2);
  call_in_sandbox(2);
}
END_TEST

START_TEST(leftovers_mock) { tripwire_returns(tripwire_mock(bell_ring), 2); }
END_TEST

START_TEST(failed_body) {
  tripwire_returns(tripwire_mock(bell_ring), 2);
  ck_assert_int_eq(1 + 1, 3);
}
END_TEST

START_TEST(failed_body_in_a_sandbox_behind_a_refused_call) {
  tripwire_sandbox() {
    call_to_dinner(2);
    ck_abort();
  }
}
END_TEST

static void failed_in_an_answer(struct tripwire_call *call, void *state) {
  (void)state;
  ck_assert_int_eq(*(const int *)tripwire_argument(call, 0), 3);
}
START_TEST(failed_body_in_an_answer) {
  tripwire_calls(tripwire_mock(bell_ring), failed_in_an_answer, NULL);
  call_in_sandbox(2);
}
END_TEST

START_TEST(assertion_that_does_not_hold) {
  tripwire_returns(tripwire_mock(bell_ring), 2);
  call_in_sandbox(2);
  tripwire_assert_call(bell_ring, 3);
  puts("the test goes on");
}
END_TEST

static void refuse_in_fixture(void) { call_in_sandbox(2); }
static void leave_fixture(void) {
  tripwire_sandbox() { toll_for(2); }
}
START_TEST(fixture_body) { puts("the body runs"); }
END_TEST

static int rung_before;
static void ring_in_set_up(void) {
  rung_before = bell_rung();
  ck_assert_int_eq(call_to_dinner(3), 3);
}
static void ring_in_tear_down(void) {
  ck_assert_int_eq(call_to_dinner(4), 4);
  ck_assert_int_eq(bell_rung() - rung_before, 7);
}

static void prepare(void) {
  tripwire_returns(tripwire_mock(bell_ring), 5);
  tripwire_open_sandbox();
}
static void assert_prepared(void) {
  tripwire_close_sandbox();
  tripwire_assert_call(bell_ring, 5);
}
START_TEST(prepared_in_fixture) { ck_assert_int_eq(call_to_dinner(5), 5); }
END_TEST

START_TEST(guard_is_on_in_the_body) { ck_assert_int_eq(call_to_dinner(3), -1); }
END_TEST

START_TEST(numbered) {
  tripwire_returns(tripwire_mock(bell_ring), _i);
  call_in_sandbox(_i);
  if (_i % 2 == 0) {
    tripwire_assert_call(bell_ring, _i);
  }
}
END_TEST

START_TEST(death_by_exit) {
  tripwire_returns(tripwire_mock(bell_ring), 3);
  tripwire_sandbox() { exit(call_to_dinner(3)); }
}
END_TEST

START_TEST(death_by_exit_behind_a_refused_call) {
  tripwire_sandbox() { exit(call_to_dinner(3) == -1 ? 3 : 0); }
}
END_TEST

START_TEST(death_by_exit_as_a_failure_behind_a_refused_call) {
  tripwire_sandbox() { exit(call_to_dinner(3) == -1 ? 1 : 0); }
}
END_TEST

START_TEST(death_by_signal) {
  tripwire_returns(tripwire_mock(bell_ring), SIGABRT);
  tripwire_sandbox() { raise(call_to_dinner(3)); }
}
END_TEST

START_TEST(death_by_signal_behind_a_refused_call) {
  tripwire_sandbox() {
    call_to_dinner(3);
    abort();
  }
}
END_TEST

START_TEST(death_without_notice) {
  tripwire_returns(tripwire_mock(bell_ring), 2);
  exit(0);
}
END_TEST

static TCase *test_case(Suite *suite, const char *name) {
  TCase *made = tcase_create(name);
  suite_add_tcase(suite, made);
  return made;
}

static Suite *suite_of_all(void) {
  Suite *suite = suite_create("dinner");
  TCase *made = test_case(suite, "passes");
  tcase_add_test(made, passes_when_mocked_and_asserted);
  made = test_case(suite, "refused");
  tcase_add_test(made, refused_call);
  made = test_case(suite, "unanswered");
  tcase_add_test(made, refused_call_without_failure_value);
  made = test_case(suite, "leftovers");
  tcase_add_test(made, leftovers_interaction);
  tcase_add_test(made, leftovers_mock);
  made = test_case(suite, "failed");
  tcase_add_test(made, failed_body);
  tcase_add_test(made, failed_body_in_a_sandbox_behind_a_refused_call);
  tcase_add_test(made, failed_body_in_an_answer);
  tcase_add_test(made, passes_when_mocked_and_asserted);
  made = test_case(suite, "assertion");
  tcase_add_test(made, assertion_that_does_not_hold);
  made = test_case(suite, "set_up");
  tcase_add_checked_fixture(made, refuse_in_fixture, NULL);
  tcase_add_test(made, fixture_body);
  made = test_case(suite, "left_set_up");
  tcase_add_checked_fixture(made, leave_fixture, NULL);
  tcase_add_test(made, fixture_body);
  made = test_case(suite, "tear_down");
  tcase_add_checked_fixture(made, NULL, refuse_in_fixture);
  tcase_add_test(made, fixture_body);
  made = test_case(suite, "left_tear_down");
  tcase_add_checked_fixture(made, NULL, leave_fixture);
  tcase_add_test(made, fixture_body);
  made = test_case(suite, "rings");
  tcase_add_checked_fixture(made, ring_in_set_up, ring_in_tear_down);
  tcase_add_test(made, passes_when_mocked_and_asserted);
  made = test_case(suite, "prepared");
  tcase_add_checked_fixture(made, prepare, assert_prepared);
  tcase_add_test(made, prepared_in_fixture);
  made = test_case(suite, "guard");
  tcase_add_test(made, guard_is_on_in_the_body);
  made = test_case(suite, "loop");
  tcase_add_loop_test(made, numbered, 1, 4);
  made = test_case(suite, "death");
  tcase_add_exit_test(made, death_by_exit, 3);
  tcase_add_exit_test(made, death_by_exit_behind_a_refused_call, 3);
  tcase_add_exit_test(made, death_by_exit_as_a_failure_behind_a_refused_call, 1);
  tcase_add_test_raise_signal(made, death_by_signal, SIGABRT);
  tcase_add_test_raise_signal(made, death_by_signal_behind_a_refused_call, SIGABRT);
  tcase_add_test(made, death_without_notice);
  return suite;
}

int main(int count, char **names) {
  int failures = 0;
  for (int index = 1; index < count; ++index) {
    SRunner *runner = srunner_create(suite_of_all());
    srunner_run(runner, NULL, names[index], CK_NORMAL);
    failures += srunner_ntests_failed(runner);
    srunner_free(runner);
  }
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
