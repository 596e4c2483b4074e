// which sandbox and which verifier a call belongs to
#ifndef TRIPWIRE_SRC_CONTEXT_HPP
#define TRIPWIRE_SRC_CONTEXT_HPP

#include "tripwire/seam/slot.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

namespace tripwire::runtime {

struct VerifierState;

/// One open sandbox. Recycled, never freed: a thread may still look at it while it closes.
struct SandboxState {
  std::atomic<std::uint64_t> id{0}; ///< 0 while it is not open
  std::atomic<VerifierState *> verifier{nullptr};
  SandboxState *outer = nullptr; ///< of the same thread and the same work
  SandboxState *below = nullptr; ///< the innermost one of the thread before this was opened
};

struct Inheritance;

/// What this thread is in: the user's function computes the answer of a seam, or the real function of one runs. Without
/// a slot, a matcher, a printer or a copy of the user's, whose calls all reach the real functions.
struct Answering {
  const seam::Slot *slot;
  Answering *outer;
  const void *frame = nullptr; ///< of who made the real call; null when the user's function computes the answer
};

/// What a thread knows. Constant-initialised, trivially destroyed.
struct Context {
  SandboxState *sandbox = nullptr;   ///< the innermost that this thread opened
  VerifierState *verifier = nullptr; ///< that this thread made for itself
  Inheritance *inherited = nullptr;  ///< from who started this thread, or handed over the work that it does
  Answering *answering = nullptr;
  std::uint64_t last_sandbox = 0; ///< the id of the last one that a call of this thread belonged to
  VerifierState *last_verifier = nullptr;
  std::uint32_t thread = 0; ///< numbered from 1 in the order of first use
  unsigned handling = 0;    ///< handlers of plugins that run
  bool working = false;     ///< on what another thread handed over
  bool opened = false;      ///< this thread has opened a sandbox of its own, or runs the tests
};

Context &context() noexcept;

/// The user's code that runs while this lives is called by tripwire itself: to compare, to print or to copy a value.
class Aside {
public:
  Aside() noexcept : of_(context()), mark_{nullptr, of_.answering} { of_.answering = &mark_; }
  Aside(const Aside &) = delete;
  Aside &operator=(const Aside &) = delete;
  ~Aside() { of_.answering = mark_.outer; }

private:
  Context &of_;
  Answering mark_;
};
inline bool is_aside(const Context &of) noexcept { return of.answering != nullptr && of.answering->slot == nullptr; }

/// The number of this thread.
std::uint32_t new_thread_number(Context &of) noexcept;
inline std::uint32_t thread_number(Context &of) noexcept { return of.thread != 0 ? of.thread : new_thread_number(of); }

/// What an inherited context says of a call.
struct Inherited {
  VerifierState *verifier; ///< null when its test is over
  std::uint64_t sandbox;
  bool open; ///< false: all that was inherited has closed
};
/// Only where \p of has inherited something. False when that holds no sandbox.
bool inherited_route(const Context &of, Inherited &found) noexcept;
/// The verifier that was inherited; null when there is none, or its test is over.
VerifierState *inherited_verifier(const Context &of) noexcept;

/// The process's one home of what is not a thread's: verifiers and open sandboxes. Never destroyed.
class Process {
public:
  static Process &instance() noexcept;

  /// The verifier that registrations and calls of this thread belong to; there always is one.
  VerifierState &current(const Context &of) noexcept;
  /// The one for what belongs to no test.
  VerifierState &whole_program() noexcept;
  /// The same, as long as it is not made; afterwards none of the others needs memory.
  VerifierState &make_whole_program();
  /// The test's verifier, for all threads without their own. \return the one before.
  VerifierState *set_test(VerifierState *verifier) noexcept;
  VerifierState *test() const noexcept { return test_.load(std::memory_order_acquire); }

  SandboxState *open(Context &of, VerifierState &verifier);
  void close(Context &of, SandboxState *sandbox) noexcept;
  /// The only open sandbox (the innermost of the only thread that has some); null when there is none or several.
  SandboxState *only() const noexcept { return only_.load(std::memory_order_acquire); }
  /// In a child that \p of's thread forked: the sandboxes of other threads are not open there.
  void forked(const Context &of) noexcept;
  /// For a fork, which takes it first.
  std::mutex &mutex() noexcept { return mutex_; }
  bool several() const noexcept { return threads_.load(std::memory_order_acquire) > 1; }

private:
  struct Open {
    const Context *thread;
    SandboxState *innermost;
  };
  void refresh() noexcept;

  std::mutex mutex_;
  std::vector<Open> open_;
  std::vector<SandboxState *> spare_;
  std::size_t made_ = 0;
  std::uint64_t next_id_ = 1;
  std::atomic<SandboxState *> only_{nullptr};
  std::atomic<int> threads_{0};
  std::atomic<VerifierState *> test_{nullptr};
};

} // namespace tripwire::runtime

#endif
