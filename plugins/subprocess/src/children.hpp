// real processes that the program started --(Children)--> their interactions, until somebody waits for them
#ifndef TRIPWIRE_PLUGINS_SUBPROCESS_CHILDREN_HPP
#define TRIPWIRE_PLUGINS_SUBPROCESS_CHILDREN_HPP

#include <tripwire/plugin.hpp>

#include <map>
#include <mutex>
#include <sys/types.h>

namespace tripwire::plugins::process {

/// Of one test. Thread-safe.
class Children {
public:
  void add(pid_t child, plugin::Recorded recorded);
  /// It has ended, and is nobody's child any more. \p status as `waitpid` gives it. Unknown ones are none of ours.
  void ended(pid_t child, int status);

private:
  std::mutex mutex_;
  std::map<pid_t, plugin::Recorded> running_;
};

} // namespace tripwire::plugins::process

#endif
