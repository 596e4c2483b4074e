// calls and interactions --> lines to paste into a test in C, which compile and make it progress
#include "c/hint_in_c.hpp"

#include "message.hpp"
#include "number.hpp"

#include "tripwire/seam/out.hpp"

#include <cmath>
#include <cstring>
#include <vector>

namespace tripwire::runtime::c {

namespace {

constexpr std::string_view wildcard = "tripwire_anything";
constexpr std::string_view some_pointer = "tripwire_not_null";

/// What a macro takes for a function: its name in C, or text for what has none.
std::string name_of(const seam::Slot &slot) {
  const std::string name(slot.facts.name);
  return !slot.facts.key.empty() && slot.facts.symbol == slot.facts.name ? name : "\"" + name + "\"";
}

std::string bytes_of(std::string_view bytes) {
  return "tripwire_bytes(" + literal(bytes) + ", " + std::to_string(bytes.size()) + ")";
}

bool is_pointer(const Value &value) noexcept {
  return value.type->kind == seam::Kind::pointer || value.type->kind == seam::Kind::constant_text;
}

std::string real_text(const Value &value) {
  std::string text;
  seam::Out out(text);
  value.type->print(out, value.address);
  const bool is_number = text.find_first_of("0123456789") != std::string::npos;
  return is_number ? text : std::string(wildcard); // no number is one, and infinity needs a header
}

/// The simplest value that the result's type has.
std::string simplest(const seam::Call &call) {
  const seam::Parameter &facts = call.slot.facts.result;
  if (facts.name_count > 0 && !facts.are_bits) {
    return std::string(facts.names[0].name);
  }
  switch (call.result_type->kind) {
  case seam::Kind::boolean:
    return "false";
  case seam::Kind::character:
  case seam::Kind::signed_integer:
  case seam::Kind::unsigned_integer:
  case seam::Kind::floating:
  case seam::Kind::enumeration:
    return "0";
  case seam::Kind::constant_text:
    return "\"\"";
  case seam::Kind::pointer:
    return "NULL";
  case seam::Kind::string:
  case seam::Kind::object:
    break;
  }
  return {};
}

/// \p queue with the simplest answer that compiles.
std::string answered(const std::string &queue, const seam::Call &call) {
  if (call.place == nullptr) {
    return "tripwire_" + std::string(call.make == nullptr ? "passes_through" : "returns") + "(" + queue + ");";
  }
  const std::string value = call.result_type->is_reference ? std::string() : simplest(call);
  return value.empty() ? "tripwire_passes_through(" + queue + ");" : "tripwire_returns(" + queue + ", " + value + ");";
}

/// The arguments, each behind a comma. Pointers say nothing as long as another argument says something.
std::string pasted_arguments(const std::vector<Value> &values) {
  std::vector<std::string> texts;
  bool says_something = false;
  for (const Value &value : values) {
    texts.push_back(pasted(value));
    says_something = says_something || (texts.back() != wildcard && texts.back() != some_pointer);
  }
  std::string joined;
  for (const std::string &text : texts) {
    joined += ", " + (says_something && text == some_pointer ? std::string(wildcard) : text);
  }
  return joined;
}

} // namespace

std::string literal(std::string_view text) {
  std::string written;
  seam::Out out(written);
  // In pieces: what is shown to people is cut short, and pasted text must not be.
  constexpr std::size_t piece = 512;
  for (std::size_t at = 0; at == 0 || at < text.size(); at += piece) {
    written += written.empty() ? "" : " ";
    out.put_quoted(text.substr(at, piece));
  }
  // No trigraph.
  for (std::size_t at = written.find("??"); at != std::string::npos; at = written.find("??", at + 2)) {
    written.insert(at + 1, "\\");
  }
  return written;
}

std::string pasted(const Value &value) {
  const seam::Parameter *parameter = value.parameter;
  if ((parameter != nullptr && parameter->is_secret) || value.type == nullptr) {
    return std::string(wildcard);
  }
  if (value.has_content) {
    const bool is_text = value.content.find('\0') == std::string_view::npos &&
                         (parameter == nullptr || parameter->shape != seam::Shape::object);
    return is_text ? literal(value.content) : bytes_of(value.content);
  }
  if (value.address == nullptr) {
    return std::string(wildcard);
  }
  if (is_pointer(value)) {
    const void *pointer = nullptr;
    std::memcpy(&pointer, value.address, sizeof pointer);
    return pointer == nullptr ? "NULL" : std::string(some_pointer);
  }
  Integer integer;
  if (integer_of(value, integer)) {
    const bool has_names = parameter != nullptr && parameter->name_count > 0;
    if (has_names || value.type->kind == seam::Kind::boolean || value.type->kind == seam::Kind::character) {
      return printed(value);
    }
    std::string text;
    seam::Out out(text, seam::Style::paste);
    if (value.type->is_signed) {
      out.put_signed(integer.as_signed());
    } else {
      out.put_unsigned(integer.bits);
    }
    return text;
  }
  std::string_view characters;
  if (characters_of(value, characters)) {
    return literal(characters);
  }
  switch (value.type->kind) {
  case seam::Kind::floating:
    return real_text(value);
  case seam::Kind::object:
    if (value.type->bitwise && value.type->size > 0 && !value.type->is_reference) {
      return bytes_of({static_cast<const char *>(value.address), value.type->size});
    }
    break;
  case seam::Kind::boolean:
  case seam::Kind::character:
  case seam::Kind::signed_integer:
  case seam::Kind::unsigned_integer:
  case seam::Kind::enumeration:
  case seam::Kind::constant_text:
  case seam::Kind::pointer:
  case seam::Kind::string:
    break;
  }
  return std::string(wildcard);
}

std::string handle_line(std::string_view variable, std::string_view verb, const seam::Slot &slot) {
  return "struct tripwire_mock *" + std::string(variable) + " = tripwire_" + std::string(verb) + "(" + name_of(slot) +
         ");";
}

std::string mock_line(const seam::Call &call, bool is_mocked) {
  const std::string mock = (is_mocked ? "tripwire_mocked(" : "tripwire_mock(") + name_of(call.slot) + ")";
  return answered(call.count == 0 ? mock : "tripwire_when(" + mock + pasted_arguments(values_at_call(call)) + ")",
                  call);
}

std::string expect_line(const seam::Call &call, std::string_view session) {
  return answered("tripwire_expect(" + std::string(session) + ", " + name_of(call.slot) +
                      pasted_arguments(values_at_call(call)) + ")",
                  call);
}

std::string spy_line(const seam::Slot &slot) { return "tripwire_spy(" + name_of(slot) + ");"; }

std::string assert_line(const Interaction &interaction) {
  std::vector<Value> values;
  std::string ending;
  for (const FieldView &field : fields_of(interaction)) {
    if (field.argument) {
      values.push_back(field.value);
    } else if (field.name == "returned" && field.required) {
      ending += ", tripwire_returned(" + pasted(field.value) + ")";
    } else if (field.name == "raised") {
      ending += ", tripwire_raised(" + pasted(field.value) + ")";
    }
  }
  return "tripwire_assert_call(" + name_of(*interaction.slot) + pasted_arguments(values) + ending + ");";
}

} // namespace tripwire::runtime::c
