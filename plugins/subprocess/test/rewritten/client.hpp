// Code under test: starts processes in the ways that libc has.
#ifndef TRIPWIRE_TEST_SUBPROCESS_CLIENT_HPP
#define TRIPWIRE_TEST_SUBPROCESS_CLIENT_HPP

#include <functional>
#include <spawn.h>
#include <string>
#include <sys/types.h>
#include <vector>

namespace client {

/// How a process ended, and what it wrote.
struct Ended {
  int error = 0;   ///< an errno of starting it
  int status = -1; ///< as `waitpid` gives it
  std::string out;
  std::string err;
};

using Words = std::vector<std::string>;

int shell(const std::string &command);
int shell_quietly(const char *command) noexcept;

/// Pipes on all three descriptors; the input is written and closed.
Ended spawn(const Words &words, const std::string &input = "");
struct Spawn {
  std::string path;         ///< posix_spawn in place of posix_spawnp
  std::string folder;       ///< addchdir_np
  std::string missing_file; ///< addopen
  int terminal = -1;        ///< addtcsetpgrp_np
  std::vector<std::string> variables;
  bool has_variables = false;
  bool has_own_group = false;
};
Ended spawn_with(const Words &words, const Spawn &how);
/// Without pipes; only started.
int spawn_alone(const Words &words, pid_t *process);
int spawn_by(const char *name, const posix_spawn_file_actions_t *actions);
int spawn_at(const char *path);

enum class Exec { l, lp, le, v, vp, vpe, ve, f, at, at_folder, at_file };
/// fork, pipes, exec, waitpid. \p before runs in the child in front of exec.
Ended fork_exec(Exec how, const Words &words, const std::string &input = "", const std::function<void()> &before = {});
/// exec in this process.
int become(const Words &words);
/// A pipe that exec closes tells the parent whether it has happened. \return an errno of exec.
int fork_exec_told(const Words &words);

/// By _Fork. \return how the child ended.
int quiet_fork_exec(const Words &words);
/// By vfork. \return how the child ended.
int vfork_exec(const Words &words);

std::string which(const std::string &name, const std::string &path);
bool can_read(const char *path);

pid_t make_child();
int wait_for(pid_t process, int options = 0);
int wait_for_any(pid_t &process);
int wait_by_id(pid_t process);
/// How it ended, once it has; it can still be waited for.
int look_at(pid_t process);

/// A child by clone, which ends with that code. \return an errno, or 0.
int clone_child(int code);
/// \return an errno, or 0.
int go_to_background();

} // namespace client

extern "C" {
int c_shell(const char *command);
int c_spawn(const char *name);
int c_exec(const char *name);
}

#endif
