// calls, interactions and mocks --> the sentences of violations
#include "message.hpp"

#include "demangle.hpp"
#include "relay.hpp"

#include <cxxabi.h>

#include <cstring>
#include <exception>
#include <typeinfo>

namespace tripwire::runtime {

std::string argument_name(const seam::Slot &slot, std::size_t index) {
  if (index < slot.facts.parameters.size() && !slot.facts.parameters[index].name.empty()) {
    return std::string(slot.facts.parameters[index].name);
  }
  return "argument " + std::to_string(index + 1);
}

std::string printed(const Value &value) {
  std::string text;
  seam::Out out(text);
  print(out, value);
  return text;
}

std::string described(const Matcher &matcher, const seam::Parameter *parameter) {
  std::string text;
  seam::Out out(text);
  matcher.describe(out, parameter);
  return text;
}

std::string call_text(const seam::Call &call) {
  std::string text(call.slot.facts.name);
  text += '(';
  for (std::size_t index = 0; index < call.count; ++index) {
    text += (index == 0 ? "" : ", ") + argument_name(call.slot, index) + ": " + printed(value_at_call(call, index));
  }
  return text + ')';
}

std::string source_of(const Interaction &interaction) {
  return interaction.slot != nullptr ? std::string(interaction.slot->facts.name) : interaction.plugin->plugin->name();
}

std::string call_text(const Interaction &interaction) {
  if (interaction.slot == nullptr) {
    const std::lock_guard<std::mutex> lock(interaction.plugin->mutex);
    return source_of(interaction) + " " + interaction.plugin->description.request();
  }
  std::string text(interaction.slot->facts.name);
  text += '(';
  bool first = true;
  for (const FieldView &field : fields_of(interaction)) {
    if (field.argument) {
      text += (first ? "" : ", ") + field.name + ": " + printed(field.value);
      first = false;
    }
  }
  return text + ')';
}

std::string outcome_text(const Interaction &interaction) {
  if (interaction.slot == nullptr) {
    return {};
  }
  if (!interaction.is(finished)) {
    return " has not returned yet";
  }
  std::string text;
  for (const FieldView &field : fields_of(interaction)) {
    if (!field.argument) {
      text += (text.empty() ? " " : ", ") + field.name + " " + printed(field.value);
    }
  }
  return text;
}

std::vector<FieldView> fields_of(const Interaction &interaction) {
  std::vector<FieldView> fields;
  if (interaction.slot == nullptr) {
    const std::lock_guard<std::mutex> lock(interaction.plugin->mutex);
    for (const plugin::Field &field : interaction.plugin->description.fields()) {
      FieldView view;
      view.name = field.name;
      view.owned = field.value;
      view.value = view.owned.view();
      view.required = field.need == plugin::Need::required && !field.value.empty();
      view.secret = field.value.empty();
      view.argument = true;
      fields.push_back(std::move(view));
    }
    return fields;
  }
  const Shape &shape = *interaction.shape;
  const bool is_finished = interaction.is(finished);
  for (std::size_t index = 0; index < shape.arguments.size(); ++index) {
    FieldView view;
    view.name = argument_name(*interaction.slot, index);
    view.value = value_in(shape.arguments[index], interaction.block, is_finished);
    view.secret = shape.arguments[index].keep == Keep::nothing;
    view.required = !view.secret;
    view.argument = true;
    fields.push_back(std::move(view));
  }
  if (!is_finished) {
    return fields;
  }
  if (interaction.is(has_raised)) {
    FieldView view;
    view.name = "raised";
    view.owned = AnyValue(std::string(interaction.outcome->raised_what));
    view.value = view.owned.view();
    fields.push_back(std::move(view));
    return fields;
  }
  if (interaction.is(has_result)) {
    FieldView view;
    view.name = "returned";
    view.value = value_in(shape.result, interaction.block, true);
    view.secret = shape.result.keep == Keep::nothing;
    view.required = interaction.is(real) && !view.secret;
    fields.push_back(std::move(view));
  }
  if (interaction.is(answered_errno)) {
    FieldView view;
    view.name = "errno";
    view.owned = AnyValue(interaction.outcome->error);
    view.value = view.owned.view();
    view.required = false;
    fields.push_back(std::move(view));
  }
  return fields;
}

std::string text_of(const Place &place) { return std::string(place.file) + ":" + std::to_string(place.line); }

std::string thread_text(std::uint32_t thread, std::uint32_t home) {
  if ((thread & child_bit) != 0) {
    return ", in child process " + std::to_string(thread & ~child_bit);
  }
  return thread == home || home == 0 ? std::string() : ", in thread " + std::to_string(thread);
}

std::string count_text(std::size_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string errno_text(int error) {
  const char *name = strerrorname_np(error < 0 ? -error : error);
  return name == nullptr ? std::to_string(error) : name;
}

std::string indented(std::string_view text, std::string_view indent) {
  std::string out;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && c != '\n') {
      out += indent;
    }
    out += c;
    at_start = c == '\n';
  }
  return out;
}

