/* everything a test in C uses
 *
 * What tripwire.hpp is for C++, for C99 and newer compiled by GCC or Clang; docs/c.md explains it by example. What
 * looks like a function and takes a seam's name, or values of any type, is a macro. Wrong use is a violation with the
 * place of the macro: it is written down and, where an adapter runs the test, ends the test as an assertion of the
 * framework does; nothing is thrown. Handles live until their test ends. A null handle does nothing: the violation
 * that made it is written down already.
 *
 * Every function may be called by any thread of the test. Where a thread ends the test, that is the one that runs it;
 * in another one the violation is written down only. */
#ifndef TRIPWIRE_TRIPWIRE_H
#define TRIPWIRE_TRIPWIRE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- tests: an adapter does this for the tests of its framework -------------------------------------------------- */

/* A test begins in this program; the guard is active from then on. */
#define tripwire_begin(name) tripwire_begin_at(name, __FILE__)

/* The test ends: prints what is left to standard error. Returns 0 when there is nothing, else 1. */
int tripwire_end(void);

/* ---- sandboxes --------------------------------------------------------------------------------------------------- */

/* tripwire_sandbox() { ... }: seamed calls in the block meet mocks. It closes when the block is left, however that is
 * done. Nests. */
#define tripwire_sandbox() TRIPWIRE_BLOCK(tripwire_enter_sandbox)

/* tripwire_in_any_order() { ... }: assertions in the block need not follow the order of the timeline. */
#define tripwire_in_any_order() TRIPWIRE_BLOCK(tripwire_enter_any_order)

/* For a set-up that opens a sandbox and a tear-down that closes it. One that is left open closes with its test. */
void tripwire_open_sandbox(void);
void tripwire_close_sandbox(void);

/* ---- mocks ------------------------------------------------------------------------------------------------------- */

/* A queue of answers of one seam. Each answer serves one call. */
struct tripwire_mock;

/* The mock of a function, or of one that is named by text: tripwire_mock("config.c:parse_line") is a static one. A
 * second one in the same test is a violation. */
#define tripwire_mock(function) tripwire_mock_at(TRIPWIRE_NAME(function), TRIPWIRE_HERE)

/* A mock whose calls reach the real function when no answer is left. */
#define tripwire_spy(function) tripwire_spy_at(TRIPWIRE_NAME(function), TRIPWIRE_HERE)

/* The mock or spy that the test has made already. */
#define tripwire_mocked(function) tripwire_mocked_at(TRIPWIRE_NAME(function), TRIPWIRE_HERE)

/* tripwire_when(mock, "acct_1", 5000, tripwire_anything): a further queue, which serves the calls whose arguments
 * match. One value or matcher for each parameter; variadic arguments may follow. */
#define tripwire_when(...) tripwire_when_at(TRIPWIRE_FIRST(__VA_ARGS__), TRIPWIRE_LIST(__VA_ARGS__), TRIPWIRE_HERE)

/* ---- answers: each gives back the queue it was added to ---------------------------------------------------------- */

/* tripwire_returns(mock, 0): answers with that value; tripwire_returns(mock), where nothing is returned. Pointers are
 * returned as they are: what they lead to stays the test's own. A struct is named by tripwire_bytes(&it, sizeof it). */
#define tripwire_returns(...)                                                                                          \
  tripwire_returns_at(TRIPWIRE_FIRST(__VA_ARGS__), TRIPWIRE_LIST(__VA_ARGS__), TRIPWIRE_HERE)

/* Answers with that value and sets errno, as the operating system reports a failure. */
#define tripwire_fails(mock, value, error) tripwire_fails_at(mock, TRIPWIRE_VALUE(value), error, TRIPWIRE_HERE)

/* Writes \p size bytes through the parameter of that index, counted from 0, when the answer in front of it is given.
 * The bytes are copied now. */
#define tripwire_writes(mock, index, bytes, size) tripwire_writes_at(mock, index, bytes, size, TRIPWIRE_HERE)

