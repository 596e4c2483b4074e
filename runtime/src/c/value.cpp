// a value of a test in C, and the type it is for --> a matcher, or the bits of a result
#include "c/value.hpp"

#include "c/in_c.hpp"
#include "demangle.hpp"
#include "message.hpp"
#include "shape.hpp"

#include <climits>
#include <cstdint>
#include <cstring>
#include <memory>

namespace tripwire::runtime::c {

namespace {

using detail::Relation;
using seam::Kind;
using seam::Type;

bool is_integer(const Type &type) noexcept {
  switch (type.kind) {
  case Kind::boolean:
  case Kind::character:
  case Kind::signed_integer:
  case Kind::unsigned_integer:
  case Kind::enumeration:
    return true;
  case Kind::floating:
  case Kind::constant_text:
  case Kind::pointer:
  case Kind::string:
  case Kind::object:
    return false;
  }
  return false;
}

bool is_pointer(const Type &type) noexcept { return type.kind == Kind::pointer || type.kind == Kind::constant_text; }

bool is_nothing(const Type &type) noexcept { return type.kind == Kind::object && type.size == 0; }

/// Whether what a pointer leads to is recorded by its characters.
bool has_characters(const Target &target) noexcept {
  if (target.type->kind == Kind::constant_text || target.type->kind == Kind::string) {
    return true;
  }
  return target.parameter != nullptr &&
         (target.parameter->shape == seam::Shape::text || target.parameter->shape == seam::Shape::bytes);
}

bool has_bytes(const Target &target) noexcept {
  return has_characters(target) || (target.parameter != nullptr && target.parameter->shape == seam::Shape::object) ||
         (target.type->kind == Kind::object && target.type->bitwise && !target.type->is_reference);
}

std::string shown(const tripwire_value &value) {
  switch (value.form) {
  case TRIPWIRE_SIGNED:
    return std::to_string(value.operand.number);
  case TRIPWIRE_UNSIGNED:
    return std::to_string(value.operand.magnitude);
  case TRIPWIRE_REAL:
    return std::to_string(value.operand.real);
  case TRIPWIRE_TEXT:
    return value.operand.text == nullptr ? "a null pointer" : "text";
  case TRIPWIRE_POINTER:
    return value.operand.pointer == nullptr ? "a null pointer" : "a pointer";
  case TRIPWIRE_BYTES:
    return count_text(value.size, "byte", "bytes");
  }
  return {};
}

std::string type_text(const Target &target) {
  const std::string name = friendly_type(target.type->name());
  return is_nothing(*target.type) ? "nothing" : "'" + name + "'";
}

[[noreturn]] void cannot_be(const tripwire_value &value, const Target &target, const std::string &more = {}) {
  refuse_use(target.name, target.name + " is " + type_text(target) + ", and " + shown(value) + " is none" + more);
}

/// The number as C converts it to that type. False when nothing of it would be the same.
bool fits(const tripwire_value &value, const Type &type, Number &number) noexcept {
  const bool is_huge = value.form == TRIPWIRE_UNSIGNED && value.operand.magnitude > LLONG_MAX;
  const long long given =
      value.form == TRIPWIRE_SIGNED ? value.operand.number : static_cast<long long>(value.operand.magnitude);
  const std::size_t bits = type.size * 8;
  auto converted = static_cast<std::uint64_t>(given);
  if (type.kind == Kind::boolean) {
    if (is_huge || (given != 0 && given != 1)) {
      return false;
    }
  } else if (bits < 64) {
    const long long half = 1LL << (bits - 1);
    if (is_huge || given < -half || given > 2 * half - 1) {
      return false;
    }
    const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
    converted &= mask;
    if (type.is_signed && (converted >> (bits - 1)) != 0) {
      converted |= ~mask;
    }
  }
  number = type.is_signed ? Number::of(static_cast<std::int64_t>(converted)) : Number::of(converted);
  return true;
}

bool is_number(const tripwire_value &value) noexcept {
  return value.form == TRIPWIRE_SIGNED || value.form == TRIPWIRE_UNSIGNED || value.form == TRIPWIRE_REAL;
}

Number number_of(const tripwire_value &value) noexcept {
  switch (value.form) {
  case TRIPWIRE_SIGNED:
    return Number::of(value.operand.number);
  case TRIPWIRE_UNSIGNED:
    return Number::of(value.operand.magnitude);
  case TRIPWIRE_REAL:
  case TRIPWIRE_TEXT:
  case TRIPWIRE_POINTER:
  case TRIPWIRE_BYTES:
    break;
  }
  return Number::of(value.operand.real);
}

Relation relation_of(const tripwire_value &value) noexcept {
  switch (value.relation) {
  case TRIPWIRE_NOT_EQUAL:
    return Relation::not_equal;
  case TRIPWIRE_LESS_THAN:
    return Relation::less;
  case TRIPWIRE_AT_MOST:
    return Relation::at_most;
  case TRIPWIRE_GREATER_THAN:
    return Relation::greater;
  case TRIPWIRE_AT_LEAST:
    return Relation::at_least;
  case TRIPWIRE_EQUAL:
  case TRIPWIRE_CONTAINS:
  case TRIPWIRE_STARTS_WITH:
  case TRIPWIRE_ENDS_WITH:
  case TRIPWIRE_REGEX:
  case TRIPWIRE_DECIDED:
  case TRIPWIRE_NOT_NULL:
  case TRIPWIRE_ANYTHING:
  case TRIPWIRE_MISUSED:
    break;
  }
  return Relation::equal;
}

/// What the value is in memory: that of an object, or of what a pointer leads to.
std::string_view memory_of(const Value &value) noexcept {
  std::string_view characters;
  if (characters_of(value, characters)) {
    return characters;
  }
  if (value.address == nullptr || value.type == nullptr) {
    return {};
  }
  return {static_cast<const char *>(value.address), value.type->size};
}

Matcher equal_bytes(const tripwire_value &value) {
  const auto *bytes = static_cast<const char *>(const_cast<const void *>(value.operand.pointer));
  return detail::matching(
      [](const void *state, const Value &given) {
        return memory_of(given) == *static_cast<const std::string *>(state);
      },
      [](seam::Out &out, const void *state) { out.put_bytes(*static_cast<const std::string *>(state)); },
      std::make_shared<const std::string>(bytes, value.size));
}

Matcher decided(const tripwire_value &value) {
  struct Decision {
    bool (*decide)(const void *value, std::size_t size, void *state);
    void *state;
  };
  return detail::matching(
      [](const void *state, const Value &given) {
        const auto &decision = *static_cast<const Decision *>(state);
        const std::string_view memory = memory_of(given);
        return memory.data() != nullptr && decision.decide(memory.data(), memory.size(), decision.state);
      },
      [](seam::Out &out, const void *) { out.put("a value that the predicate accepts"); },
      std::make_shared<const Decision>(Decision{value.operand.decide, value.state}));
}

/// Throws unless the characters behind the target are recorded.
void check_characters(const tripwire_value &value, const Target &target) {
  if (target.type == nullptr || has_characters(target)) {
    return;
  }
  if (!is_pointer(*target.type)) {
    cannot_be(value, target);
  }
  refuse_use(target.name, target.name + " is recorded as an address only, and cannot be compared with text" +
                              "\n  say in the seam file what it leads to, 'in: text' or 'in: bytes' with its size" +
                              "\n  or compare the address itself: (const void *)it");
}

Matcher compare_number(const tripwire_value &value, const Target &target) {
  const Relation relation = relation_of(value);
  if (target.type == nullptr) {
    return detail::compare_number(relation, number_of(value), seam::type_of<long long>());
  }
  const Type &type = *target.type;
  if (is_pointer(type)) {
    const bool is_zero = value.form != TRIPWIRE_REAL && value.operand.magnitude == 0;
    if (!is_zero || (relation != Relation::equal && relation != Relation::not_equal)) {
      cannot_be(value, target);
    }
    const Matcher null = detail::equal_pointer(nullptr);
    return relation == Relation::equal ? null : !null;
  }
  if (type.kind == Kind::floating) {
    return detail::compare_number(relation,
                                  Number::of(value.form == TRIPWIRE_REAL ? value.operand.real
                                             : value.form == TRIPWIRE_SIGNED
                                                 ? static_cast<double>(value.operand.number)
                                                 : static_cast<double>(value.operand.magnitude)),
                                  type);
  }
  if (!is_integer(type)) {
    cannot_be(value, target);
  }
  if (value.form == TRIPWIRE_REAL) {
    return detail::compare_number(relation, number_of(value), type);
  }
  Number number{};
  if (relation != Relation::equal) {
    number = number_of(value);
  } else if (!fits(value, type, number)) {
    cannot_be(value, target);
  }
  return detail::compare_number(relation, number, type);
}

Matcher compare(const tripwire_value &value, const Target &target) {
  switch (value.form) {
  case TRIPWIRE_SIGNED:
  case TRIPWIRE_UNSIGNED:
  case TRIPWIRE_REAL:
    return compare_number(value, target);
  case TRIPWIRE_TEXT:
    if (value.operand.text != nullptr) {
      check_characters(value, target);
      return detail::compare_text(relation_of(value), value.operand.text);
    }
    break;
  case TRIPWIRE_POINTER:
    break;
  case TRIPWIRE_BYTES:
    if (target.type != nullptr && !has_bytes(target)) {
      cannot_be(value, target, "\n  say in the seam file what it leads to: 'in: bytes' with its size, or 'in: struct'");
    }
    return value.relation == TRIPWIRE_NOT_EQUAL ? !equal_bytes(value) : equal_bytes(value);
  }
  if (target.type != nullptr && !is_pointer(*target.type)) {
    cannot_be(value, target);
  }
  const void *pointer = value.form == TRIPWIRE_TEXT ? nullptr : const_cast<const void *>(value.operand.pointer);
  const Matcher equal = detail::equal_pointer(pointer);
  if (value.relation == TRIPWIRE_EQUAL) {
    return equal;
  }
  if (value.relation == TRIPWIRE_NOT_EQUAL) {
    return !equal;
  }
  refuse_use(target.name, "addresses have no order: compare " + target.name + " with tripwire_not_equal, or by value");
}

} // namespace

Target parameter_target(const seam::Slot &slot, std::size_t index) {
  const seam::Signature &signature = slot.facts.signature;
  Target target;
  target.type = signature.parameters != nullptr && index < signature.count ? signature.parameters[index] : nullptr;
  target.parameter = &parameter_of(slot, index);
  target.name = argument_name(slot, index) + " of " + std::string(slot.facts.name);
  return target;
}

Target result_target(const seam::Slot &slot) {
  return {slot.facts.signature.result, &slot.facts.result, "the result of " + std::string(slot.facts.name)};
}

Matcher matcher_for(const tripwire_value &value, const Target &target) {
  switch (value.relation) {
  case TRIPWIRE_EQUAL:
  case TRIPWIRE_NOT_EQUAL:
  case TRIPWIRE_LESS_THAN:
  case TRIPWIRE_AT_MOST:
  case TRIPWIRE_GREATER_THAN:
  case TRIPWIRE_AT_LEAST:
    return compare(value, target);
  case TRIPWIRE_CONTAINS:
    check_characters(value, target);
    return contains(value.operand.text);
  case TRIPWIRE_STARTS_WITH:
    check_characters(value, target);
    return starts_with(value.operand.text);
  case TRIPWIRE_ENDS_WITH:
    check_characters(value, target);
    return ends_with(value.operand.text);
  case TRIPWIRE_REGEX:
    check_characters(value, target);
    return regex(value.operand.text);
  case TRIPWIRE_DECIDED:
    return decided(value);
  case TRIPWIRE_NOT_NULL:
    if (target.type != nullptr && !is_pointer(*target.type)) {
      refuse_use(target.name, target.name + " is " + type_text(target) + ", which is no pointer");
    }
    return not_null;
  case TRIPWIRE_MISUSED:
    refuse_use(target.name, "a comparison is with a value, not with what matches one");
  case TRIPWIRE_ANYTHING:
    break;
  }
  return anything;
}

std::vector<Matcher> matchers_for(const seam::Slot &slot, const tripwire_value *values, std::size_t count,
                                  bool may_lack) {
  const seam::Signature &signature = slot.facts.signature;
  std::vector<Matcher> matchers;
  bool has_ended = false;
  for (std::size_t index = 0; index < count; ++index) {
    if (values[index].role != TRIPWIRE_ARGUMENT) {
      has_ended = true;
    } else if (has_ended) {
      refuse_use(slot.facts.name, "how the call ended stands behind its arguments");
    } else {
      matchers.push_back(matcher_for(values[index], parameter_target(slot, index)));
    }
  }
  const bool has_too_many = matchers.size() > signature.count && !signature.variadic;
  if (signature.parameters != nullptr && (has_too_many || (matchers.size() < signature.count && !may_lack))) {
    refuse_use(slot.facts.name, std::string(slot.facts.name) + " has " +
                                    count_text(signature.count, "parameter", "parameters") + ", and " +
                                    count_text(matchers.size(), "value is", "values are") + " given" +
                                    (has_too_many ? "" : "\n  tripwire_anything skips one"));
  }
  return matchers;
}

std::vector<unsigned char> result_of(const tripwire_value &value, const Target &target) {
  if (value.relation != TRIPWIRE_EQUAL || value.role != TRIPWIRE_ARGUMENT) {
    refuse_use(target.name, "an answer is a value, not what matches one");
  }
  if (target.type == nullptr || target.type->kind == Kind::string || target.type->is_reference) {
    refuse_use(target.name, target.name + " is of a type that C does not have: a test in C++ can answer it");
  }
  const Type &type = *target.type;
  std::vector<unsigned char> bytes(type.size);
  const auto hold = [&bytes](const auto &object) { std::memcpy(bytes.data(), &object, bytes.size()); };
  if (is_integer(type) && (value.form == TRIPWIRE_SIGNED || value.form == TRIPWIRE_UNSIGNED)) {
    Number number{};
    if (!fits(value, type, number)) {
      cannot_be(value, target);
    }
    const std::uint64_t bits =
        number.kind == Number::Kind::positive ? number.magnitude : static_cast<std::uint64_t>(number.negative);
    switch (type.size) {
    case 1:
      hold(static_cast<std::uint8_t>(bits));
      return bytes;
    case 2:
      hold(static_cast<std::uint16_t>(bits));
      return bytes;
    case 4:
      hold(static_cast<std::uint32_t>(bits));
      return bytes;
    default:
      hold(bits);
      return bytes;
    }
  }
  if (type.kind == Kind::floating && is_number(value)) {
    const double real = value.form == TRIPWIRE_REAL     ? value.operand.real
                        : value.form == TRIPWIRE_SIGNED ? static_cast<double>(value.operand.number)
                                                        : static_cast<double>(value.operand.magnitude);
    if (type.size == sizeof(float)) {
      hold(static_cast<float>(real));
    } else if (type.size == sizeof(double)) {
      hold(real);
    } else {
      hold(static_cast<long double>(real));
    }
    return bytes;
  }
  if (is_pointer(type) && type.size == sizeof(void *)) {
    const bool is_zero =
        (value.form == TRIPWIRE_SIGNED || value.form == TRIPWIRE_UNSIGNED) && value.operand.magnitude == 0;
    if (is_zero || value.form == TRIPWIRE_TEXT || value.form == TRIPWIRE_POINTER) {
      const volatile void *pointer = is_zero ? nullptr
                                     : value.form == TRIPWIRE_TEXT
                                         ? static_cast<const volatile void *>(value.operand.text)
                                         : value.operand.pointer;
      hold(pointer);
      return bytes;
    }
  }
  if (type.kind == Kind::object && type.bitwise && type.size > 0 && value.form == TRIPWIRE_BYTES &&
      value.size == type.size) {
    std::memcpy(bytes.data(), const_cast<const void *>(value.operand.pointer), bytes.size());
    return bytes;
  }
  cannot_be(value, target,
            type.kind == Kind::object && type.size > 0
                ? "\n  a struct is named by its bytes: tripwire_bytes(&it, sizeof it), here " +
                      count_text(type.size, "byte", "bytes")
                : std::string());
}

} // namespace tripwire::runtime::c

