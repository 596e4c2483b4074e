// popen.new_session(...) --> the answer to popen, and the one to pclose of the stream that it gave
#ifndef TRIPWIRE_PLUGINS_POPEN_MOCK_HPP
#define TRIPWIRE_PLUGINS_POPEN_MOCK_HPP

#include <tripwire/plugins/popen.hpp>

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace tripwire::plugins {

class PopenSpawnMock;

/// The end of a session: answers pclose of its stream.
class PopenWaitMock final : public plugin::Mock {
public:
  PopenWaitMock() { set_required(false); }

  /// The session has started.
  void bind(std::uintptr_t stream, std::string command) {
    command_ = std::move(command);
    stream_ = stream;
    set_required(true);
  }
  bool matches(const plugin::Description &call) const override {
    return stream_ != 0 && call.find("mode") == nullptr && call.handle() != nullptr && *call.handle() == stream_;
  }
  std::string describe() const override { return "pclose of the process " + command_; }

private:
  std::string command_;
  std::atomic<std::uintptr_t> stream_{0};
};

/// The begin of a session: answers popen.
class PopenSpawnMock final : public ProcessMock {
public:
  explicit PopenSpawnMock(const ProcessExpected &command) : ProcessMock("new_session", command, false) {}

  bool matches(const plugin::Description &call) const override {
    return call.find("mode") != nullptr && ProcessMock::matches(call);
  }

  PopenWaitMock *end = nullptr; ///< lives as long
};

/// Both, made for real.
class PopenPassThrough final : public ProcessMock {
public:
  explicit PopenPassThrough(const ProcessExpected &command) : ProcessMock("pass_through", command, true) {
    set_always();
  }
};

} // namespace tripwire::plugins

#endif