/* Answers with what \p function makes of the call; \p state is handed to it and stays the test's own. Calls of the same
 * seam that it makes reach the real function. */
#define tripwire_calls(mock, function, state) tripwire_calls_at(mock, function, state, TRIPWIRE_HERE)

/* Lets the call through: the real function answers it. */
#define tripwire_passes_through(mock) tripwire_passes_through_at(mock, TRIPWIRE_HERE)

/* The last answer serves that many calls, or all further ones; it may stay unused. */
#define tripwire_times(mock, count) tripwire_times_at(mock, count, TRIPWIRE_HERE)
#define tripwire_always(mock) tripwire_always_at(mock, TRIPWIRE_HERE)
#define tripwire_optional(mock) tripwire_optional_at(mock, TRIPWIRE_HERE)

/* A call that a function of the test answers. Lives as long as that function runs. */
struct tripwire_call;

/* Where argument \p index is, counted from 0: for an int, a const int *. Null when there is none. */
const void *tripwire_argument(const struct tripwire_call *call, size_t index);

/* Where the result goes; it is zero until it is written. Null when nothing is returned. */
void *tripwire_result(struct tripwire_call *call);

/* ---- assertions -------------------------------------------------------------------------------------------------- */

/* tripwire_assert_call(acme_charge, "acct_1", 5000, tripwire_anything): the next interaction was this call. One value
 * or matcher for each parameter, then how it ended: tripwire_returned(0), for calls that reached the real function. */
#define tripwire_assert_call(...)                                                                                      \
  tripwire_assert_call_at(__builtin_frame_address(0), TRIPWIRE_NAME(TRIPWIRE_FIRST(__VA_ARGS__)),                      \
                          TRIPWIRE_LIST(__VA_ARGS__), TRIPWIRE_HERE)

/* How the call ended. */
#define tripwire_returned(value) tripwire_ended_returned(TRIPWIRE_VALUE(value))
#define tripwire_failed_with(error) tripwire_ended_errno(error)
#define tripwire_raised(text) tripwire_ended_raised(text)

/* Whether everything is accounted for so far. At the end of each test that is looked at anyway. */
#define tripwire_verify_all() tripwire_verify_all_at(__builtin_frame_address(0), TRIPWIRE_HERE)

/* ---- values and matchers ----------------------------------------------------------------------------------------- */

/* A value of a test, or what it says of one. Points to what the test keeps; copied by the function that takes it. What
 * it is made of is here for the compiler alone. */
enum tripwire_relation {
  TRIPWIRE_EQUAL,
  TRIPWIRE_NOT_EQUAL,
  TRIPWIRE_LESS_THAN,
  TRIPWIRE_AT_MOST,
  TRIPWIRE_GREATER_THAN,
  TRIPWIRE_AT_LEAST,
  TRIPWIRE_CONTAINS,
  TRIPWIRE_STARTS_WITH,
  TRIPWIRE_ENDS_WITH,
  TRIPWIRE_REGEX,
  TRIPWIRE_DECIDED,
  TRIPWIRE_NOT_NULL,
  TRIPWIRE_ANYTHING,
  TRIPWIRE_MISUSED
};
enum tripwire_form {
  TRIPWIRE_SIGNED,
  TRIPWIRE_UNSIGNED,
  TRIPWIRE_REAL,
  TRIPWIRE_TEXT,
  TRIPWIRE_POINTER,
  TRIPWIRE_BYTES
};
enum tripwire_role { TRIPWIRE_ARGUMENT, TRIPWIRE_RETURNED, TRIPWIRE_ERRNO, TRIPWIRE_RAISED };
union tripwire_operand {
  long long number;
  unsigned long long magnitude;
  double real;
  const char *text;
  const volatile void *pointer;
  bool (*decide)(const void *value, size_t size, void *state);
};
struct tripwire_value {
  enum tripwire_relation relation;
  enum tripwire_form form;
  enum tripwire_role role;
  size_t size; /* of bytes */
  union tripwire_operand operand;
  void *state;
};

