// the process that runs the test --(origin)--> what its children are compared with
#ifndef TRIPWIRE_PLUGINS_SUBPROCESS_ORIGIN_HPP
#define TRIPWIRE_PLUGINS_SUBPROCESS_ORIGIN_HPP

#include <map>
#include <string>
#include <sys/types.h>

namespace tripwire::plugins::process {

/// A process, as far as those that it starts have it from it.
struct Origin {
  pid_t process = 0; ///< that runs the test; 0 before any test
  std::map<std::string, std::string> variables;
  std::string folder;
  dev_t input_device = 0;
  ino_t input_node = 0;
  bool has_input = false;
};

/// The process that runs the test, as it was when it last forked, or when its test began. For its children, in which it
/// stays as it is; elsewhere only `process` does.
const Origin &origin() noexcept;
/// The same as it is now; in a child as it was. Thread-safe.
Origin origin_now();
/// This process is the child of a `vfork`: its parent stands still until it ends.
bool is_memory_borrowed() noexcept;
/// `A=B` by name; what has no `=` is left out.
std::map<std::string, std::string> variables_of(char *const *environment);
std::string current_folder();

} // namespace tripwire::plugins::process

#endif
