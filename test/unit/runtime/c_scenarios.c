/* Tests in C, one function each, for c_test.cpp to run. */
#include "c_scenarios.h"

#include "acme.h"
#include "link.h"

#include <tripwire/tripwire.h>

#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the tool makes of references to seams. */
extern __typeof__(acme_charge) tripwire_seam_acme_charge;
extern __typeof__(acme_send) tripwire_seam_acme_send;
extern __typeof__(acme_receive) tripwire_may_throw_acme_receive;
extern __typeof__(acme_log) tripwire_may_throw_acme_log_text_double;
extern __typeof__(acme_close) tripwire_seam_acme_close;
extern __typeof__(acme_login) tripwire_may_throw_acme_login;
extern __typeof__(acme_plain) tripwire_may_throw_acme_plain;
extern __typeof__(link_open) tripwire_seam_link_open;
extern __typeof__(link_send) tripwire_seam_link_send;
extern __typeof__(stream_open) tripwire_may_throw_stream_open;

/* Says what does not hold, where, and goes on to the end of the program. */
#define CHECK(condition) check(condition, #condition, __LINE__)
static void check(bool holds, const char *what, int line) {
  if (!holds) {
    fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, line, what);
    abort();
  }
}

void answers_each_kind_of_value(void) {
  int here = 0;
  link_stream *const stream = (link_stream *)(void *)&here;
  struct tripwire_mock *charge = tripwire_mock(acme_charge);
  tripwire_returns(charge, ACME_DECLINED);
  tripwire_returns(charge, 2u);
  tripwire_returns(tripwire_mock(acme_send), -7L);
  tripwire_returns(tripwire_returns(tripwire_mock(stream_open), stream), NULL);
  tripwire_returns(tripwire_mock(acme_close));
  tripwire_sandbox() {
    CHECK(tripwire_seam_acme_charge("a", 1, NULL) == ACME_DECLINED);
    CHECK(tripwire_seam_acme_charge("a", 2, NULL) == ACME_BUSY);
    CHECK(tripwire_seam_acme_send("x", 1, 0) == -7);
    CHECK(tripwire_may_throw_stream_open("s") == stream);
    CHECK(tripwire_may_throw_stream_open("s") == NULL);
    tripwire_seam_acme_close(3);
  }
  tripwire_assert_call(acme_charge, "a", 1, NULL);
  tripwire_assert_call(acme_charge, "a", 2, tripwire_anything, tripwire_returned(ACME_BUSY));
  tripwire_assert_call(acme_send, "x", 1, 0);
  tripwire_assert_call(stream_open, "s", tripwire_returned(stream));
  tripwire_assert_call(stream_open, "s", tripwire_returned(NULL));
  tripwire_assert_call(acme_close, 3);
}

void answers_failures_and_writes(void) {
  acme_receipt receipt = {"ch_1", 5000};
  acme_receipt got = {"", 0};
  char buffer[8] = "";
  tripwire_fails(tripwire_mock(acme_charge), ACME_DECLINED, EAGAIN);
  tripwire_writes(tripwire_returns(tripwire_mocked(acme_charge), ACME_OK), 2, &receipt, sizeof receipt);
  tripwire_writes(tripwire_returns(tripwire_mock(acme_receive), 5), 0, "hello", 5);
  tripwire_sandbox() {
    errno = 0;
    CHECK(tripwire_seam_acme_charge("a", 1, NULL) == ACME_DECLINED);
    CHECK(errno == EAGAIN);
    CHECK(tripwire_seam_acme_charge("a", 2, &got) == ACME_OK);
    CHECK(got.cents == 5000 && strcmp(got.id, "ch_1") == 0);
    CHECK(tripwire_may_throw_acme_receive(buffer, sizeof buffer) == 5);
    CHECK(memcmp(buffer, "hello", 6) == 0);
  }
  tripwire_assert_call(acme_charge, "a", 1, tripwire_anything, tripwire_failed_with(EAGAIN));
  tripwire_assert_call(acme_charge, "a", 2, tripwire_bytes(&receipt, sizeof receipt));
  tripwire_assert_call(acme_receive, "hello", sizeof buffer);
}

