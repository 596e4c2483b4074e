#include <fcntl.h>
#include <stdio.h>

int c_open(const char *path);
int c_save(const char *path, const char *text);

int c_open(const char *path) { return open(path, O_RDONLY); }

int c_save(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  if (file == NULL)
    return -1;
  fputs(text, file);
  return fclose(file);
}
