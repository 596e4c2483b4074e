// generated facts about a seam --> its slot, which exists before main and outlives everything
#ifndef TRIPWIRE_SEAM_SLOT_HPP
#define TRIPWIRE_SEAM_SLOT_HPP

#include "tripwire/seam/parameter.hpp"
#include "tripwire/seam/signature.hpp"
#include "tripwire/seam/transition.hpp"

#include <atomic>
#include <cstdint>
#include <string_view>

namespace tripwire::seam {

/// What a refused call answers where nothing may be thrown. An empty one says that the seam file declares no failure
/// value.
struct Failure {
  std::string_view text{};                         ///< `returns -1, errno EPERM`
  void (*answer)(void *result) noexcept = nullptr; ///< constructs the result in place and sets errno
};

/// Everything the generator knows of a seam. All text has static storage.
struct SlotFacts {
  std::string_view name;        ///< qualified, as a test names it: `acme::Client::send`, `config.cpp:parse_line`
  std::string_view symbol;      ///< of the object file; equal to the name when the seam has C linkage
  std::string_view plugin;      ///< empty when the project's own configuration asked for the seam
  std::string_view asked_for;   ///< file and line of the entry that did
  std::string_view key;         ///< `key<&seam>()`; empty where nothing can name it
  std::string_view wrapper_key; ///< `key<&wrapper>()`, for a test that is rewritten itself
  Signature signature;          ///< `signature<decltype(seam)>()`
  Parameters parameters;
  Parameter result;
  Failure failure;
  bool is_constructor = false; ///< `signature` is then a function from its parameters to its class
  Transitions transitions{};   ///< in all machines that name the seam
  std::string_view layer{};    ///< globs of the plugin's own headers, a line each
};

/// The entry of one seam in the dispatch table. Constant-initialised and trivially destroyed.
class Slot {
public:
  constexpr explicit Slot(const SlotFacts &described) noexcept : facts(described) {}
  Slot(const Slot &) = delete;
  Slot &operator=(const Slot &) = delete;

  /// True while any call may matter: a sandbox is open, a guard is active, the seam is mocked, or `main` has not begun.
  std::atomic<bool> watched{true};
  const SlotFacts facts;

  // The runtime's own, guarded as runtime/src says.
  Slot *next = nullptr;
  std::atomic<const void *> handler{nullptr}; ///< what plugins do instead of mocks: the first of them
  std::atomic<bool> called_early{false};
  bool always_watched = false;
  unsigned mocked = 0;
  std::uint32_t index = 0;
};

/// Makes a slot findable. One static object beside each slot; also when a shared library is loaded late.
class Registration {
public:
  explicit Registration(Slot &slot) noexcept;
  Registration(const Registration &) = delete;
  Registration &operator=(const Registration &) = delete;
  ~Registration();

private:
  Slot &slot_;
};

/// Which program this is and which configuration was baked into it. Once per program; text has static storage.
class Program {
public:
  Program(std::string_view name, std::string_view configuration) noexcept;
};

} // namespace tripwire::seam

#endif
