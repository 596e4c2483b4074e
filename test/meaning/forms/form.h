/* FORM(name) { ... } --> one way to write a reference: it prints what came of it */
#ifndef MEANING_FORM_H
#define MEANING_FORM_H

#include <stdio.h>

#ifdef __cplusplus
extern "C"
#endif
void form_add(const char *name, void (*form)(void));

#define FORM(name) FORM_NAMED(name)
#define FORM_NAMED(name)                                                                                               \
  static void form_##name(void);                                                                                       \
  __attribute__((constructor)) static void add_form_##name(void) { form_add(#name, form_##name); }                     \
  static void form_##name(void)

#define SHOW(number) printf("%ld ", (long)(number))

#endif
