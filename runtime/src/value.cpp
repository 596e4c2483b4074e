// an argument, a result or a field --> text, characters, a number, a hash
#include "tripwire/value.hpp"

#include "context.hpp"
#include "exact.hpp"
#include "hash.hpp"
#include "message.hpp"
#include "number.hpp"
#include "type_text.hpp"

#include <cxxabi.h>

#include <cstring>
#include <exception>

namespace tripwire {

namespace {

using seam::Kind;

void print_names(seam::Out &out, const seam::Parameter &parameter, long long number) {
  if (!parameter.are_bits) {
    for (std::size_t index = 0; index < parameter.name_count; ++index) {
      if (parameter.names[index].value == number) {
        out.put(parameter.names[index].name);
        return;
      }
    }
    out.put_signed(number);
    return;
  }
  auto left = static_cast<unsigned long long>(number);
  bool first = true;
  for (std::size_t index = 0; index < parameter.name_count; ++index) {
    const auto bit = static_cast<unsigned long long>(parameter.names[index].value);
    if (bit != 0 && (left & bit) == bit) {
      out.put(first ? "" : " | ").put(parameter.names[index].name);
      left &= ~bit;
      first = false;
    }
  }
  if (first || left != 0) {
    out.put(first ? "" : " | ").put_signed(static_cast<long long>(left));
  }
}

/// Prints with the user's code, which may throw.
template <class Print> void print_with(seam::Out &out, const Print &print_it) {
  std::string text;
  try {
    const runtime::Aside aside;
    seam::Out own(text, out.style());
    print_it(own);
  } catch (abi::__forced_unwind &) {
    throw;
  } catch (...) {
    if (out.pasting()) {
      out.put("tripwire::anything");
    } else {
      out.put("<printing it threw ").put(runtime::describe(std::current_exception()).shown).put(">");
    }
    return;
  }
  out.put(text);
}

bool has_names(const seam::Parameter *parameter) noexcept { return parameter != nullptr && parameter->name_count > 0; }

const void *pointer_at(const void *address) noexcept {
  const void *pointer = nullptr;
  std::memcpy(&pointer, address, sizeof pointer);
  return pointer;
}

bool reads_as_pointer(const Value &value) noexcept {
  return value.address != nullptr && value.type != nullptr &&
         (value.type->kind == Kind::pointer || value.type->kind == Kind::constant_text) &&
         value.type->size == sizeof(void *);
}

} // namespace

bool same_type(const seam::Type &one, const seam::Type &other) noexcept {
  return &one == &other || one.name == other.name || runtime::same_type_text(one.name(), other.name());
}

void print(seam::Out &out, const Value &value) {
  const seam::Parameter *parameter = value.parameter;
  if (parameter != nullptr && parameter->is_secret) {
    out.put(out.pasting() ? "tripwire::anything" : "(secret)");
    return;
  }
  if (value.has_content) {
    if (parameter != nullptr && parameter->printer != nullptr) {
      print_with(out, [&](seam::Out &to) { parameter->printer(to, value.content.data()); });
    } else if (parameter != nullptr &&
               (parameter->shape == seam::Shape::object || parameter->shape == seam::Shape::bytes)) {
      out.put_bytes(value.content);
    } else {
      out.put_quoted(value.content);
    }
    return;
  }
  if (value.type == nullptr) {
    out.put(out.pasting() ? "tripwire::anything" : "(nothing)");
    return;
  }
  if (value.address == nullptr) {
    out.put_opaque(value.type->name(), value.type->size);
    return;
  }
  runtime::Integer integer;
  if (has_names(parameter) && runtime::integer_of(value, integer)) {
    print_names(out, *parameter, integer.as_signed());
    return;
  }
  if (reads_as_pointer(value)) {
    // Never through the type's own printer: what it points to was not kept, and may be gone.
    out.put_address(pointer_at(value.address));
    return;
  }
  if (parameter != nullptr && parameter->printer != nullptr) {
    print_with(out, [&](seam::Out &to) { parameter->printer(to, value.address); });
    return;
  }
  print_with(out, [&](seam::Out &to) { value.type->print(to, value.address); });
}

bool characters_of(const Value &value, std::string_view &characters) noexcept {
  if (value.has_content) {
    characters = value.content;
    return true;
  }
  if (value.address != nullptr && value.type != nullptr && value.type->kind == Kind::string) {
    characters = value.type->content(value.address);
    return true;
  }
  return false;
}

namespace runtime {

bool integer_of(const Value &value, Integer &integer) noexcept {
  if (value.address == nullptr || value.type == nullptr) {
    return false;
  }
  switch (value.type->kind) {
  case Kind::boolean:
  case Kind::character:
  case Kind::signed_integer:
  case Kind::unsigned_integer:
  case Kind::enumeration:
    break;
  case Kind::floating:
  case Kind::constant_text:
  case Kind::pointer:
  case Kind::string:
  case Kind::object:
    return false;
  }
  const bool is_signed = value.type->is_signed;
  switch (value.type->size) {
  case 1: {
    std::uint8_t bits = 0;
    std::memcpy(&bits, value.address, 1);
    integer.bits = is_signed ? static_cast<std::uint64_t>(static_cast<std::int8_t>(bits)) : bits;
    break;
  }
  case 2: {
    std::uint16_t bits = 0;
    std::memcpy(&bits, value.address, 2);
    integer.bits = is_signed ? static_cast<std::uint64_t>(static_cast<std::int16_t>(bits)) : bits;
    break;
  }
  case 4: {
    std::uint32_t bits = 0;
    std::memcpy(&bits, value.address, 4);
    integer.bits = is_signed ? static_cast<std::uint64_t>(static_cast<std::int32_t>(bits)) : bits;
    break;
  }
  case 8:
    std::memcpy(&integer.bits, value.address, 8);
    break;
  default:
    return false;
  }
  integer.is_negative = is_signed && static_cast<std::int64_t>(integer.bits) < 0;
  return true;
}

bool hash_as(Exact exact, const Value &value, std::uint64_t &hash) noexcept {
  switch (exact) {
  case Exact::no:
    return false;
  case Exact::number: {
    Integer integer;
    if (!integer_of(value, integer)) {
      return false;
    }
    hash = integer.bits;
    return true;
  }
  case Exact::text: {
    std::string_view characters;
    if (!characters_of(value, characters)) {
      return false;
    }
    hash = hash_text(characters);
    return true;
  }
  case Exact::pointer:
    if (!reads_as_pointer(value)) {
      return false;
    }
    hash = reinterpret_cast<std::uintptr_t>(pointer_at(value.address));
    return true;
  }
  return false;
}

} // namespace runtime

} // namespace tripwire
