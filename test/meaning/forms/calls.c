/* What C can write and C++ cannot, and what both write differently
 *
 * A pointer that the library hands out leads to the library:
 * exempt: c_spellings acme_inc 1 called through such a pointer
 * exempt: c_spellings acme_square 1 called through such a pointer
 * A function that the header renames by an asm label is counted under each name once:
 * exempt: c_spellings acme_renamed_v2 1 is acme_renamed
 * exempt: c_spellings acme_renamed -1 is acme_renamed_v2 */
#include "acme/acme.h"
#include "form.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Tentative definitions: this is one object, whose initialiser comes last. */
static int (*tentative)(int);
int (*tentative_too)(int);
static int (*tentative)(int) = acme_inc;
int (*tentative_too)(int) = &acme_square;
int tentative_number;
int tentative_number;

static const struct acme_table designated = {.one = acme_inc, .add = acme_add};
static int (*const by_index[4])(int) = {[2] = acme_square, [0] = &acme_inc};
static const struct {
  const char *class;
  int (*new)(int);
} words[] = {{"inc", acme_inc}, {.new = acme_square, .class = "square"}};

FORM(c_tables) {
  SHOW(tentative(1) + tentative_too(2) + tentative_number);
  SHOW(designated.add(3, 4) + designated.one(5));
  SHOW(by_index[0](6) + by_index[2](7));
  for (size_t i = 0; i < sizeof words / sizeof *words; ++i)
    SHOW(words[i].new(8));
}

FORM(c_spellings) {
  int (*local)(int) = acme_inc;
  SHOW(acme_inc(1));
  SHOW((acme_inc)(2));
  SHOW((&acme_inc)(3));
  SHOW((*acme_inc)(4));
  SHOW((***acme_inc)(5));
  SHOW((1 ? acme_inc : acme_square)(6));
  SHOW(((void)0, acme_square)(7));
  SHOW(((int (*)(int))acme_inc)(8));
  SHOW(local == acme_inc && local != acme_square);
  SHOW(acme_choose(1)(9) + acme_pick(0)(10));
  SHOW((acme_checked)(11));
  SHOW(acme_renamed(12) + acme_shared(13) + acme_shared_too(14));
  SHOW(sizeof(acme_inc(1)) + sizeof acme_long(1));
  SHOW(_Alignof(__typeof__(acme_long(1))));
}

#define KIND(value)                                                                                                    \
  _Generic((value), int: acme_inc, long: acme_long, float: acme_float, double: acme_half, long double: acme_wide)
#define LENGTH(value) _Generic((value), char *: acme_length, const char *: acme_length)(value)
#define PICK(value) _Generic((value), int: acme_inc(1), default: acme_square(2))
FORM(c_generic_selection) {
  char room[] = "room";
  SHOW(KIND(1)(1));
  SHOW(KIND(1L)(2));
  SHOW(KIND(1.0F)(8));
  SHOW(KIND(1.0)(9));
  SHOW(KIND(1.0L)(10));
  SHOW(LENGTH("four"));
  SHOW(LENGTH(room));
  SHOW(PICK(1) + PICK(1L));
  SHOW(_Generic(acme_long(1), long: 5, default: 6));
  SHOW(_Generic(acme_inc, int (*)(int): 7, default: 8));
  SHOW(_Generic(&acme_add, int (*)(int, int): 9, default: 10));
  SHOW(__builtin_choose_expr(1, acme_inc(3), acme_square(4)));
  SHOW(__builtin_types_compatible_p(__typeof__(acme_inc(1)), int));
}

FORM(c_statement_expressions) {
  SHOW(({
    int number = acme_step(1);
    acme_add(number, acme_step(2));
  }));
  __typeof__(acme_long(1)) number = acme_long(3);
  __auto_type deduced = acme_inc(4);
  SHOW(number + deduced);
}

static int old_style(left, right)
int left;
int right;
{
  return acme_add(left, acme_inc(right));
}
static int old_function(function)
int (*function)(int);
{
  return function(2);
}
FORM(c_old_style_definitions) {
  SHOW(old_style(1, 2));
  SHOW(old_function(acme_inc) + old_function(&acme_square));
}

static int sum_of(int count, const int values[static count]) { return acme_total(values, (size_t)count); }
static int corner(int rows, int columns, int matrix[rows][columns]) {
  return acme_inc(matrix[rows - 1][columns - 1]);
}
FORM(c_variable_length) {
  int values[acme_inc(2)];
  for (int i = 0; i < 3; ++i)
    values[i] = acme_inc(i);
  SHOW(sum_of(3, values));
  SHOW(sizeof(int[acme_step(4)]));
  int matrix[acme_step(2)][acme_step(3)];
  memset(matrix, 0, sizeof matrix);
  matrix[1][2] = acme_inc(8);
  SHOW(corner(2, 3, matrix));
  int (*rows)[acme_inc(2)] = matrix;
  SHOW((int)sizeof *rows + rows[1][2]);
  typedef int row[acme_step(5)];
  SHOW(sizeof(row));
}

