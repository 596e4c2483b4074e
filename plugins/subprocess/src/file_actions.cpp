#include "file_actions.hpp"

#include "handlers.hpp"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <map>
#include <mutex>

namespace tripwire::plugins::process {

namespace {

using plugin::Visit;

struct Followed {
  std::mutex mutex;
  std::map<const posix_spawn_file_actions_t *, FileActions> all;
};

Followed &followed() {
  static auto *const all = new Followed;
  return *all;
}

const posix_spawn_file_actions_t *subject(const Visit &visit) {
  return argument<const posix_spawn_file_actions_t *>(visit, 0);
}

/// Makes the real call, and keeps what was added when libc has.
void add(Visit &visit, FileAction action) {
  visit.make_real();
  if (visit.result<int>() != 0)
    return;
  const std::lock_guard<std::mutex> lock(followed().mutex);
  const auto found = followed().all.find(subject(visit));
  if (found != followed().all.end())
    found->second.push_back(std::move(action));
}

FileAction action(FileAction::Kind kind, int descriptor) {
  FileAction made{};
  made.kind = kind;
  made.descriptor = descriptor;
  return made;
}

/// As libc does: what a group in the background asks for must not stop it.
int set_foreground(int terminal) {
  sigset_t stop{};
  sigset_t before{};
  sigemptyset(&stop);
  sigaddset(&stop, SIGTTOU);
  sigprocmask(SIG_BLOCK, &stop, &before);
  const int error = tcsetpgrp(terminal, getpgrp()) != 0 ? errno : 0;
  sigprocmask(SIG_SETMASK, &before, nullptr);
  return error;
}

int apply(const FileAction &one) {
  switch (one.kind) {
  case FileAction::Kind::open: {
    const int opened = open(one.path.c_str(), one.flags, one.mode);
    if (opened < 0)
      return errno;
    if (opened == one.descriptor)
      return 0;
    const bool is_made = dup2(opened, one.descriptor) >= 0;
    const int error = errno;
    close(opened);
    return is_made ? 0 : error;
  }
  case FileAction::Kind::close:
    close(one.descriptor); // one that is closed already is no error
    return 0;
  case FileAction::Kind::dup2:
    if (one.source == one.descriptor) { // it is to stay open
      const int flags = fcntl(one.source, F_GETFD);
      return flags < 0 || fcntl(one.source, F_SETFD, flags & ~FD_CLOEXEC) < 0 ? errno : 0;
    }
    return dup2(one.source, one.descriptor) < 0 ? errno : 0;
  case FileAction::Kind::chdir:
    return chdir(one.path.c_str()) != 0 ? errno : 0;
  case FileAction::Kind::fchdir:
    return fchdir(one.source) != 0 ? errno : 0;
  case FileAction::Kind::closefrom: {
    const long last = sysconf(_SC_OPEN_MAX);
    if (close_range(static_cast<unsigned>(one.descriptor), ~0U, 0) != 0)
      for (long descriptor = one.descriptor; descriptor < last; ++descriptor)
        close(static_cast<int>(descriptor));
    return 0;
  }
  case FileAction::Kind::tcsetpgrp:
    return set_foreground(one.descriptor);
  }
  return 0;
}

} // namespace

std::optional<FileActions> actions_of(const posix_spawn_file_actions_t *actions) {
  if (actions == nullptr)
    return FileActions();
  const std::lock_guard<std::mutex> lock(followed().mutex);
  const auto found = followed().all.find(actions);
  return found == followed().all.end() ? std::nullopt : std::optional<FileActions>(found->second);
}

int apply(const FileActions &actions) {
  for (const FileAction &one : actions) {
    if (const int error = apply(one); error != 0)
      return error;
  }
  return 0;
}

int apply(const posix_spawnattr_t &attributes) {
  short flags = 0;
  posix_spawnattr_getflags(&attributes, &flags);
  const auto has = [flags](int flag) { return (flags & flag) != 0; };
  if (has(POSIX_SPAWN_SETSIGDEF)) {
    sigset_t defaults{};
    posix_spawnattr_getsigdefault(&attributes, &defaults);
    for (int number = 1; number < NSIG; ++number) {
      if (sigismember(&defaults, number) == 1)
        std::signal(number, SIG_DFL);
    }
  }
  sched_param parameter{};
  int policy = 0;
  posix_spawnattr_getschedparam(&attributes, &parameter);
  posix_spawnattr_getschedpolicy(&attributes, &policy);
  if (has(POSIX_SPAWN_SETSCHEDULER)) {
    if (sched_setscheduler(0, policy, &parameter) < 0)
      return errno;
  } else if (has(POSIX_SPAWN_SETSCHEDPARAM) && sched_setparam(0, &parameter) < 0) {
    return errno;
  }
  if (has(POSIX_SPAWN_SETSID) && setsid() < 0)
    return errno;
  pid_t group = 0;
  posix_spawnattr_getpgroup(&attributes, &group);
  if (has(POSIX_SPAWN_SETPGROUP) && setpgid(0, group) < 0)
    return errno;
  if (has(POSIX_SPAWN_RESETIDS) && (setegid(getgid()) < 0 || seteuid(getuid()) < 0))
    return errno;
  if (has(POSIX_SPAWN_SETSIGMASK)) {
    sigset_t mask{};
    posix_spawnattr_getsigmask(&attributes, &mask);
    sigprocmask(SIG_SETMASK, &mask, nullptr);
  }
  return 0;
}

std::string name_of_flags(const posix_spawnattr_t &attributes) {
  static constexpr struct {
    int flag;
    const char *name;
  } known[] = {{POSIX_SPAWN_RESETIDS, "POSIX_SPAWN_RESETIDS"},
               {POSIX_SPAWN_SETPGROUP, "POSIX_SPAWN_SETPGROUP"},
               {POSIX_SPAWN_SETSIGDEF, "POSIX_SPAWN_SETSIGDEF"},
               {POSIX_SPAWN_SETSIGMASK, "POSIX_SPAWN_SETSIGMASK"},
               {POSIX_SPAWN_SETSCHEDPARAM, "POSIX_SPAWN_SETSCHEDPARAM"},
               {POSIX_SPAWN_SETSCHEDULER, "POSIX_SPAWN_SETSCHEDULER"},
               {POSIX_SPAWN_SETSID, "POSIX_SPAWN_SETSID"}};
  short flags = 0;
  posix_spawnattr_getflags(&attributes, &flags);
  std::string text;
  for (const auto &[flag, name] : known) {
    if ((flags & flag) != 0)
      text += (text.empty() ? "" : " | ") + std::string(name);
  }
  return text;
}

std::string folder_after(const FileActions &actions) {
  std::string folder;
  for (const FileAction &one : actions) {
    if (one.kind == FileAction::Kind::chdir)
      folder = one.path;
    if (one.kind == FileAction::Kind::fchdir) {
      char path[PATH_MAX];
      const ssize_t size = readlink(("/proc/self/fd/" + std::to_string(one.source)).c_str(), path, sizeof path);
      folder = size < 0 ? std::string() : std::string(path, static_cast<std::size_t>(size));
    }
  }
  return folder;
}

void on_actions_init(Visit &visit) {
  visit.make_real();
  const std::lock_guard<std::mutex> lock(followed().mutex);
  followed().all[subject(visit)].clear();
}

void on_actions_destroy(Visit &visit) {
  {
    const std::lock_guard<std::mutex> lock(followed().mutex);
    followed().all.erase(subject(visit));
  }
  visit.make_real();
}

void on_add_open(Visit &visit) {
  FileAction made = action(FileAction::Kind::open, argument<int>(visit, 1));
  made.path = argument<const char *>(visit, 2);
  made.flags = argument<int>(visit, 3);
  made.mode = argument<mode_t>(visit, 4);
  add(visit, std::move(made));
}

void on_add_close(Visit &visit) { add(visit, action(FileAction::Kind::close, argument<int>(visit, 1))); }

void on_add_dup2(Visit &visit) {
  FileAction made = action(FileAction::Kind::dup2, argument<int>(visit, 2));
  made.source = argument<int>(visit, 1);
  add(visit, std::move(made));
}

void on_add_chdir(Visit &visit) {
  FileAction made = action(FileAction::Kind::chdir, -1);
  made.path = argument<const char *>(visit, 1);
  add(visit, std::move(made));
}

void on_add_fchdir(Visit &visit) {
  FileAction made = action(FileAction::Kind::fchdir, -1);
  made.source = argument<int>(visit, 1);
  add(visit, std::move(made));
}

void on_add_closefrom(Visit &visit) { add(visit, action(FileAction::Kind::closefrom, argument<int>(visit, 1))); }

void on_add_tcsetpgrp(Visit &visit) { add(visit, action(FileAction::Kind::tcsetpgrp, argument<int>(visit, 1))); }

} // namespace tripwire::plugins::process
