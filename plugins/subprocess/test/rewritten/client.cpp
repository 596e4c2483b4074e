#include "client.hpp"

#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace client {

namespace {

struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() { // none that a child keeps
    if (pipe2(ends, O_CLOEXEC) != 0)
      std::abort();
  }
  ~Pipe() { close_read(), close_write(); }
  void close_read() { close(ends[0]), ends[0] = -1; }
  void close_write() { close(ends[1]), ends[1] = -1; }
  int read_end() const { return ends[0]; }
  int write_end() const { return ends[1]; }
};

std::string rest_of(int descriptor) {
  std::string text;
  char bytes[4096];
  ssize_t count = 0;
  while ((count = read(descriptor, bytes, sizeof bytes)) > 0 || (count < 0 && errno == EINTR))
    text.append(bytes, count < 0 ? 0 : static_cast<std::size_t>(count));
  return text;
}

std::vector<char *> pointers(const Words &words) {
  std::vector<char *> all;
  for (const std::string &word : words)
    all.push_back(const_cast<char *>(word.c_str()));
  all.push_back(nullptr);
  return all;
}

struct Streams {
  Pipe in, out, err;
  void finish(Ended &ended, pid_t child, const std::string &input) {
    in.close_read(), out.close_write(), err.close_write();
    for (std::size_t at = 0; at < input.size();) {
      const ssize_t written = write(in.write_end(), input.data() + at, input.size() - at);
      if (written < 0)
        break;
      at += static_cast<std::size_t>(written);
    }
    in.close_write();
    ended.out = rest_of(out.read_end());
    ended.err = rest_of(err.read_end());
    waitpid(child, &ended.status, 0);
  }
};

} // namespace

int shell(const std::string &command) { return std::system(command.c_str()); }
int shell_quietly(const char *command) noexcept { return system(command); }

Ended spawn(const Words &words, const std::string &input) {
  Streams streams;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, streams.in.read_end(), 0);
  posix_spawn_file_actions_adddup2(&actions, streams.out.write_end(), 1);
  posix_spawn_file_actions_adddup2(&actions, streams.err.write_end(), 2);
  pid_t child = 0;
  Ended ended;
  ended.error = posix_spawnp(&child, words[0].c_str(), &actions, nullptr, pointers(words).data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (ended.error == 0)
    streams.finish(ended, child, input);
  return ended;
}

Ended spawn_with(const Words &words, const Spawn &how) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addclose(&actions, 77);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!how.folder.empty())
    posix_spawn_file_actions_addchdir_np(&actions, how.folder.c_str());
  if (!how.missing_file.empty())
    posix_spawn_file_actions_addopen(&actions, 1, how.missing_file.c_str(), O_WRONLY, 0);
  if (how.terminal >= 0)
    posix_spawn_file_actions_addtcsetpgrp_np(&actions, how.terminal);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  if (how.has_own_group)
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t child = 0;
  Ended ended;
  std::vector<char *> variables = pointers(how.variables);
  ended.error = posix_spawn(&child, how.path.c_str(), &actions, &attributes, pointers(words).data(),
                            how.has_variables ? variables.data() : environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (ended.error != 0)
    return ended;
  if (how.has_own_group)
    ended.out = getpgid(child) == child ? "own group" : "group of the parent";
  waitpid(child, &ended.status, 0);
  return ended;
}

int spawn_alone(const Words &words, pid_t *process) {
  return posix_spawnp(process, words[0].c_str(), nullptr, nullptr, pointers(words).data(), environ);
}

int spawn_by(const char *name, const posix_spawn_file_actions_t *actions) {
  pid_t child = 0;
  const Words words = {name};
  return posix_spawnp(&child, name, actions, nullptr, pointers(words).data(), environ);
}

int spawn_at(const char *path) {
  pid_t child = 0;
  const Words words = {"word"};
  return posix_spawn(&child, path, nullptr, nullptr, pointers(words).data(), environ);
}

