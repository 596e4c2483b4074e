// async_subprocess.new_session(...) --> the answer to uv_spawn, and the one to uv_process_kill of its handle
#ifndef TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_MOCK_HPP
#define TRIPWIRE_PLUGINS_ASYNC_SUBPROCESS_MOCK_HPP

#include <tripwire/plugins/async_subprocess.hpp>

#include <atomic>
#include <cstdint>
#include <string>

namespace tripwire::plugins {

/// What tells a start from a signal that is sent.
inline bool is_async_spawn(const plugin::Description &call) { return call.find("binary") != nullptr; }

/// Answers uv_process_kill: the process that is played gets the signal.
class AsyncKillMock final : public plugin::Mock {
public:
  AsyncKillMock() {
    set_always();
    set_required(false);
  }

  /// The session has started.
  void bind(std::uintptr_t handle, std::string command, bool has_to_be_killed) {
    command_ = std::move(command);
    handle_ = handle;
    set_required(has_to_be_killed);
  }
  bool matches(const plugin::Description &call) const override {
    return handle_ != 0 && !is_async_spawn(call) && call.handle() != nullptr && *call.handle() == handle_;
  }
  std::string describe() const override { return "uv_process_kill of " + command_; }

private:
  std::string command_;
  std::atomic<std::uintptr_t> handle_{0};
};

/// Answers uv_spawn.
class AsyncSpawnMock final : public ProcessMock {
public:
  explicit AsyncSpawnMock(const ProcessExpected &command) : ProcessMock("new_session", command, false) {}

  bool matches(const plugin::Description &call) const override {
    return is_async_spawn(call) && ProcessMock::matches(call);
  }

  AsyncKillMock *kill = nullptr; ///< lives as long
  AsyncSession session{*this, outcome, failure};
};

/// Both, made for real.
class AsyncPassThrough final : public ProcessMock {
public:
  explicit AsyncPassThrough(const ProcessExpected &command) : ProcessMock("pass_through", command, true) {
    set_always();
  }
};

} // namespace tripwire::plugins

#endif
