// calls and interactions --> lines to paste into a test, which compile and make it progress
#include "hint.hpp"

#include "c/hint_in_c.hpp"
#include "c/in_c.hpp"
#include "demangle.hpp"
#include "message.hpp"

#include <vector>

namespace tripwire::runtime {

namespace {

constexpr std::string_view wildcard = "tripwire::anything";
constexpr std::string_view some_pointer = "tripwire::not_null";

/// A predicate that takes the value's own type: for what can be neither printed nor compared.
std::string open_predicate(const Value &value) {
  if (value.type == nullptr || value.address == nullptr) {
    return std::string(wildcard);
  }
  return "tripwire::that([](const " + friendly_type(value.type->name()) + " &) { return true; })";
}

/// The arguments joined by commas. Pointers say nothing as long as another argument says something.
std::string pasted_arguments(const std::vector<Value> &values) {
  std::vector<std::string> texts;
  bool says_something = false;
  for (const Value &value : values) {
    texts.push_back(pasted(value));
    says_something = says_something || (texts.back() != wildcard && texts.back() != some_pointer);
  }
  std::string joined;
  for (std::size_t index = 0; index < texts.size(); ++index) {
    if (says_something && texts[index] == some_pointer) {
      texts[index] = wildcard;
    }
    if (!says_something && texts[index] == wildcard) {
      const bool is_secret = values[index].parameter != nullptr && values[index].parameter->is_secret;
      texts[index] = is_secret ? std::string(wildcard) : open_predicate(values[index]);
      says_something = texts[index] != wildcard;
    }
    joined += (index == 0 ? "" : ", ") + texts[index];
  }
  return joined;
}

/// The simplest answer that compiles for the result's type.
std::string answer(const seam::Call &call) {
  const seam::Type &type = *call.result_type;
  const seam::Parameter &facts = call.slot.facts.result;
  if (call.place == nullptr) {
    return call.make == nullptr ? ".passes_through()" : ".returns()";
  }
  if (type.is_reference) {
    return ".passes_through()";
  }
  if (facts.name_count > 0 && !facts.are_bits) {
    return ".returns(" + std::string(facts.names[0].name) + ")";
  }
  switch (type.kind) {
  case seam::Kind::boolean:
    return ".returns(false)";
  case seam::Kind::character:
  case seam::Kind::signed_integer:
  case seam::Kind::unsigned_integer:
  case seam::Kind::floating:
    return ".returns(0)";
  case seam::Kind::enumeration:
    return ".returns({})";
  case seam::Kind::constant_text:
    return ".returns(\"\")";
  case seam::Kind::pointer:
    return ".returns(nullptr)";
  case seam::Kind::string:
    return friendly_type(type.name()).compare(0, 11, "std::string") == 0 ? ".returns(\"\")" : ".passes_through()";
  case seam::Kind::object:
    return ".passes_through()";
  }
  return ".passes_through()";
}

} // namespace

std::string pasted(const Value &value) {
  std::string text;
  seam::Out out(text, seam::Style::paste);
  print(out, value);
  return text;
}

std::string verb_text(std::string_view verb, const seam::Slot &slot, bool with_arguments) {
  const seam::SlotFacts &facts = slot.facts;
  std::string text = "tripwire::" + std::string(verb) + "<";
  if (facts.is_constructor) {
    return text + "tripwire::constructor<" + friendly_type(facts.signature) + ">>(";
  }
  if (facts.key.empty()) {
    text += friendly_type(facts.signature) + ">(\"" + std::string(facts.name) + "\"";
    return text + (with_arguments ? ", " : "");
  }
  if (facts.symbol == facts.name) {
    return text + "&" + std::string(facts.name) + ">(";
  }
  // A name alone would be ambiguous if there are overloads, and nobody here knows whether there are.
  return text + "tripwire::overload<" + friendly_type(facts.signature) + ">(&" + std::string(facts.name) + ")>(";
}

std::string handle_line(std::string_view variable, std::string_view verb, const seam::Slot &slot) {
  if (speaks_c()) {
    return c::handle_line(variable, verb, slot);
  }
  return "auto &" + std::string(variable) + " = " + verb_text(verb, slot, false) + ");";
}

std::string mock_line(const seam::Call &call, bool is_mocked) {
  if (speaks_c()) {
    return c::mock_line(call, is_mocked);
  }
  const std::vector<Value> values = values_at_call(call);
  std::string text = verb_text(is_mocked ? "mocked" : "mock", call.slot, false) + ")";
  if (!values.empty()) {
    text += ".when(" + pasted_arguments(values) + ")";
  }
  return text + answer(call) + ";";
}

std::string session_line(std::string_view machine, const seam::Call &call) {
  if (speaks_c()) {
    return c::expect_line(call, "tripwire_new_session(\"" + std::string(machine) + "\")");
  }
  return "tripwire::new_session(\"" + std::string(machine) + "\")" + expect_line(call) + ";";
}

std::string expect_line(const seam::Call &call) {
  if (speaks_c()) {
    return c::expect_line(call, "session");
  }
  const std::vector<Value> values = values_at_call(call);
  const std::string verb = verb_text("expect", call.slot, !values.empty());
  return "." + verb.substr(std::string_view("tripwire::").size()) + pasted_arguments(values) + ")" + answer(call);
}

std::string spy_line(const seam::Slot &slot) {
  return speaks_c() ? c::spy_line(slot) : verb_text("spy", slot, false) + ");";
}

std::string assert_line(const Interaction &interaction) {
  if (interaction.slot == nullptr) {
    const std::lock_guard<std::mutex> lock(interaction.plugin->mutex);
    return interaction.plugin->plugin->assert_line(interaction.plugin->description);
  }
  if (speaks_c()) {
    return c::assert_line(interaction);
  }
  std::vector<Value> values;
  std::string ending;
  for (const FieldView &field : fields_of(interaction)) {
    if (field.argument) {
      values.push_back(field.value);
    } else if (field.name == "returned" && field.required) {
      const std::string text = pasted(field.value);
      ending += ".returned(" + text + ")";
    } else if (field.name == "raised") {
      ending += ".raised(" + pasted(field.value) + ")";
    }
  }
  return verb_text("assert_call", *interaction.slot, !values.empty()) + pasted_arguments(values) + ")" + ending + ";";
}

} // namespace tripwire::runtime