static void doubled(struct tripwire_call *call, void *state) {
  const int *factor = state;
  CHECK(tripwire_argument(call, 3) == NULL);
  CHECK(*(int *)tripwire_result(call) == 0);
  *(int *)tripwire_result(call) = *factor * *(const int *)tripwire_argument(call, 0);
}

void answers_by_a_function(void) {
  static int factor = 2;
  tripwire_calls(tripwire_mock(acme_plain), doubled, &factor);
  tripwire_sandbox() { CHECK(tripwire_may_throw_acme_plain(21, NULL, 0) == 42); }
  tripwire_assert_call(acme_plain, 21, NULL, 0, tripwire_returned(42));
}

void answers_several_times(void) {
  struct tripwire_mock *plain = tripwire_mock(acme_plain);
  tripwire_times(tripwire_returns(plain, 1), 2);
  tripwire_always(tripwire_returns(plain, 3));
  tripwire_optional(tripwire_returns(tripwire_when(plain, 9, NULL, 0), 4));
  tripwire_sandbox() {
    CHECK(tripwire_may_throw_acme_plain(0, NULL, 0) == 1);
    CHECK(tripwire_may_throw_acme_plain(0, NULL, 0) == 1);
    CHECK(tripwire_may_throw_acme_plain(0, NULL, 0) == 3);
    CHECK(tripwire_may_throw_acme_plain(0, NULL, 0) == 3);
  }
  for (int call = 0; call < 4; ++call) {
    tripwire_assert_call(acme_plain, 0, NULL, 0);
  }
}

void serves_the_queue_whose_arguments_match(void) {
  struct tripwire_mock *charge = tripwire_mock(acme_charge);
  tripwire_returns(charge, ACME_OK);
  tripwire_returns(tripwire_when(charge, "acct_1", 5000, tripwire_anything), ACME_DECLINED);
  tripwire_returns(tripwire_when(charge, tripwire_anything, -1, NULL), ACME_BUSY);
  tripwire_sandbox() {
    CHECK(tripwire_seam_acme_charge("acct_1", 5000, NULL) == ACME_DECLINED);
    CHECK(tripwire_seam_acme_charge("acct_2", -1L, NULL) == ACME_BUSY);
    CHECK(tripwire_seam_acme_charge("acct_1", 5000, NULL) == ACME_OK);
  }
  tripwire_assert_call(acme_charge, "acct_1", 5000, NULL);
  tripwire_assert_call(acme_charge, "acct_2", -1, NULL);
  tripwire_assert_call(acme_charge, "acct_1", 5000ull, NULL);
}

static bool is_even(const void *value, size_t size, void *state) {
  CHECK(size == sizeof(int) && state == NULL);
  return *(const int *)value % 2 == 0;
}

void matches_by_relation(void) {
  char here = 'x';
  struct tripwire_mock *plain = tripwire_mock(acme_plain);
  tripwire_returns(tripwire_when(plain, tripwire_less_than(0), tripwire_anything, tripwire_anything), 1);
  tripwire_returns(tripwire_when(plain, tripwire_that(is_even, NULL), tripwire_not_null, 1), 2);
  tripwire_returns(tripwire_when(plain, tripwire_at_least(7), tripwire_not_equal(NULL), tripwire_at_most(2)), 3);
  tripwire_returns(tripwire_when(plain, tripwire_greater_than(2.5), (void *)&here, tripwire_not_equal(0)), 4);
  tripwire_sandbox() {
    CHECK(tripwire_may_throw_acme_plain(-3, NULL, 0) == 1);
    CHECK(tripwire_may_throw_acme_plain(4, &here, 1) == 2);
    CHECK(tripwire_may_throw_acme_plain(7, "y", 2) == 3);
    CHECK(tripwire_may_throw_acme_plain(3, &here, 9) == 4);
  }
  tripwire_in_any_order() {
    tripwire_assert_call(acme_plain, 3, tripwire_not_null, 9);
    tripwire_assert_call(acme_plain, 7, tripwire_anything, 2);
    tripwire_assert_call(acme_plain, tripwire_that(is_even, NULL), (void *)&here, 1);
    tripwire_assert_call(acme_plain, -3, NULL, 0);
  }
}

