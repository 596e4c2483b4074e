// one watched call: where, with what, and how to make it for real
#ifndef TRIPWIRE_SEAM_CALL_HPP
#define TRIPWIRE_SEAM_CALL_HPP

#include "tripwire/seam/slot.hpp"
#include "tripwire/seam/type.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace tripwire::seam {

/// What a refusal does at this call site: the wrapper's name carries it.
enum class Refusal : unsigned char {
  answers, ///< nothing of ours is thrown: the failure value is returned, or the program ends
  throws,  ///< a `tripwire::Violation` is
};

/// What the runtime gets to decide on. Lives in the wrapper's frame; everything in it is borrowed.
class Call {
public:
  Slot &slot;
  const void *site;             ///< the return address of the wrapper
  const void *object;           ///< of a member function, else null
  const void *const *arguments; ///< where each value is, or what a reference parameter refers to
  const Type *const *types;     ///< of the arguments; one array for all calls through a wrapper
  void *place;                  ///< for the result; for a reference, for a pointer to what it refers to; null for void
  const Type *result_type;
  void (*make)(
      Call &call);     ///< makes the real call and constructs the result in `place`; null when only the wrapper can
  void *context;       ///< belongs to `make`
  std::uint32_t count; ///< of arguments, variadic ones included
  Refusal refusal;
  bool answered = false; ///< `place` holds a result

  /// Argument \p I, whose type the caller knows.
  template <std::size_t I, class T> const std::remove_reference_t<T> &argument() const noexcept {
    return *static_cast<const std::remove_reference_t<T> *>(arguments[I]);
  }
  /// What the call returned; only once it has.
  template <class T> const std::remove_reference_t<T> &result() const noexcept {
    if constexpr (std::is_reference_v<T>) {
      return **static_cast<const std::remove_reference_t<T> *const *>(place);
    } else {
      return *static_cast<const T *>(place);
    }
  }
};

/// Decides on a watched call and sees to its result: on return `place` holds one. Throws what the answer throws, and a
/// `tripwire::Violation` only where `refusal` lets it. Keeps errno as the real call or the mock left it. Thread-safe.
void dispatch(Call &call);

/// The same for a result that cannot be moved: on return the caller makes the real call itself.
void admit(Call &call);

/// What is left when a function that must not return was refused or answered. Prints why and ends the program.
[[noreturn]] void must_not_return(const Slot &slot, const void *site) noexcept;

} // namespace tripwire::seam

#endif
