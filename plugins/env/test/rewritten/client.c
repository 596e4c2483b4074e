#define _GNU_SOURCE
#include <stdlib.h>

const char *c_get(const char *name);
int c_set(const char *name, const char *value);

const char *c_get(const char *name) { return getenv(name); }
int c_set(const char *name, const char *value) { return setenv(name, value, 1); }
