// how strict a test is about calls outside of a sandbox
#ifndef TRIPWIRE_GUARD_HPP
#define TRIPWIRE_GUARD_HPP

#include <cstdint>
#include <string_view>

namespace tripwire {

namespace runtime {
struct VerifierState;
}

/// What happens to a seamed call in the body of a test outside of a sandbox.
enum class Guard : unsigned char {
  error, ///< it is refused with `GuardedCallError`
  warn,  ///< one warning per call site, then the real call
  off,   ///< the real call
};

/// Sets the level for as long as it lives. The innermost one decides; below them, `tripwire.yaml` does. Holds for the
/// same threads as a scope of rules. An unknown plugin is a `ConfigurationError`.
class [[nodiscard]] GuardLevel {
public:
  GuardLevel(std::string_view plugin, Guard level);
  GuardLevel(const GuardLevel &) = delete;
  GuardLevel &operator=(const GuardLevel &) = delete;
  ~GuardLevel();

private:
  runtime::VerifierState *verifier_;
  std::uint64_t id_;
};

/// For every plugin, the project's own seams included.
[[nodiscard]] inline GuardLevel guard(Guard level) { return GuardLevel({}, level); }
/// For one plugin; `mock` stands for the project's own seams.
[[nodiscard]] inline GuardLevel guard(std::string_view plugin, Guard level) { return GuardLevel(plugin, level); }

} // namespace tripwire

#endif
