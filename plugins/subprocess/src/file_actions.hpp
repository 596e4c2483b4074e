// posix_spawn_file_actions_add* --(FileActions)--> what is done in the child of a spawn that is played
#ifndef TRIPWIRE_PLUGINS_SUBPROCESS_FILE_ACTIONS_HPP
#define TRIPWIRE_PLUGINS_SUBPROCESS_FILE_ACTIONS_HPP

#include <spawn.h>
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace tripwire::plugins::process {

/// One action. libc tells nobody what it was given, so it is followed from the start of the program.
struct FileAction {
  enum class Kind : unsigned char { open, close, dup2, chdir, fchdir, closefrom, tcsetpgrp } kind;
  int descriptor = -1; ///< the one that is opened, closed, made; the first one of `closefrom`; a terminal
  int source = -1;     ///< of `dup2` and `fchdir`
  std::string path;
  int flags = 0;
  mode_t mode = 0;
};

using FileActions = std::vector<FileAction>;

/// A copy of what was added; nothing when the object is not known: code that is not rewritten has made it.
std::optional<FileActions> actions_of(const posix_spawn_file_actions_t *actions);

/// Does them in this process. \return an errno, or 0.
int apply(const FileActions &actions);
/// Puts into effect what the attributes say. \return an errno, or 0.
int apply(const posix_spawnattr_t &attributes);
/// Their flags by name, with ` | ` between them; empty for none.
std::string name_of_flags(const posix_spawnattr_t &attributes);
/// The folder that the child ends up in; empty when it stays.
std::string folder_after(const FileActions &actions);

} // namespace tripwire::plugins::process

#endif
