#include "instead_of_exec.hpp"

#include <unistd.h>

#include <cerrno>

namespace tripwire::plugins {

namespace {

thread_local const InsteadOfExec *current = nullptr;

} // namespace

InsteadOfExec::InsteadOfExec(const ProcessMock &mock, const plugin::Recorded &recorded) noexcept
    : mock_(mock), recorded_(recorded), parent_(getpid()) {
  current = this;
}

InsteadOfExec::~InsteadOfExec() { current = nullptr; }

const InsteadOfExec *InsteadOfExec::of_this_child() noexcept {
  return current != nullptr && current->parent_ != getpid() ? current : nullptr;
}

void InsteadOfExec::play() const {
  if (mock_.failure == 0)
    play_process(mock_.outcome, recorded_);
  errno = mock_.failure;
}

void use_instead_of_exec() noexcept {}

} // namespace tripwire::plugins

// What libuv calls, as the definition in the program goes before the one in libc.
extern "C" int execvp(const char *file, char *const argv[]) noexcept {
  if (const auto *instead = tripwire::plugins::InsteadOfExec::of_this_child()) {
    instead->play();
    return -1;
  }
  return execvpe(file, argv, environ);
}
