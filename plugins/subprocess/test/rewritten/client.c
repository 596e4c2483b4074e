#define _GNU_SOURCE
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

int c_shell(const char *command);
int c_spawn(const char *name);
int c_exec(const char *name);

int c_shell(const char *command) { return system(command); }

int c_spawn(const char *name) {
  char word[64] = "";
  char *words[] = {word, NULL};
  pid_t process = 0;
  for (size_t at = 0; at + 1 < sizeof word && name[at] != '\0'; ++at)
    word[at] = name[at];
  return posix_spawnp(&process, name, NULL, NULL, words, environ);
}

int c_exec(const char *name) {
  int status = 0;
  const pid_t child = fork();
  if (child == 0) {
    execlp(name, name, "from c", NULL);
    _exit(errno == EPERM ? 99 : 98);
  }
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
