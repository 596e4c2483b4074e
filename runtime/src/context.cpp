// which sandbox and which verifier a call belongs to
#include "context.hpp"

#include "inherit.hpp"
#include "registry.hpp"
#include "verifier_state.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace tripwire::runtime {

namespace {

thread_local Context of_this_thread;
std::atomic<std::uint32_t> threads_seen{0};

// Of an archive the linker takes what is named: this takes the definitions that start threads along, in every program.
[[gnu::used]] auto *const takes_along = &starts_threads;

} // namespace

Context &context() noexcept { return of_this_thread; }

std::uint32_t new_thread_number(Context &of) noexcept {
  of.thread = threads_seen.fetch_add(1, std::memory_order_relaxed) + 1;
  return of.thread;
}

Process &Process::instance() noexcept {
  alignas(Process) static unsigned char storage[sizeof(Process)];
  static Process *const process = ::new (storage) Process;
  return *process;
}

VerifierState &Process::current(const Context &of) noexcept {
  if (of.verifier != nullptr) {
    return *of.verifier;
  }
  if (VerifierState *inherited = of.inherited != nullptr ? inherited_verifier(of) : nullptr) {
    return *inherited;
  }
  if (VerifierState *test = test_.load(std::memory_order_acquire)) {
    return *test;
  }
  return whole_program();
}

VerifierState &Process::make_whole_program() {
  // A program without a test framework and without a Session: one verifier for all of it.
  static VerifierState *const verifier = new VerifierState("");
  return *verifier;
}

VerifierState &Process::whole_program() noexcept {
  try {
    return make_whole_program();
  } catch (const std::bad_alloc &) {
    std::fputs("tripwire: out of memory before the first test\n", stderr);
    std::abort();
  }
}

VerifierState *Process::set_test(VerifierState *verifier) noexcept {
  return test_.exchange(verifier, std::memory_order_acq_rel);
}

SandboxState *Process::open(Context &of, VerifierState &verifier) {
  const std::lock_guard<std::mutex> lock(mutex_);
  SandboxState *state = nullptr;
  if (spare_.empty()) {
    spare_.reserve(made_ + 1); // closing finds room for it
    state = new SandboxState;
    ++made_;
  } else {
    state = spare_.back();
    spare_.pop_back();
  }
  state->verifier.store(&verifier, std::memory_order_relaxed);
  state->id.store(next_id_++, std::memory_order_release);
  state->outer = of.sandbox;
  state->below = nullptr;
  const auto mine = std::find_if(open_.begin(), open_.end(), [&](const Open &one) { return one.thread == &of; });
  if (mine == open_.end()) {
    open_.push_back({&of, state});
  } else {
    state->below = mine->innermost;
    mine->innermost = state;
  }
  of.sandbox = state;
  of.opened = true;
  refresh();
  return state;
}

void Process::close(Context &of, SandboxState *sandbox) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto mine = std::find_if(open_.begin(), open_.end(), [&](const Open &one) { return one.thread == &of; });
  of.last_sandbox = sandbox->id.exchange(0, std::memory_order_acq_rel);
  of.sandbox = sandbox->outer;
  if (mine != open_.end()) {
    if (sandbox->below == nullptr) {
      open_.erase(mine);
    } else {
      mine->innermost = sandbox->below;
    }
  }
  spare_.push_back(sandbox);
  refresh();
}

void Process::forked(const Context &of) noexcept {
  const std::lock_guard<std::mutex> lock(mutex_);
  open_.erase(std::remove_if(open_.begin(), open_.end(), [&](const Open &one) { return one.thread != &of; }),
              open_.end());
  refresh();
}

void Process::refresh() noexcept {
  only_.store(open_.size() == 1 ? open_.front().innermost : nullptr, std::memory_order_release);
  threads_.store(static_cast<int>(open_.size()), std::memory_order_release);
}

} // namespace tripwire::runtime