/* Numbers compare by value, text by characters, other pointers by address. Where a plain value stands, one of these may
 * stand instead. */
extern const struct tripwire_value tripwire_anything;
extern const struct tripwire_value tripwire_not_null;
#define tripwire_not_equal(value) tripwire_related(TRIPWIRE_NOT_EQUAL, TRIPWIRE_VALUE(value))
#define tripwire_less_than(value) tripwire_related(TRIPWIRE_LESS_THAN, TRIPWIRE_VALUE(value))
#define tripwire_at_most(value) tripwire_related(TRIPWIRE_AT_MOST, TRIPWIRE_VALUE(value))
#define tripwire_greater_than(value) tripwire_related(TRIPWIRE_GREATER_THAN, TRIPWIRE_VALUE(value))
#define tripwire_at_least(value) tripwire_related(TRIPWIRE_AT_LEAST, TRIPWIRE_VALUE(value))

/* Text: of a const char *, or of a buffer whose length the seam file declares. */
struct tripwire_value tripwire_contains(const char *part);
struct tripwire_value tripwire_starts_with(const char *start);
struct tripwire_value tripwire_ends_with(const char *end);
/* The whole text matches the ECMAScript expression. */
struct tripwire_value tripwire_regex(const char *expression);

/* Exactly these bytes: of a buffer, or of a struct. */
struct tripwire_value tripwire_bytes(const void *bytes, size_t size);

/* What \p decide accepts. It gets the value, or the buffer that was recorded behind a pointer, and \p state, which
 * stays the test's own and must live until the test ends. */
struct tripwire_value tripwire_that(bool (*decide)(const void *value, size_t size, void *state), void *state);

/* ---- calls outside of sandboxes ---------------------------------------------------------------------------------- */

/* Rules of the firewall, one or several, as in tripwire.yaml: "dns:*.example.com", "mock: {function: acme_send}". They
 * hold until the test ends, the newest decides; a call needs one of each tripwire_restrict. */
#define tripwire_allow(...) tripwire_rules_at(TRIPWIRE_ALLOW, TRIPWIRE_HERE, __VA_ARGS__, NULL)
#define tripwire_deny(...) tripwire_rules_at(TRIPWIRE_DENY, TRIPWIRE_HERE, __VA_ARGS__, NULL)
#define tripwire_restrict(...) tripwire_rules_at(TRIPWIRE_RESTRICT, TRIPWIRE_HERE, __VA_ARGS__, NULL)

/* How strict the guard is until the test ends: of one plugin, or of all where that is null. */
#define tripwire_guard(plugin, level) tripwire_guard_at(plugin, level, TRIPWIRE_HERE)
enum tripwire_level { TRIPWIRE_GUARD_ERROR, TRIPWIRE_GUARD_WARN, TRIPWIRE_GUARD_OFF };

/* ---- sessions ---------------------------------------------------------------------------------------------------- */

/* What one handle goes through: the steps that tripwire_expect adds, in this order. */
struct tripwire_session;

/* A session of the machine of that name in the seam file. */
#define tripwire_new_session(machine) tripwire_new_session_at(machine, TRIPWIRE_HERE)

/* tripwire_expect(session, acme_open, "host"): the next call, with arguments as in tripwire_when; none at all leaves
 * them open. Its answers are added to the queue that comes back. */
#define tripwire_expect(session, ...)                                                                                  \
  tripwire_expect_at(session, TRIPWIRE_NAME(TRIPWIRE_FIRST(__VA_ARGS__)), TRIPWIRE_LIST(__VA_ARGS__), TRIPWIRE_HERE)

/* The session may stay unopened. */
void tripwire_optional_session(struct tripwire_session *session);

/* ---- what the macros are made of: not to be written by hand ------------------------------------------------------ */

enum tripwire_rule { TRIPWIRE_ALLOW, TRIPWIRE_DENY, TRIPWIRE_RESTRICT };

