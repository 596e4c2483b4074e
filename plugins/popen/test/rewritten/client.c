#define _GNU_SOURCE
#include <stdio.h>

int c_close(const char *command);

/* -2 when nothing was opened. */
int c_close(const char *command) {
  FILE *stream = popen(command, "r");
  return stream == NULL ? -2 : pclose(stream);
}