using tripwire::runtime::c::Target;

extern "C" {

const tripwire_value tripwire_anything = {TRIPWIRE_ANYTHING, TRIPWIRE_POINTER, TRIPWIRE_ARGUMENT, 0, {}, nullptr};
const tripwire_value tripwire_not_null = {TRIPWIRE_NOT_NULL, TRIPWIRE_POINTER, TRIPWIRE_ARGUMENT, 0, {}, nullptr};

static tripwire_value made(tripwire_relation relation, tripwire_form form) {
  tripwire_value value{};
  value.relation = relation;
  value.form = form;
  value.role = TRIPWIRE_ARGUMENT;
  return value;
}

tripwire_value tripwire_of_value(tripwire_value value) { return value; }

tripwire_value tripwire_of_signed(long long number) {
  tripwire_value value = made(TRIPWIRE_EQUAL, TRIPWIRE_SIGNED);
  value.operand.number = number;
  return value;
}

tripwire_value tripwire_of_unsigned(unsigned long long number) {
  tripwire_value value = made(TRIPWIRE_EQUAL, TRIPWIRE_UNSIGNED);
  value.operand.magnitude = number;
  return value;
}

tripwire_value tripwire_of_double(double number) {
  tripwire_value value = made(TRIPWIRE_EQUAL, TRIPWIRE_REAL);
  value.operand.real = number;
  return value;
}

tripwire_value tripwire_of_float(float number) { return tripwire_of_double(static_cast<double>(number)); }
tripwire_value tripwire_of_long_double(long double number) { return tripwire_of_double(static_cast<double>(number)); }

tripwire_value tripwire_of_text(const char *text) {
  tripwire_value value = made(TRIPWIRE_EQUAL, TRIPWIRE_TEXT);
  value.operand.text = text;
  return value;
}

tripwire_value tripwire_of_pointer(const volatile void *pointer) {
  tripwire_value value = made(TRIPWIRE_EQUAL, TRIPWIRE_POINTER);
  value.operand.pointer = pointer;
  return value;
}

tripwire_value tripwire_of_function(void (*function)()) {
  return tripwire_of_pointer(reinterpret_cast<const volatile void *>(function));
}

tripwire_value tripwire_related(tripwire_relation relation, tripwire_value value) {
  value.relation = value.relation == TRIPWIRE_EQUAL ? relation : TRIPWIRE_MISUSED;
  return value;
}

static tripwire_value text_that(tripwire_relation relation, const char *text) {
  tripwire_value value = tripwire_of_text(text == nullptr ? "" : text);
  value.relation = relation;
  return value;
}

tripwire_value tripwire_contains(const char *part) { return text_that(TRIPWIRE_CONTAINS, part); }
tripwire_value tripwire_starts_with(const char *start) { return text_that(TRIPWIRE_STARTS_WITH, start); }
tripwire_value tripwire_ends_with(const char *end) { return text_that(TRIPWIRE_ENDS_WITH, end); }
tripwire_value tripwire_regex(const char *expression) { return text_that(TRIPWIRE_REGEX, expression); }

tripwire_value tripwire_bytes(const void *bytes, size_t size) {
  tripwire_value value = made(TRIPWIRE_EQUAL, TRIPWIRE_BYTES);
  value.operand.pointer = bytes;
  value.size = size;
  return value;
}

tripwire_value tripwire_that(bool (*decide)(const void *value, size_t size, void *state), void *state) {
  tripwire_value value = made(TRIPWIRE_DECIDED, TRIPWIRE_POINTER);
  value.operand.decide = decide;
  value.state = state;
  return value;
}

tripwire_value tripwire_ended_returned(tripwire_value value) {
  value.role = TRIPWIRE_RETURNED;
  return value;
}

tripwire_value tripwire_ended_errno(int error) {
  tripwire_value value = tripwire_of_signed(error);
  value.role = TRIPWIRE_ERRNO;
  return value;
}

tripwire_value tripwire_ended_raised(const char *text) {
  tripwire_value value = tripwire_of_text(text);
  value.role = TRIPWIRE_RAISED;
  return value;
}

} // extern "C"
