// the argument types of one wrapper and what the seam file says of them --> how a call is laid out in memory when it is
// recorded
#include "shape.hpp"

#include "context.hpp"

#include "tripwire/violation.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

namespace tripwire::runtime {

namespace {

constexpr seam::Parameter without_facts = seam::variadic_argument();

bool is_pointer(const seam::Type &type) noexcept {
  return (type.kind == seam::Kind::pointer || type.kind == seam::Kind::constant_text) && type.size == sizeof(void *);
}

const void *pointer_at(const void *address) noexcept {
  const void *pointer = nullptr;
  std::memcpy(&pointer, address, sizeof pointer);
  return pointer;
}

/// What the seam file says, or for `const char *` what everybody expects.
seam::Shape shape_behind(const seam::Type &type, const seam::Parameter &parameter) noexcept {
  if (parameter.shape == seam::Shape::plain && type.kind == seam::Kind::constant_text) {
    return seam::Shape::text;
  }
  return parameter.shape;
}

/// How many bytes lie behind the pointer. An expression that came out negative stands for nothing.
std::size_t bytes_behind(seam::Shape shape, const seam::Parameter &parameter, const void *pointer,
                         const seam::Call &call) {
  switch (shape) {
  case seam::Shape::plain:
    return 0;
  case seam::Shape::text:
    return std::strlen(static_cast<const char *>(pointer));
  case seam::Shape::object:
    return parameter.object_size;
  case seam::Shape::bytes: {
    const std::size_t size = parameter.size == nullptr ? 0 : parameter.size(call);
    return size > std::numeric_limits<std::uint32_t>::max() ? 0 : size;
  }
  }
  return 0;
}

Cell cell_of(const seam::Type &type, const seam::Parameter &parameter, std::uint32_t &size, std::uint32_t &alignment) {
  Cell cell;
  cell.type = &type;
  cell.parameter = &parameter;
  std::uint32_t bytes = 0;
  std::uint32_t aligned = 1;
  if (parameter.is_secret) {
    cell.keep = Keep::nothing;
  } else if (is_pointer(type) && !type.is_reference && shape_behind(type, parameter) != seam::Shape::plain) {
    cell.keep = Keep::pointer;
    bytes = sizeof(Kept);
    aligned = alignof(Kept);
    cell.before = parameter.direction != seam::Direction::out;
    cell.after = parameter.direction == seam::Direction::out;
  } else if (type.bitwise && type.size > 0) {
    cell.keep = Keep::bits;
    bytes = type.size;
    aligned = type.alignment;
  } else if (type.copy != nullptr) {
    cell.keep = Keep::copy;
    bytes = type.size;
    aligned = type.alignment;
  } else {
    cell.keep = Keep::address;
    bytes = sizeof(void *);
    aligned = alignof(void *);
  }
  size = (size + aligned - 1) & ~(aligned - 1);
  cell.offset = size;
  cell.size = bytes;
  size += bytes;
  alignment = aligned > alignment ? aligned : alignment;
  return cell;
}

void keep_content(Kept &kept, std::size_t size, Arena &arena) {
  auto *copied = static_cast<char *>(arena.allocate(size + 1, alignof(std::max_align_t)));
  std::memcpy(copied, kept.pointer, size);
  copied[size] = '\0';
  kept.content = copied;
  kept.size = static_cast<std::uint32_t>(size);
  kept.has_content = true;
}

void copy(const Cell &cell, void *to, const void *from) {
  try {
    const Aside aside;
    cell.type->copy(to, from);
  } catch (abi::__forced_unwind &) {
    throw;
  } catch (const Violation &) {
    throw;
  } catch (const std::bad_alloc &) {
    throw;
  } catch (...) {
    throw NotCopied{cell.parameter, std::current_exception()};
  }
}

void destroy_arguments(const Shape &shape, unsigned char *block, std::size_t count) noexcept {
  for (std::size_t index = 0; index < count; ++index) {
    const Cell &cell = shape.arguments[index];
    if (cell.keep == Keep::copy && cell.type->destroy != nullptr) {
      cell.type->destroy(block + cell.offset);
    }
  }
}

void record(const Cell &cell, const void *address, const seam::Call &call, unsigned char *block, Arena &arena) {
  unsigned char *to = block + cell.offset;
  switch (cell.keep) {
  case Keep::bits:
    std::memcpy(to, address, cell.type->size);
    return;
  case Keep::copy:
    copy(cell, to, address);
    return;
  case Keep::pointer: {
    auto *kept = ::new (to) Kept{pointer_at(address), nullptr, 0, false};
    if (cell.before && kept->pointer != nullptr) {
      keep_content(*kept, bytes_behind(shape_behind(*cell.type, *cell.parameter), *cell.parameter, kept->pointer, call),
                   arena);
    }
    return;
  }
  case Keep::address:
    std::memcpy(to, &address, sizeof address);
    return;
  case Keep::nothing:
    return;
  }
}

} // namespace

const seam::Parameter &parameter_of(const seam::Slot &slot, std::size_t index) noexcept {
  return index < slot.facts.parameters.size() ? slot.facts.parameters[index] : without_facts;
}

Shape shape_of(const seam::Call &call) {
  Shape shape;
  shape.slot = &call.slot;
  shape.types = call.types;
  shape.arguments.reserve(call.count);
  for (std::size_t index = 0; index < call.count; ++index) {
    shape.arguments.push_back(cell_of(*call.types[index], parameter_of(call.slot, index), shape.size, shape.alignment));
    shape.plain = shape.plain && shape.arguments.back().keep == Keep::bits;
    shape.outcome_allocates = shape.outcome_allocates || shape.arguments.back().after;
  }
  if (call.place != nullptr) {
    shape.result = cell_of(*call.result_type, call.slot.facts.result, shape.size, shape.alignment);
    // A result is read when it exists, whatever its direction is called.
    shape.result.after = shape.result.keep == Keep::pointer;
    shape.result.before = false;
    shape.outcome_allocates = shape.outcome_allocates || shape.result.after;
    shape.plain_result = shape.result.keep == Keep::bits && !call.result_type->is_reference;
  }
  shape.plain_result = shape.plain_result && !shape.outcome_allocates;
  return shape;
}

unsigned char *record_arguments(const Shape &shape, const seam::Call &call, Arena &arena) {
  auto *block = static_cast<unsigned char *>(arena.allocate(shape.size, shape.alignment));
  if (shape.plain) {
    const void *const *address = call.arguments;
    for (const Cell &cell : shape.arguments) {
      copy_bits(block + cell.offset, *address++, cell.size);
    }
    return block;
  }
  std::size_t index = 0;
  try {
    for (; index < shape.arguments.size(); ++index) {
      record(shape.arguments[index], call.arguments[index], call, block, arena);
    }
  } catch (...) {
    destroy_arguments(shape, block, index);
    throw;
  }
  return block;
}

bool record_outcome(const Shape &shape, const seam::Call &call, unsigned char *block, Arena &arena, bool with_result) {
  for (const Cell &cell : shape.arguments) {
    if (!cell.after) {
      continue;
    }
    auto &kept = *reinterpret_cast<Kept *>(block + cell.offset);
    if (kept.pointer != nullptr) {
      keep_content(kept, bytes_behind(shape_behind(*cell.type, *cell.parameter), *cell.parameter, kept.pointer, call),
                   arena);
    }
  }
  if (!with_result || shape.result.type == nullptr) {
    return false;
  }
  const Cell &cell = shape.result;
  const void *address = cell.type->is_reference ? pointer_at(call.place) : call.place;
  if (cell.keep == Keep::pointer) {
    auto *kept = ::new (block + cell.offset) Kept{pointer_at(address), nullptr, 0, false};
    if (kept->pointer != nullptr) {
      keep_content(*kept, bytes_behind(shape_behind(*cell.type, *cell.parameter), *cell.parameter, kept->pointer, call),
                   arena);
    }
    return true;
  }
  record(cell, address, call, block, arena);
  return true;
}

bool needs_destroying(const Shape &shape) noexcept {
  const auto is_destroyed = [](const Cell &cell) { return cell.keep == Keep::copy && cell.type->destroy != nullptr; };
  return std::any_of(shape.arguments.begin(), shape.arguments.end(), is_destroyed) ||
         (shape.result.type != nullptr && is_destroyed(shape.result));
}

void destroy_block(const Shape &shape, unsigned char *block, bool has_result) noexcept {
  destroy_arguments(shape, block, shape.arguments.size());
  if (has_result && shape.result.keep == Keep::copy && shape.result.type->destroy != nullptr) {
    shape.result.type->destroy(block + shape.result.offset);
  }
}

Value value_in(const Cell &cell, const unsigned char *block, bool is_finished) noexcept {
  const unsigned char *at = block + cell.offset;
  switch (cell.keep) {
  case Keep::bits:
  case Keep::copy:
    return {at, cell.type, cell.parameter, {}, false};
  case Keep::pointer: {
    const auto &kept = *reinterpret_cast<const Kept *>(at);
    if (cell.after && !is_finished) {
      // The thread that makes the call may be writing the rest just now.
      return {&kept.pointer, cell.type, cell.parameter, {}, false};
    }
    return {&kept.pointer, cell.type, cell.parameter, std::string_view(kept.content, kept.size), kept.has_content};
  }
  case Keep::address:
  case Keep::nothing:
    return {nullptr, cell.type, cell.parameter, {}, false};
  }
  return {};
}

Value value_at_call(const seam::Call &call, std::size_t index) noexcept {
  const void *address = call.arguments[index];
  const seam::Type &type = *call.types[index];
  const seam::Parameter &parameter = parameter_of(call.slot, index);
  Value value{address, &type, &parameter, {}, false};
  if (!is_pointer(type) || type.is_reference || parameter.direction == seam::Direction::out) {
    return value;
  }
  const seam::Shape shape = shape_behind(type, parameter);
  const void *pointer = pointer_at(address);
  if (shape != seam::Shape::plain && pointer != nullptr) {
    value.content = {static_cast<const char *>(pointer), bytes_behind(shape, parameter, pointer, call)};
    value.has_content = true;
  }
  return value;
}

std::vector<Value> values_at_call(const seam::Call &call) {
  std::vector<Value> values;
  values.reserve(call.count);
  for (std::size_t index = 0; index < call.count; ++index) {
    values.push_back(value_at_call(call, index));
  }
  return values;
}

} // namespace tripwire::runtime