namespace {

void exec_by(Exec how, const Words &words) {
  const char *name = words[0].c_str();
  char lang[] = "LANG=C";
  char *variables[] = {lang, nullptr};
  switch (how) {
  case Exec::l:
    execl(name, name, words[1].c_str(), nullptr);
    return;
  case Exec::lp:
    execlp(name, name, words[1].c_str(), static_cast<char *>(nullptr));
    return;
  case Exec::le:
    execle(name, name, words[1].c_str(), static_cast<char *>(nullptr), variables);
    return;
  case Exec::v:
    execv(name, pointers(words).data());
    return;
  case Exec::vp:
    execvp(name, pointers(words).data());
    return;
  case Exec::vpe:
    execvpe(name, pointers(words).data(), variables);
    return;
  case Exec::ve:
    execve(name, pointers(words).data(), variables);
    return;
  case Exec::f:
    fexecve(open(name, O_RDONLY | O_CLOEXEC), pointers(words).data(), variables);
    return;
  case Exec::at:
    execveat(AT_FDCWD, name, pointers(words).data(), variables, 0);
    return;
  case Exec::at_folder:
    execveat(open("/bin", O_RDONLY | O_DIRECTORY | O_CLOEXEC), "cat", pointers(words).data(), variables, 0);
    return;
  case Exec::at_file:
    execveat(open(name, O_RDONLY | O_CLOEXEC), "", pointers(words).data(), variables, AT_EMPTY_PATH);
    return;
  }
}

} // namespace

Ended fork_exec(Exec how, const Words &words, const std::string &input, const std::function<void()> &before) {
  Streams streams;
  const pid_t child = fork();
  Ended ended;
  if (child < 0) {
    ended.error = errno;
    return ended;
  }
  if (child == 0) {
    dup2(streams.in.read_end(), 0);
    dup2(streams.out.write_end(), 1);
    dup2(streams.err.write_end(), 2);
    if (before)
      before();
    exec_by(how, words);
    _exit(errno == EPERM ? 126 : 127);
  }
  streams.finish(ended, child, input);
  return ended;
}

int become(const Words &words) {
  errno = 0;
  execvp(words[0].c_str(), pointers(words).data());
  return errno;
}

int fork_exec_told(const Words &words) {
  Pipe told;
  const pid_t child = fork();
  if (child == 0) {
    exec_by(Exec::vp, words);
    const int error = errno;
    if (write(told.write_end(), &error, sizeof error) < 0)
      _exit(1);
    _exit(127);
  }
  told.close_write();
  int error = 0;
  if (read(told.read_end(), &error, sizeof error) <= 0)
    error = 0;
  waitpid(child, nullptr, 0);
  return error;
}

int quiet_fork_exec(const Words &words) {
  const pid_t child = _Fork();
  if (child == 0) {
    exec_by(Exec::vp, words);
    _exit(errno == EPERM ? 126 : 127);
  }
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

int vfork_exec(const Words &words) {
  const std::vector<char *> argv = pointers(words);
  const pid_t child = vfork();
  if (child == 0) {
    execv(argv[0], argv.data());
    _exit(errno == EPERM ? 126 : 127);
  }
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

std::string which(const std::string &name, const std::string &path) {
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::string candidate = path.substr(begin, end - begin) + "/" + name;
    if (access(candidate.c_str(), X_OK) == 0)
      return candidate;
    begin = end + 1;
  }
  return {};
}

bool can_read(const char *path) { return access(path, R_OK) == 0; }

pid_t make_child() { return fork(); }

int wait_for(pid_t process, int options) {
  int status = -1;
  return waitpid(process, &status, options) == process ? status : -1;
}

int wait_for_any(pid_t &process) {
  int status = -1;
  process = wait(&status);
  return status;
}

int wait_by_id(pid_t process) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(process), &info, WEXITED) == 0 ? info.si_status : -1;
}

int look_at(pid_t process) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOWAIT) == 0 ? info.si_status : -1;
}

namespace {

int end_with(void *code) { _exit(*static_cast<int *>(code)); }

} // namespace

int clone_child(int code) {
  alignas(16) static char stack[64 * 1024];
  const pid_t child = clone(&end_with, stack + sizeof stack, SIGCHLD, &code);
  if (child < 0)
    return errno;
  waitpid(child, nullptr, 0);
  return 0;
}

int go_to_background() { return daemon(1, 1) == 0 ? 0 : errno; }

} // namespace client
