// each seam of the plugin, and who handles it
#ifndef TRIPWIRE_PLUGINS_SUBPROCESS_HANDLERS_HPP
#define TRIPWIRE_PLUGINS_SUBPROCESS_HANDLERS_HPP

#include <tripwire/plugin.hpp>

#include <cstddef>
#include <cstring>

namespace tripwire::plugins::process {

/// An argument by its number; of a type of that size.
template <class T> T argument(const plugin::Visit &visit, std::size_t index) {
  T value{};
  std::memcpy(&value, visit.argument(index).address, sizeof value);
  return value;
}

void on_system(plugin::Visit &visit);
void on_posix_spawn(plugin::Visit &visit);

void on_execl(plugin::Visit &visit);
void on_execle(plugin::Visit &visit);
void on_execv(plugin::Visit &visit);
void on_execve(plugin::Visit &visit);
void on_fexecve(plugin::Visit &visit);
void on_execveat(plugin::Visit &visit);

void on_fork(plugin::Visit &visit);
void on_quiet_fork(plugin::Visit &visit);
void on_wait(plugin::Visit &visit);
void on_waitpid(plugin::Visit &visit);
void on_wait3(plugin::Visit &visit);
void on_waitid(plugin::Visit &visit);

void on_actions_init(plugin::Visit &visit);
void on_actions_destroy(plugin::Visit &visit);
void on_add_open(plugin::Visit &visit);
void on_add_close(plugin::Visit &visit);
void on_add_dup2(plugin::Visit &visit);
void on_add_chdir(plugin::Visit &visit);
void on_add_fchdir(plugin::Visit &visit);
void on_add_closefrom(plugin::Visit &visit);
void on_add_tcsetpgrp(plugin::Visit &visit);

void on_access(plugin::Visit &visit);
void on_faccessat(plugin::Visit &visit);

} // namespace tripwire::plugins::process

#endif