struct tripwire_scope {
  unsigned long long id;
  bool open;
};

void tripwire_begin_at(const char *name, const char *file);
struct tripwire_scope tripwire_enter_sandbox(const void *frame);
struct tripwire_scope tripwire_enter_any_order(const void *frame);
void tripwire_leave_scope(struct tripwire_scope *scope);
struct tripwire_mock *tripwire_mock_at(const char *name, const char *file, int line);
struct tripwire_mock *tripwire_spy_at(const char *name, const char *file, int line);
struct tripwire_mock *tripwire_mocked_at(const char *name, const char *file, int line);
struct tripwire_mock *tripwire_when_at(struct tripwire_mock *mock, const struct tripwire_value *values, size_t count,
                                       const char *file, int line);
struct tripwire_mock *tripwire_returns_at(struct tripwire_mock *mock, const struct tripwire_value *values, size_t count,
                                          const char *file, int line);
struct tripwire_mock *tripwire_fails_at(struct tripwire_mock *mock, struct tripwire_value value, int error,
                                        const char *file, int line);
struct tripwire_mock *tripwire_writes_at(struct tripwire_mock *mock, size_t index, const void *bytes, size_t size,
                                         const char *file, int line);
struct tripwire_mock *tripwire_calls_at(struct tripwire_mock *mock,
                                        void (*function)(struct tripwire_call *call, void *state), void *state,
                                        const char *file, int line);
struct tripwire_mock *tripwire_passes_through_at(struct tripwire_mock *mock, const char *file, int line);
struct tripwire_mock *tripwire_times_at(struct tripwire_mock *mock, size_t count, const char *file, int line);
struct tripwire_mock *tripwire_always_at(struct tripwire_mock *mock, const char *file, int line);
struct tripwire_mock *tripwire_optional_at(struct tripwire_mock *mock, const char *file, int line);
void tripwire_assert_call_at(const void *frame, const char *name, const struct tripwire_value *values, size_t count,
                             const char *file, int line);
void tripwire_verify_all_at(const void *frame, const char *file, int line);
__attribute__((sentinel)) void tripwire_rules_at(enum tripwire_rule effect, const char *file, int line, ...);
void tripwire_guard_at(const char *plugin, enum tripwire_level level, const char *file, int line);
struct tripwire_session *tripwire_new_session_at(const char *machine, const char *file, int line);
struct tripwire_mock *tripwire_expect_at(struct tripwire_session *session, const char *name,
                                         const struct tripwire_value *values, size_t count, const char *file, int line);

struct tripwire_value tripwire_of_value(struct tripwire_value value);
struct tripwire_value tripwire_of_signed(long long value);
struct tripwire_value tripwire_of_unsigned(unsigned long long value);
struct tripwire_value tripwire_of_float(float value);
struct tripwire_value tripwire_of_double(double value);
struct tripwire_value tripwire_of_long_double(long double value);
struct tripwire_value tripwire_of_text(const char *value);
struct tripwire_value tripwire_of_pointer(const volatile void *value);
struct tripwire_value tripwire_of_function(void (*value)(void));
struct tripwire_value tripwire_related(enum tripwire_relation relation, struct tripwire_value value);
struct tripwire_value tripwire_ended_returned(struct tripwire_value value);
struct tripwire_value tripwire_ended_errno(int error);
struct tripwire_value tripwire_ended_raised(const char *text);

#define TRIPWIRE_HERE __FILE__, __LINE__

/* What the compiler does not know as a function does not compile. */
#define TRIPWIRE_NAME(function) ((void)sizeof(&(function)), TRIPWIRE_QUOTED(function))
#define TRIPWIRE_QUOTED(...) #__VA_ARGS__

#define TRIPWIRE_JOINED(left, right) TRIPWIRE_JOINED_(left, right)
#define TRIPWIRE_JOINED_(left, right) left##right