ExceptionText describe(const std::exception_ptr &exception) {
  std::string what;
  bool has_what = false;
  try {
    std::rethrow_exception(exception);
  } catch (const std::exception &error) {
    what = error.what();
    has_what = true;
  } catch (const Violation &violation) {
    const Facts &facts = violation.facts();
    what = facts.text;
    return {"tripwire::" + std::string(name_of(facts.kind)), what};
  } catch (const char *text) {
    what = text;
    has_what = true;
  } catch (const std::string &text) {
    what = text;
    has_what = true;
  } catch (...) {
    // Of a type that says nothing: its name must do.
  }
  std::string name = "an exception of unknown type";
  try {
    std::rethrow_exception(exception);
  } catch (...) {
    if (const std::type_info *type = abi::__cxa_current_exception_type()) {
      name = friendly_type(demangle(type->name()));
    }
  }
  std::string shown = name;
  if (has_what) {
    shown += "(";
    seam::Out out(shown);
    out.put_quoted(what);
    shown += ")";
  }
  return {shown, has_what ? what : name};
}

std::string threw_text(const std::exception_ptr &exception) {
  return exception == nullptr ? std::string() : "; comparing them threw " + describe(exception).shown;
}

namespace {

/// How many conditions of a queue hold.
std::size_t matching(const Queue &queue, const seam::Call &call) {
  std::size_t count = 0;
  for (std::size_t index = 0; index < queue.rest().conditions.size() && index < call.count; ++index) {
    count += queue.rest().conditions[index].matches(value_at_call(call, index)) ? 1u : 0u;
  }
  return count;
}

} // namespace

std::string differences(const Queue &queue, const seam::Call &call) {
  std::string text;
  for (std::size_t index = 0; index < queue.rest().conditions.size(); ++index) {
    const Matcher &matcher = queue.rest().conditions[index];
    const std::string expected = described(matcher, &parameter_of(call.slot, index));
    text += "\n    " + argument_name(call.slot, index) + ": ";
    if (index >= call.count) {
      text += "expected " + expected + ", the call has no such argument";
      continue;
    }
    const Value value = value_at_call(call, index);
    if (matcher.is_wildcard()) {
      text += "anything";
      continue;
    }
    std::exception_ptr threw;
    if (matcher.matches(value, threw)) {
      text += printed(value) + " matches";
    } else {
      text += "expected " + expected + ", got " + printed(value) + threw_text(threw);
    }
  }
  for (std::size_t index = queue.rest().conditions.size(); index < call.count; ++index) {
    text += "\n    " + argument_name(call.slot, index) + ": not expected, got " + printed(value_at_call(call, index));
  }
  return text;
}

namespace {

std::string place_of(const Queue &queue) {
  if (queue.rest().place.line > 0) {
    return text_of(queue.rest().place);
  }
  const CallSite site = call_site(queue.rest().site);
  if (!site.file.empty()) {
    return site.file + ":" + std::to_string(site.line);
  }
  return queue.rest().answers.empty() ? "an unknown place" : text_of(queue.rest().answers.front()->rest().place);
}

} // namespace

std::string nearest_text(MockedSlot &mocked, const seam::Call &call) {
  const Queue *nearest = nullptr;
  std::size_t best = 0;
  for (const auto &queue : mocked.conditional) {
    const std::size_t count = matching(*queue, call);
    if (nearest == nullptr || count > best) {
      nearest = queue.get();
      best = count;
    }
  }
  std::string text;
  if (nearest != nullptr && meets(*nearest, call)) {
    text += "\n  the mock for these arguments, from " + place_of(*nearest) + ", has no answer left; it served " +
            count_text(nearest->rest().answers.size(), "answer", "answers");
  } else if (nearest != nullptr) {
    text += "\n  the nearest mock, from " + place_of(*nearest) + ", does not match";
    text += differences(*nearest, call);
  }
  if (!mocked.own.rest().answers.empty()) {
    text += "\n  the mock from " + text_of(mocked.place) + " has no answer left; it had " +
            count_text(mocked.own.rest().answers.size(), "answer", "answers") + " for any arguments";
  } else if (nearest == nullptr) {
    text += "\n  the mock from " + text_of(mocked.place) + " has no answer";
  }
  return text;
}

} // namespace tripwire::runtime
