// what a seam file says about a parameter --> a constant that recording and printing read
#ifndef TRIPWIRE_SEAM_PARAMETER_HPP
#define TRIPWIRE_SEAM_PARAMETER_HPP

#include "tripwire/seam/out.hpp"

#include <cstddef>

namespace tripwire::seam {

class Call;

/// One name for one value, of an enumeration, of macros, or of the bits of a flag word.
struct Enumerator {
  std::string_view name;
  long long value;
};

/// Who reads and who writes what a pointer or reference leads to.
enum class Direction : unsigned char { in, out, in_out };

/// What lies behind a pointer.
enum class Shape : unsigned char {
  plain,  ///< nothing said: `const char *` is text, other pointers are recorded as addresses
  text,   ///< characters up to a NUL
  bytes,  ///< as many bytes as `size` says
  object, ///< one object of `object_size` bytes
};

/// One parameter of a seam, or its result. Built by chained calls in constant expressions; each call returns a changed
/// copy.
struct Parameter {
  std::string_view name;
  Direction direction = Direction::in;
  Shape shape = Shape::plain;
  bool are_bits = false;
  bool is_secret = false;
  std::size_t object_size = 0;
  std::size_t (*size)(const Call &call) = nullptr;
  void (*printer)(Out &out, const void *value) = nullptr;
  const Enumerator *names = nullptr;
  std::size_t name_count = 0;

  constexpr Parameter in() const noexcept { return with_direction(Direction::in); }
  /// Written by the callee: its content is recorded after the call, and `writes<N>` fills it.
  constexpr Parameter out() const noexcept { return with_direction(Direction::out); }
  constexpr Parameter in_out() const noexcept { return with_direction(Direction::in_out); }
  /// A pointer to characters that end with a NUL: recorded by content.
  constexpr Parameter text() const noexcept {
    Parameter changed = *this;
    changed.shape = Shape::text;
    return changed;
  }
  /// A pointer to a buffer; \p count computes its length from the call, in bytes.
  constexpr Parameter bytes(std::size_t (*count)(const Call &call)) const noexcept {
    Parameter changed = *this;
    changed.shape = Shape::bytes;
    changed.size = count;
    return changed;
  }
  /// A pointer to one object of \p count bytes, which may be copied bit by bit.
  constexpr Parameter object(std::size_t count) const noexcept {
    Parameter changed = *this;
    changed.shape = Shape::object;
    changed.object_size = count;
    return changed;
  }
  /// Prints the value, or for a pointer what it points to; the address of that object is handed over.
  constexpr Parameter prints(void (*print_value)(Out &out, const void *value)) const noexcept {
    Parameter changed = *this;
    changed.printer = print_value;
    return changed;
  }
  template <std::size_t N> constexpr Parameter enumerators(const Enumerator (&array)[N]) const noexcept {
    Parameter changed = *this;
    changed.names = array;
    changed.name_count = N;
    return changed;
  }
  /// A flag word: printed as names joined by `|`.
  template <std::size_t N> constexpr Parameter bits(const Enumerator (&array)[N]) const noexcept {
    Parameter changed = enumerators(array);
    changed.are_bits = true;
    return changed;
  }
  /// Never recorded, never printed, never asserted.
  constexpr Parameter secret() const noexcept {
    Parameter changed = *this;
    changed.is_secret = true;
    return changed;
  }

private:
  constexpr Parameter with_direction(Direction changed_direction) const noexcept {
    Parameter changed = *this;
    changed.direction = changed_direction;
    return changed;
  }
};

/// A parameter with its name in the real declaration; empty when it has none.
constexpr Parameter parameter(std::string_view name) noexcept {
  Parameter made;
  made.name = name;
  return made;
}

/// One of the arguments behind the fixed ones.
constexpr Parameter variadic_argument() noexcept { return parameter(""); }

/// What the seam returns.
constexpr Parameter result() noexcept { return parameter("result"); }

/// The parameters of a seam in order; refers to an array that outlives it.
class Parameters {
public:
  constexpr Parameters() noexcept = default;
  template <std::size_t N>
  constexpr Parameters(const Parameter (&array)[N]) noexcept : first_(array), count_(N) {} // NOLINT: an array is a list

  constexpr std::size_t size() const noexcept { return count_; }
  constexpr const Parameter &operator[](std::size_t index) const noexcept { return first_[index]; }
  constexpr const Parameter *begin() const noexcept { return first_; }
  constexpr const Parameter *end() const noexcept { return first_ + count_; }

private:
  const Parameter *first_ = nullptr;
  std::size_t count_ = 0;
};

} // namespace tripwire::seam

#endif