/* A loop that runs once, so that a block can follow. */
#define TRIPWIRE_BLOCK(enter) TRIPWIRE_BLOCK_(TRIPWIRE_JOINED(tripwire_scope_of_line_, __LINE__), enter)
#define TRIPWIRE_BLOCK_(scope, enter)                                                                                  \
  for (struct tripwire_scope scope                                                                                     \
       __attribute__((__cleanup__(tripwire_leave_scope))) = enter(__builtin_frame_address(0));                         \
       scope.open; scope.open = false)

/* By the type of the value; pointers to other functions than void (*)(void) want a cast to that. */
#define TRIPWIRE_VALUE(value)                                                                                          \
  (__extension__ _Generic((value),                                                                                     \
      struct tripwire_value: tripwire_of_value,                                                                        \
      _Bool: tripwire_of_unsigned,                                                                                     \
      char: tripwire_of_signed,                                                                                        \
      signed char: tripwire_of_signed,                                                                                 \
      short: tripwire_of_signed,                                                                                       \
      int: tripwire_of_signed,                                                                                         \
      long: tripwire_of_signed,                                                                                        \
      long long: tripwire_of_signed,                                                                                   \
      unsigned char: tripwire_of_unsigned,                                                                             \
      unsigned short: tripwire_of_unsigned,                                                                            \
      unsigned int: tripwire_of_unsigned,                                                                              \
      unsigned long: tripwire_of_unsigned,                                                                             \
      unsigned long long: tripwire_of_unsigned,                                                                        \
      float: tripwire_of_float,                                                                                        \
      double: tripwire_of_double,                                                                                      \
      long double: tripwire_of_long_double,                                                                            \
      char *: tripwire_of_text,                                                                                        \
      const char *: tripwire_of_text,                                                                                  \
      void (*)(void): tripwire_of_function,                                                                            \
      default: tripwire_of_pointer)(value))

/* The first of some arguments, and the rest as an array and its length. */
#define TRIPWIRE_FIRST(...) TRIPWIRE_FIRST_(__VA_ARGS__, )
#define TRIPWIRE_FIRST_(first, ...) first
#define TRIPWIRE_LIST(...)                                                                                             \
  TRIPWIRE_SELECT(__VA_ARGS__, TRIPWIRE_LIST_16, TRIPWIRE_LIST_15, TRIPWIRE_LIST_14, TRIPWIRE_LIST_13,                 \
                  TRIPWIRE_LIST_12, TRIPWIRE_LIST_11, TRIPWIRE_LIST_10, TRIPWIRE_LIST_9, TRIPWIRE_LIST_8,              \
                  TRIPWIRE_LIST_7, TRIPWIRE_LIST_6, TRIPWIRE_LIST_5, TRIPWIRE_LIST_4, TRIPWIRE_LIST_3,                 \
                  TRIPWIRE_LIST_2, TRIPWIRE_LIST_1, TRIPWIRE_LIST_0, )                                                 \
  (__VA_ARGS__)
#define TRIPWIRE_SELECT(f, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q, selected, ...) selected
#define TRIPWIRE_LIST_0(f) (const struct tripwire_value *)0, 0
#define TRIPWIRE_LIST_1(f, a) (const struct tripwire_value[]){TRIPWIRE_VALUE(a)}, 1
#define TRIPWIRE_LIST_2(f, a, b) (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b)}, 2
#define TRIPWIRE_LIST_3(f, a, b, c)                                                                                    \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c)}, 3
#define TRIPWIRE_LIST_4(f, a, b, c, d)                                                                                 \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d)}, 4
#define TRIPWIRE_LIST_5(f, a, b, c, d, e)                                                                              \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e)},                                                                  \
      5
#define TRIPWIRE_LIST_6(f, a, b, c, d, e, g)                                                                           \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c),                             \
                                  TRIPWIRE_VALUE(d), TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g)},                            \
      6
#define TRIPWIRE_LIST_7(f, a, b, c, d, e, g, h)                                                                        \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g), TRIPWIRE_VALUE(h)},                            \
      7