void matches_text_and_bytes(void) {
  const unsigned char raw[] = {1, 0, 2};
  tripwire_always(tripwire_returns(tripwire_mock(acme_send), 0));
  tripwire_returns(tripwire_mock(acme_log), 1);
  tripwire_sandbox() {
    tripwire_seam_acme_send("hello world", 11, ACME_FAST | ACME_SAFE);
    tripwire_seam_acme_send(raw, sizeof raw, 0);
    tripwire_seam_acme_send("abc", 3, 0);
    CHECK(tripwire_may_throw_acme_log_text_double("%s %f", "half", 0.5) == 1);
  }
  tripwire_assert_call(acme_send, tripwire_contains("lo wo"), 11, ACME_FAST | ACME_SAFE);
  tripwire_assert_call(acme_send, tripwire_bytes(raw, sizeof raw), sizeof raw, 0);
  tripwire_assert_call(acme_send, tripwire_regex("[a-c]+"), 3, 0);
  tripwire_assert_call(acme_log, tripwire_starts_with("%s"), tripwire_ends_with("lf"), 0.5);
}

void asserts_in_any_order(void) {
  tripwire_always(tripwire_returns(tripwire_mock(acme_close)));
  tripwire_sandbox() {
    tripwire_seam_acme_close(1);
    tripwire_seam_acme_close(2);
  }
  tripwire_in_any_order() {
    tripwire_assert_call(acme_close, 2);
    tripwire_assert_call(acme_close, 1);
  }
}

void asserts_how_a_real_call_ended(void) {
  int real = 0;
  tripwire_spy(acme_plain);
  tripwire_passes_through(tripwire_mock("acme_login"));
  tripwire_sandbox() {
    real = tripwire_may_throw_acme_plain(3, NULL, 0);
    tripwire_may_throw_acme_login("me", "secret");
  }
  tripwire_assert_call(acme_plain, 3, NULL, 0, tripwire_returned(real));
  tripwire_assert_call(acme_login, "me", tripwire_anything, tripwire_returned(tripwire_anything));
}

static int leave_by(int way) {
  tripwire_sandbox() {
    tripwire_seam_acme_close(way);
    if (way == 1) {
      return 1;
    }
    if (way == 2) {
      break;
    }
    tripwire_sandbox() { tripwire_seam_acme_close(10); }
  }
  return 0;
}

void leaves_a_block_in_every_way(void) {
  tripwire_always(tripwire_returns(tripwire_mock(acme_close)));
  for (int way = 0; way < 3; ++way) {
    leave_by(way);
    tripwire_assert_call(acme_close, way);
    if (way == 0) {
      tripwire_assert_call(acme_close, 10);
    }
  }
}

static jmp_buf out;
static void __attribute__((noinline)) jump_in_a_sandbox(void) {
  tripwire_sandbox() {
    tripwire_seam_acme_close(1);
    longjmp(out, 1);
  }
}

void leaves_a_block_by_a_jump(void) {
  tripwire_returns(tripwire_mock(acme_close));
  if (setjmp(out) == 0) {
    jump_in_a_sandbox();
  }
  tripwire_assert_call(acme_close, 1);
}

void lets_allowed_calls_through(void) {
  tripwire_deny("mock");
  tripwire_allow("mock: {function: acme_plain, arguments: {a: 3}}", "mock: {function: acme_plain, arguments: {a: 4}}");
  tripwire_restrict("mock: {function: acme_plain, arguments: {b: 0}}", "mock: {function: acme_plain}");
  tripwire_may_throw_acme_plain(3, NULL, 0);
  tripwire_may_throw_acme_plain(4, NULL, 0);
  tripwire_guard("mock", TRIPWIRE_GUARD_OFF);
  tripwire_may_throw_acme_plain(5, NULL, 0);
}

void scripts_a_session(void) {
  struct tripwire_session *session = tripwire_new_session("link");
  tripwire_returns(tripwire_expect(session, link_open, "host"), 3);
  tripwire_returns(tripwire_expect(session, link_send, 3, tripwire_contains("ell")), 5);
  tripwire_optional(tripwire_returns(tripwire_expect(session, link_send), 0));
  tripwire_optional_session(tripwire_new_session("link"));
  tripwire_sandbox() {
    const int link = tripwire_seam_link_open("host");
    CHECK(link == 3);
    CHECK(tripwire_seam_link_send(link, "hello") == 5);
  }
  tripwire_assert_call(link_open, "host");
  tripwire_assert_call(link_send, 3, "hello");
}