FORM(c_compound_literals) {
  SHOW(acme_area((struct acme_point){3, 4}));
  SHOW(acme_area((struct acme_point){.y = acme_inc(1), .x = acme_inc(2)}));
  SHOW(acme_total((int[]){acme_inc(1), acme_inc(2), 3}, 3));
  SHOW(acme_total((const int[3]){[1] = acme_inc(4)}, 3));
  SHOW((struct acme_table){.one = acme_square}.one(5));
  SHOW(acme_word_of((union acme_word){.number = acme_inc(6)}));
  struct acme_point points[] = {[1] = {.x = acme_inc(1)}, [0] = acme_make(2, 3)};
  SHOW(points[0].y + points[1].x);
  acme_move(&points[0], 5);
  SHOW(points[0].x + acme_make(6, 7).y + acme_origin()->y);
}

FORM(c_restrict) {
  char room[8];
  char *restrict to = room;
  SHOW(strcmp(acme_copy(to, "abc", 4), "abc"));
  const int rows[2][3] = {{1, 2, 3}, {4, 5, 6}};
  SHOW(acme_row(rows[0], rows));
}

static inline int static_inline(int number) { return acme_inc(number) + 1; }
extern inline __attribute__((gnu_inline, always_inline)) int gnu_inline(int number) { return acme_inc(number) + 2; }
static inline int static_inline_pointer(int (*function)(int)) { return function(1); }
static int forward(int number);
FORM(c_functions) {
  SHOW(static_inline(1) + gnu_inline(2) + static_inline_pointer(acme_inc) + forward(3));
}
static int forward(int number) { return acme_square(number); }

FORM(c_block_declarations) {
  extern int acme_inc(int);
  int acme_square(int number);
  SHOW(acme_inc(1) + acme_square(2));
  {
    extern int acme_add(int left, int right);
    SHOW(acme_add(3, 4));
  }
}

FORM(c_words_of_cxx) {
  int class = acme_inc(1), new = acme_inc(2), delete = 3, this = 4, template = 5, typename = 6, namespace = 7;
  struct private {
    int public;
    int (*operator)(int);
  } friend = {.public = acme_inc(8), .operator = acme_inc};
  SHOW(class + new + delete + this + template + typename + namespace);
  SHOW(friend.public + friend.operator(9));
  goto try;
try:
  SHOW(acme_add(class, new));
  struct private *catch = &friend;
  SHOW(catch->operator(10));
}

FORM(c_other_things_of_the_same_name) {
  struct acme_inc {
    int acme_inc;
  } acme_inc = {5};
  SHOW(acme_inc.acme_inc + (int)sizeof(struct acme_inc));
  enum acme_add { none };
  SHOW((enum acme_add)none);
  goto acme_square;
acme_square:
  SHOW(acme_square(2));
  {
    int acme_square = 7;
    SHOW(acme_square);
  }
}

FORM(c_variadic) {
  short small = 3;
  SHOW(acme_sum(0));
  SHOW(acme_sum(3, small, 'c', acme_inc(1)));
  SHOW(acme_log("%d %s %.1f %c %ld|", 1, "two", 3.0F, 'c', 4L));
  SHOW(acme_log("plain|"));
  SHOW(acme_log("%p|", NULL) > 0);
  SHOW(acme_list("a", "b", NULL));
  SHOW(acme_list("a", "b", (char *)0));
  SHOW(acme_log("%Lf %zu|", acme_wide(1.5L), sizeof(int)));
  unsigned char byte = 200;
  enum acme_colour colour = ACME_BLUE;
  struct acme_flags flags = {5, -3};
  SHOW(acme_sum(4, byte, colour, flags.low, flags.high));
}
static int with_list(int count, ...) {
  va_list list;
  va_start(list, count);
  int total = acme_vsum(count, list);
  va_end(list);
  return total;
}
FORM(c_va_list) { SHOW(with_list(3, 1, 2, acme_inc(3))); }

static void noreturn_ends(void) __attribute__((noreturn));
static void noreturn_ends(void) { acme_leave(acme_inc(3)); }
FORM(c_functions_that_do_not_return) {
  volatile int tries = 0;
  int came = setjmp(acme_landing);
  if (came == 0) {
    ++tries;
    acme_leave(5);
  }
  SHOW(came + tries);
  came = setjmp(acme_landing);
  if (came == 0)
    noreturn_ends();
  SHOW(came);
}

static int visit(void *context, int value) { return acme_add(*(int *)context, value); }
FORM(c_callbacks) {
  int base = acme_inc(9);
  SHOW(acme_visit(visit, &base));
  int numbers[] = {3, 1, 2};
  acme_sort(numbers, 3, acme_compare);
  SHOW(numbers[0]);
  qsort(numbers, 3, sizeof *numbers, &acme_compare);
  SHOW(acme_apply(acme_square, 4) + acme_apply(&acme_inc, 5));
}

FORM(c_order_and_errno) {
  acme_reset();
  SHOW((acme_step(1), acme_step(2)));
  SHOW(acme_step(0) && acme_step(3));
  SHOW(acme_step(1) ?: acme_step(4));
  for (int i = acme_step(0); i < acme_step(2); i += acme_step(1))
    SHOW(acme_next());
  switch (acme_step(3)) {
  case 3:
    SHOW(acme_next());
    break;
  }
  errno = 4;
  acme_inc(1);
  SHOW(errno);
  SHOW(acme_set_errno(6));
  SHOW(errno);
}

FORM(c_attributes) {
  void *block = acme_alloc(3);
  acme_free(block);
  SHOW(acme_length("text") + (size_t)acme_square(3));
  SHOW(acme_mix(ACME_RED, ACME_BLUE));
  SHOW(acme_byte(255));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  SHOW(acme_old(1));
#pragma GCC diagnostic pop
}
