// the sandboxes open where a thread is started or work is handed over --> the context of that thread, of that work
#ifndef TRIPWIRE_SRC_INHERIT_HPP
#define TRIPWIRE_SRC_INHERIT_HPP

#include "context.hpp"

#include <atomic>
#include <cstdint>
#include <vector>

namespace tripwire::runtime {

/// What one thread hands to another: the sandboxes that were open, and the verifier. Immutable, shared by counting.
/// A sandbox that has closed since is known by its id, which has changed.
struct Inheritance {
  struct Level {
    SandboxState *sandbox;
    std::uint64_t id;
    VerifierState *verifier;
  };

  std::atomic<std::uint32_t> holders{1};
  VerifierState *verifier = nullptr; ///< of the innermost sandbox, else the thread's own; null for the test's
  std::vector<Level> levels;         ///< innermost first
};

/// What a thread that \p of starts now is to inherit; the caller holds it. Null when there is nothing: no sandbox is
/// open for \p of, and it has no verifier of its own.
Inheritance *capture(const Context &of);
Inheritance *hold(Inheritance *inheritance) noexcept;
void release(Inheritance *inheritance) noexcept;

/// For as long as this thread lives, its destructors of thread-local objects included. Takes over the caller's hold.
void inherit_for_life(Inheritance *inheritance) noexcept;

/// True: this program's pthread_create and thrd_create hand contexts on.
bool starts_threads() noexcept;

} // namespace tripwire::runtime

#endif
