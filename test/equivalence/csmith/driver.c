/* `driver SECONDS [SEED...]` --> linked random programs, all or those, each run in a process of its own, with what it
   printed and how it ended */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* One random program. Made by run.py. */
struct RandomProgram {
  unsigned long seed;
  int (*run)(void);
};
extern const struct RandomProgram random_programs[];

static int is_wanted(unsigned long seed, int argc, char **argv) {
  for (int i = 2; i < argc; ++i)
    if (strtoul(argv[i], NULL, 10) == seed)
      return 1;
  return argc <= 2;
}

int main(int argc, char **argv) {
  const rlim_t seconds = argc > 1 ? strtoul(argv[1], NULL, 10) : 1;
  const struct rlimit limit = {seconds, seconds};
  for (const struct RandomProgram *program = random_programs; program->run != NULL; ++program) {
    if (!is_wanted(program->seed, argc, argv))
      continue;
    printf("\nseed %lu: ", program->seed);
    fflush(stdout);
    const pid_t child = fork();
    if (child < 0) {
      perror("fork");
      return 1;
    }
    if (child == 0) {
      setrlimit(RLIMIT_CPU, &limit);
      const int status = program->run();
      fflush(stdout);
      _exit(status);
    }
    int status = 0;
    if (waitpid(child, &status, 0) != child) {
      perror("waitpid");
      return 1;
    }
    printf("status %d", status);
  }
  printf("\n");
  return 0;
}
