// the seams of processes --(handlers)--> what the test says that they do
#include "plugin.hpp"

#include "handlers.hpp"
#include "hints.hpp"

#include <tripwire/plugins/process_mock.hpp>

// What the build makes of seams.yaml.
extern const tripwire::plugin::Manifest tripwire_manifest_subprocess;

namespace tripwire::plugins {

namespace {

class SubprocessPlugin final : public plugin::Plugin {
public:
  SubprocessPlugin() : Plugin(tripwire_manifest_subprocess, "<tripwire/plugins/subprocess.hpp>") {
    follow_process_starts();
    observe("system", &process::on_system);
    observe("posix_spawn", &process::on_posix_spawn);
    observe("posix_spawnp", &process::on_posix_spawn);
    observe("execl", &process::on_execl);
    observe("execlp", &process::on_execl);
    observe("execle", &process::on_execle);
    observe("execv", &process::on_execv);
    observe("execvp", &process::on_execv);
    observe("execvpe", &process::on_execve);
    observe("execve", &process::on_execve);
    observe("fexecve", &process::on_fexecve);
    observe("execveat", &process::on_execveat);
    observe("fork", &process::on_fork);
    observe("_Fork", &process::on_quiet_fork);
    observe("wait", &process::on_wait);
    observe("waitpid", &process::on_waitpid);
    observe("wait4", &process::on_waitpid);
    observe("wait3", &process::on_wait3);
    observe("waitid", &process::on_waitid);
    const auto always = plugin::Watch::always;
    observe("posix_spawn_file_actions_init", &process::on_actions_init, always);
    observe("posix_spawn_file_actions_destroy", &process::on_actions_destroy, always);
    observe("posix_spawn_file_actions_addopen", &process::on_add_open, always);
    observe("posix_spawn_file_actions_addclose", &process::on_add_close, always);
    observe("posix_spawn_file_actions_adddup2", &process::on_add_dup2, always);
    observe("posix_spawn_file_actions_addchdir_np", &process::on_add_chdir, always);
    observe("posix_spawn_file_actions_addfchdir_np", &process::on_add_fchdir, always);
    observe("posix_spawn_file_actions_addclosefrom_np", &process::on_add_closefrom, always);
    observe("posix_spawn_file_actions_addtcsetpgrp_np", &process::on_add_tcsetpgrp, always);
    observe("access", &process::on_access);
    observe("eaccess", &process::on_access);
    observe("euidaccess", &process::on_access);
    observe("faccessat", &process::on_faccessat);
  }

  void test_begins() noexcept override { process_test_begins(); }
  std::string mock_line(const plugin::Description &call) const override { return subprocess_mock_statement(call); }
  std::string assert_line(const plugin::Description &interaction) const override {
    return subprocess_assert_statement(interaction);
  }
};

} // namespace

plugin::Plugin &subprocess_plugin() {
  static SubprocessPlugin plugin;
  return plugin;
}

namespace {

// Linking this file is registering it, before main.
[[maybe_unused]] const plugin::Plugin &registered = subprocess_plugin();

} // namespace

} // namespace tripwire::plugins

// What the CMake target asks the linker for, so that the plugin is there also when no test names it.
extern "C" void tripwire_plugin_subprocess() {}
