// the argument types of one wrapper and what the seam file says of them --> how a call is laid out in memory when it is
// recorded
#ifndef TRIPWIRE_SRC_SHAPE_HPP
#define TRIPWIRE_SRC_SHAPE_HPP

#include "arena.hpp"
#include "interaction.hpp"

#include "tripwire/seam/call.hpp"

#include <cstdint>
#include <cstring>
#include <exception>
#include <string_view>
#include <vector>

namespace tripwire::runtime {

/// How one value is kept.
enum class Keep : unsigned char {
  bits,    ///< `memcpy` of the value
  copy,    ///< its copy constructor
  pointer, ///< the pointer and what it leads to: a `Kept`
  address, ///< it cannot be copied: only its address
  nothing, ///< secret
};

/// A pointer and a copy of what it leads to, if that is known and was not null.
struct Kept {
  const void *pointer;
  const char *content;
  std::uint32_t size;
  bool has_content;
};

struct Cell {
  Keep keep = Keep::nothing;
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  const seam::Type *type = nullptr;
  const seam::Parameter *parameter = nullptr; ///< never null; of a variadic argument the one without facts
  bool before = false;                        ///< what the pointer leads to is copied when the call is made
  bool after = false;                         ///< ... when it has returned
};

/// The layout of the block of all calls through one wrapper. Immutable.
struct Shape {
  const seam::Slot *slot = nullptr;
  std::vector<Cell> arguments;
  Cell result;
  std::uint32_t size = 0;
  std::uint32_t alignment = 1;
  bool plain = true;        ///< every argument is kept by its bits
  bool plain_result = true; ///< nothing but the bits of the result, if there is one, is recorded when the call returns
  bool outcome_allocates = false;           ///< recording the outcome needs memory of the arena
  const seam::Type *const *types = nullptr; ///< `Call::types`, by which the shape is known
};

Shape shape_of(const seam::Call &call);

/// What the copy constructor of a recorded value threw. Not `std::bad_alloc`, a violation or the end of a thread: those
/// go on as they are.
struct NotCopied {
  const seam::Parameter *parameter;
  std::exception_ptr exception;
};

/// Copies the arguments of \p call into a block of \p arena. Reads what pointers lead to as the seam file says. Throws
/// `NotCopied`, and has copied nothing then.
unsigned char *record_arguments(const Shape &shape, const seam::Call &call, Arena &arena);

/// Copies what the call left in its out-parameters and its result. \return whether there is a result.
bool record_outcome(const Shape &shape, const seam::Call &call, unsigned char *block, Arena &arena, bool with_result);

/// `memcpy` for the sizes that values mostly have.
inline void copy_bits(void *to, const void *from, std::size_t size) noexcept {
  if (size == 4) {
    std::memcpy(to, from, 4);
  } else if (size == 8) {
    std::memcpy(to, from, 8);
  } else {
    std::memcpy(to, from, size);
  }
}

/// Whether blocks of this shape hold objects with a destructor.
bool needs_destroying(const Shape &shape) noexcept;

/// Destroys the copies in a block.
void destroy_block(const Shape &shape, unsigned char *block, bool has_result) noexcept;

/// What a cell of a recorded block holds; while the call has not finished, nothing of what it leaves.
Value value_in(const Cell &cell, const unsigned char *block, bool is_finished) noexcept;

/// An argument of a call that is being made. Reads what a pointer leads to, unless the callee is to write it.
Value value_at_call(const seam::Call &call, std::size_t index) noexcept;
std::vector<Value> values_at_call(const seam::Call &call);

/// The parameter facts of an argument; those of a variadic one say nothing.
const seam::Parameter &parameter_of(const seam::Slot &slot, std::size_t index) noexcept;

} // namespace tripwire::runtime

#endif
