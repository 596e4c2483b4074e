// a compiler's command --(timed_compiler)--> the same command run, and what it cost as a line in a log
//   TRIPWIRE_BENCH_COMPILER is the compiler that stands behind this program, TRIPWIRE_BENCH_LOG the log.
//   Each line: preprocess|check|compile SECONDS-OF-PROCESSOR-TIME KILOBYTES
#include <cstdio>
#include <cstdlib>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

const char *kind_of(int argc, char **argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "-E") {
      return "preprocess";
    }
    if (word == "-fsyntax-only") {
      return "check";
    }
  }
  return "compile";
}

double seconds(const timeval &time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

} // namespace

int main(int argc, char **argv) {
  const char *compiler = std::getenv("TRIPWIRE_BENCH_COMPILER");
  if (compiler == nullptr) {
    return 2;
  }
  const pid_t child = fork();
  if (child == 0) {
    argv[0] = const_cast<char *>(compiler);
    execv(compiler, argv);
    _exit(127);
  }
  int status = 0;
  rusage used{};
  if (child < 0 || wait4(child, &status, 0, &used) != child) {
    return 127;
  }
  if (const char *log = std::getenv("TRIPWIRE_BENCH_LOG"); log != nullptr) {
    if (std::FILE *file = std::fopen(log, "a"); file != nullptr) {
      std::fprintf(file, "%s %.6f %ld\n", kind_of(argc, argv), seconds(used.ru_utime) + seconds(used.ru_stime),
                   used.ru_maxrss);
      std::fclose(file);
    }
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