#define TRIPWIRE_LIST_8(f, a, b, c, d, e, g, h, i)                                                                     \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g), TRIPWIRE_VALUE(h), TRIPWIRE_VALUE(i)},         \
      8
#define TRIPWIRE_LIST_9(f, a, b, c, d, e, g, h, i, j)                                                                  \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c),                             \
                                  TRIPWIRE_VALUE(d), TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g),                             \
                                  TRIPWIRE_VALUE(h), TRIPWIRE_VALUE(i), TRIPWIRE_VALUE(j)},                            \
      9
#define TRIPWIRE_LIST_10(f, a, b, c, d, e, g, h, i, j, k)                                                              \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g), TRIPWIRE_VALUE(h), TRIPWIRE_VALUE(i),          \
                                  TRIPWIRE_VALUE(j), TRIPWIRE_VALUE(k)},                                               \
      10
#define TRIPWIRE_LIST_11(f, a, b, c, d, e, g, h, i, j, k, l)                                                           \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g), TRIPWIRE_VALUE(h), TRIPWIRE_VALUE(i),          \
                                  TRIPWIRE_VALUE(j), TRIPWIRE_VALUE(k), TRIPWIRE_VALUE(l)},                            \
      11
#define TRIPWIRE_LIST_12(f, a, b, c, d, e, g, h, i, j, k, l, m)                                                        \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g), TRIPWIRE_VALUE(h), TRIPWIRE_VALUE(i),          \
                                  TRIPWIRE_VALUE(j), TRIPWIRE_VALUE(k), TRIPWIRE_VALUE(l), TRIPWIRE_VALUE(m)},         \
      12
#define TRIPWIRE_LIST_13(f, a, b, c, d, e, g, h, i, j, k, l, m, n)                                                     \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g), TRIPWIRE_VALUE(h), TRIPWIRE_VALUE(i),          \
                                  TRIPWIRE_VALUE(j), TRIPWIRE_VALUE(k), TRIPWIRE_VALUE(l), TRIPWIRE_VALUE(m),          \
                                  TRIPWIRE_VALUE(n)},                                                                  \
      13
#define TRIPWIRE_LIST_14(f, a, b, c, d, e, g, h, i, j, k, l, m, n, o)                                                  \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g), TRIPWIRE_VALUE(h), TRIPWIRE_VALUE(i),          \
                                  TRIPWIRE_VALUE(j), TRIPWIRE_VALUE(k), TRIPWIRE_VALUE(l), TRIPWIRE_VALUE(m),          \
                                  TRIPWIRE_VALUE(n), TRIPWIRE_VALUE(o)},                                               \
      14
#define TRIPWIRE_LIST_15(f, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p)                                               \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g), TRIPWIRE_VALUE(h), TRIPWIRE_VALUE(i),          \
                                  TRIPWIRE_VALUE(j), TRIPWIRE_VALUE(k), TRIPWIRE_VALUE(l), TRIPWIRE_VALUE(m),          \
                                  TRIPWIRE_VALUE(n), TRIPWIRE_VALUE(o), TRIPWIRE_VALUE(p)},                            \
      15
#define TRIPWIRE_LIST_16(f, a, b, c, d, e, g, h, i, j, k, l, m, n, o, p, q)                                            \
  (const struct tripwire_value[]){TRIPWIRE_VALUE(a), TRIPWIRE_VALUE(b), TRIPWIRE_VALUE(c), TRIPWIRE_VALUE(d),          \
                                  TRIPWIRE_VALUE(e), TRIPWIRE_VALUE(g), TRIPWIRE_VALUE(h), TRIPWIRE_VALUE(i),          \
                                  TRIPWIRE_VALUE(j), TRIPWIRE_VALUE(k), TRIPWIRE_VALUE(l), TRIPWIRE_VALUE(m),          \
                                  TRIPWIRE_VALUE(n), TRIPWIRE_VALUE(o), TRIPWIRE_VALUE(p), TRIPWIRE_VALUE(q)},         \
      16

#ifdef __cplusplus
}
#endif

#endif
