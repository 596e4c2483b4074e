// a scope in which seamed calls meet mocks
#ifndef TRIPWIRE_SANDBOX_HPP
#define TRIPWIRE_SANDBOX_HPP

#include <cstdint>

namespace tripwire {

namespace runtime {
struct SandboxState;
}

/// While it lives, every seamed call of this thread is answered, allowed or refused, and recorded. Nests. Opens and
/// closes on one thread; threads that no sandbox was opened in use the only one that is open.
class [[nodiscard]] Sandbox {
public:
  /// Opens in the current verifier. Throws what plugins throw while they activate; then nothing stays open.
  Sandbox();
  Sandbox(const Sandbox &) = delete;
  Sandbox &operator=(const Sandbox &) = delete;
  ~Sandbox();

  /// Strictly increasing in the process, never reused.
  std::uint64_t id() const noexcept;

private:
  runtime::SandboxState *state_;
};

} // namespace tripwire

#endif
