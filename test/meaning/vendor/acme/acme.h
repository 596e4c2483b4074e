/* The vendor's C interface. Every function counts its calls by itself: see library.cpp. */
#ifndef ACME_ACME_H
#define ACME_ACME_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#define ACME_RESTRICT __restrict
#else
#define ACME_RESTRICT restrict
#endif

typedef int (*acme_unary)(int);

struct acme_point {
  int x;
  int y;
};
union acme_word {
  int number;
  unsigned char bytes[4];
};
enum acme_colour { ACME_RED = 3, ACME_BLUE = 8 };
struct acme_flags {
  unsigned low : 3;
  int high : 5;
};
struct acme_table {
  int (*add)(int, int);
  acme_unary one;
};

int acme_add(int left, int right);
int acme_inc(int number);
int acme_next(void);
int acme_step(int number);
void acme_reset(void);
long acme_long(long number);
double acme_half(double number);
float acme_float(float number);
long double acme_wide(long double number);
unsigned char acme_byte(unsigned char number);
enum acme_colour acme_mix(enum acme_colour left, enum acme_colour right);

struct acme_point acme_make(int x, int y);
int acme_area(struct acme_point point);
void acme_move(struct acme_point *point, int by);
const struct acme_point *acme_origin(void);
int acme_word_of(union acme_word word);

int acme_total(const int values[], size_t count);
size_t acme_row(const int row[3], const int (*rows)[3]);
char *acme_copy(char *ACME_RESTRICT to, const char *ACME_RESTRICT from, size_t size);
int acme_set_errno(int number);

int acme_apply(acme_unary function, int value);
int acme_visit(int (*visit)(void *context, int value), void *context);
acme_unary acme_pick(int which);
int (*acme_choose(int which))(int);
void acme_sort(int *values, size_t count, int (*compare)(const void *, const void *));
int acme_compare(const void *left, const void *right);

int acme_sum(int count, ...);
int acme_vsum(int count, va_list list);
int acme_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *acme_translate(const char *text) __attribute__((format_arg(1)));
int acme_list(const char *first, ...) __attribute__((sentinel));

void *acme_alloc(size_t size) __attribute__((malloc, alloc_size(1), returns_nonnull, warn_unused_result));
void acme_free(void *block);
size_t acme_length(const char *text) __attribute__((nonnull(1), pure));
int acme_square(int number) __attribute__((const, nothrow));
int acme_old(int number) __attribute__((deprecated("use acme_inc")));
int acme_shared(int number), acme_shared_too(int number);
extern int acme_renamed(int number) __asm__("acme_renamed_v2");

extern jmp_buf acme_landing;
#ifdef __cplusplus
[[noreturn]]
#else
_Noreturn
#endif
void acme_leave(int code);

/* What real headers do to their own functions. */
#define acme_twice(number) (acme_add((number), (number)))
#define acme_checked(number) acme_checked(number)
int (acme_checked)(int number);
#define acme_macro_only(number) acme_renamed_too(number)
int acme_renamed_too(int number);

/* Counts a call of a function whose body is in a header. */
void acme_counts_inline(const char *symbol);
static inline int acme_header_inc(int number) { return acme_inc(number) + 100; }

#ifdef __cplusplus
}
#endif
#endif
