// what a seam file says a call does to the state of its handle --> a constant that sessions read
#ifndef TRIPWIRE_SEAM_TRANSITION_HPP
#define TRIPWIRE_SEAM_TRANSITION_HPP

#include "tripwire/seam/type.hpp"

#include <cstddef>
#include <string_view>

namespace tripwire::seam {

/// Where a call has the handle of its session.
enum class HandleIn : unsigned char {
  result,   ///< the call returns it
  argument, ///< an argument is it
  pointee,  ///< an argument points to it
  address,  ///< an argument refers to an object, whose address it is
  object,   ///< the object that the function is a member of
};

/// What a call does in one state of one machine. Built by chained calls in constant expressions, as parameters are.
struct Transition {
  std::string_view machine;
  std::string_view from;
  std::string_view next;            ///< the state after the call
  std::string_view next_on_failure; ///< the state after a call that failed
  HandleIn handle_in = HandleIn::result;
  std::size_t index = 0; ///< of the argument
  const Type *type = nullptr;
  bool is_opening = false; ///< a call without a session takes the next one
  bool is_closing = false; ///< nothing leads out of `next`
  bool is_closing_on_failure = false;

  constexpr Transition to(std::string_view state) const noexcept {
    Transition changed = *this;
    changed.next = state;
    return changed;
  }
  constexpr Transition on_failure(std::string_view state) const noexcept {
    Transition changed = *this;
    changed.next_on_failure = state;
    return changed;
  }
  constexpr Transition opens() const noexcept {
    Transition changed = *this;
    changed.is_opening = true;
    return changed;
  }
  constexpr Transition closes() const noexcept {
    Transition changed = *this;
    changed.is_closing = true;
    return changed;
  }
  constexpr Transition closes_on_failure() const noexcept {
    Transition changed = *this;
    changed.is_closing_on_failure = true;
    return changed;
  }
  constexpr Transition at(HandleIn where, std::size_t argument, const Type &handle) const noexcept {
    Transition changed = *this;
    changed.handle_in = where;
    changed.index = argument;
    changed.type = &handle;
    return changed;
  }
};

/// A call that is valid in state \p from, and leaves it as it is unless more is said.
constexpr Transition transition(std::string_view machine, std::string_view from) noexcept {
  Transition made;
  made.machine = machine;
  made.from = from;
  made.next = from;
  made.next_on_failure = from;
  return made;
}

/// All transitions of a seam; refers to an array that outlives it.
class Transitions {
public:
  constexpr Transitions() noexcept = default;
  template <std::size_t N>
  constexpr Transitions(const Transition (&array)[N]) noexcept
      : first_(array), count_(N) {} // NOLINT: an array is a list

  constexpr bool empty() const noexcept { return count_ == 0; }
  constexpr const Transition *begin() const noexcept { return first_; }
  constexpr const Transition *end() const noexcept { return first_ + count_; }

private:
  const Transition *first_ = nullptr;
  std::size_t count_ = 0;
};

} // namespace tripwire::seam

#endif