void returns_text_for_a_number(void) { tripwire_returns(tripwire_mock(acme_plain), "text"); }
void returns_a_number_that_does_not_fit(void) { tripwire_returns(tripwire_mock(acme_plain), 1LL << 40); }
void returns_what_nothing_returns(void) { tripwire_returns(tripwire_mock(acme_close), 1); }
void returns_a_matcher(void) { tripwire_returns(tripwire_mock(acme_plain), tripwire_at_least(3)); }
void compares_a_number_with_text(void) {
  tripwire_when(tripwire_mock(acme_charge), "acct_1", "5000", tripwire_anything);
}
void compares_an_address_with_text(void) { tripwire_when(tripwire_mock(acme_plain), 1, "text", 4); }
void compares_a_matcher(void) {
  tripwire_when(tripwire_mock(acme_plain), tripwire_not_equal(tripwire_anything), NULL, 4);
}
void names_too_few_arguments(void) { tripwire_when(tripwire_mock(acme_charge), "acct_1", 5000); }
void names_too_many_arguments(void) { tripwire_assert_call(acme_close, 1, 2); }
void writes_through_a_number(void) {
  tripwire_writes(tripwire_returns(tripwire_mock(acme_charge), ACME_OK), 1, "x", 1);
}
static void nobody_calls(void) {}
void names_what_nobody_calls(void) {
  nobody_calls();
  tripwire_mock(nobody_calls);
}
void mocks_twice(void) {
  tripwire_mock(acme_charge);
  tripwire_spy(acme_charge);
}
void asks_for_a_mock_that_is_not_there(void) { tripwire_mocked(acme_charge); }
void says_times_without_an_answer(void) { tripwire_times(tripwire_mock(acme_charge), 2); }
void says_something_of_a_secret(void) { tripwire_when(tripwire_mock(acme_login), "me", "secret"); }
void expects_what_a_machine_does_not_have(void) { tripwire_expect(tripwire_new_session("link"), acme_plain); }
void allows_what_nobody_knows(void) { tripwire_allow("mock: {functoin: acme_plain}"); }

static void call_plain(void) {
  tripwire_returns(tripwire_mock(acme_plain), 1);
  tripwire_sandbox() { tripwire_may_throw_acme_plain(1, NULL, 2); }
}
void asserts_too_little(void) {
  call_plain();
  tripwire_assert_call(acme_plain, 1, NULL);
}
void asserts_nothing(void) {
  call_plain();
  tripwire_assert_call(acme_plain, tripwire_anything, tripwire_anything, tripwire_anything);
}
void asserts_no_ending(void) {
  tripwire_spy(acme_plain);
  tripwire_sandbox() { tripwire_may_throw_acme_plain(1, NULL, 2); }
  tripwire_assert_call(acme_plain, 1, NULL, 2);
}
void asserts_inside_of_a_sandbox(void) {
  tripwire_sandbox() { tripwire_assert_call(acme_plain, 1, NULL, 2); }
}

void leaves_a_mock_with_conditions(void) {
  tripwire_returns(tripwire_when(tripwire_mock(acme_plain), 1, NULL, tripwire_at_most(2)), 3);
}
void leaves_a_session(void) {
  struct tripwire_session *session = tripwire_new_session("link");
  tripwire_returns(tripwire_expect(session, link_open, "host"), 3);
}
void calls_beyond_a_session(void) {
  tripwire_returns(tripwire_expect(tripwire_new_session("link"), link_open, "host"), 3);
  tripwire_sandbox() { tripwire_seam_link_send(tripwire_seam_link_open("host"), "hello"); }
}
void calls_what_is_mocked_for_other_arguments(void) {
  tripwire_returns(tripwire_when(tripwire_mock(acme_charge), "acct_1", 4000, NULL), ACME_OK);
  tripwire_sandbox() { tripwire_seam_acme_charge("acct_1", 5000, NULL); }
}
