#include "tool/transition_text.hpp"

#include "tool/text.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace tripwire::tool {
namespace {

/// Whether the transition's call is this seam: what its entry says, or its name.
bool is_call_of(const config::Transition &transition, const TypedSeam &seam, const config::Seam &entry) {
  if (transition.call == entry.pattern)
    return true;
  const config::Pattern pattern = config::parse_pattern(transition.call);
  return !pattern.parameters && pattern.file.empty() &&
         config::matches(transition.call, seam.declaration.qualified_name);
}

template <class Use>
void for_each_transition(const TypedSeam &seam, const config::Seam &entry, const config::Configuration &configuration,
                         Use use) {
  if (!seam.declaration.constructs.empty())
    return;
  for (const config::Machine &machine : configuration.machines)
    for (const config::Transition &transition : machine.transitions)
      if (!transition.handle.empty() && is_call_of(transition, seam, entry))
        use(machine, transition);
}

const TypedParameter *parameter_named(const TypedSeam &seam, const std::string &name) {
  const auto found =
      llvm::find_if(seam.parameters, [&name](const TypedParameter &candidate) { return candidate.name == name; });
  return found == seam.parameters.end() ? nullptr : &*found;
}

/// Names are unique in a declaration, so `return` and `this` are no parameters.
struct Wrong {
  std::string message;
  std::string next_step;
};

std::optional<Wrong> wrong_handle(const TypedSeam &seam, const std::string &handle) {
  const std::string name = "'" + seam.declaration.qualified_name + "'";
  std::vector<std::string> names;
  for (const TypedParameter &parameter : seam.parameters)
    if (!parameter.name.empty())
      names.push_back(parameter.name);
  const std::string has = names.empty() ? "its declaration names no parameter" : "it has: " + llvm::join(names, ", ");
  const std::string kinds = "a handle is a number or a pointer, or what a parameter points or refers to";
  if (handle == "this") {
    const bool is_member = !seam.member_of.empty() && !seam.is_static;
    return is_member ? std::nullopt : std::optional(Wrong{name + " is called on no object: it has no 'this'", has});
  }
  if (handle == "return") {
    if (seam.returns_nothing)
      return Wrong{name + " returns nothing, so no handle either", has};
    if (seam.result.handle_in == HandleIn::none)
      return Wrong{"the result of " + name + " is no handle: its type is " + seam.result.type, kinds};
    return std::nullopt;
  }
  const TypedParameter *parameter = parameter_named(seam, handle);
  if (!parameter)
    return Wrong{name + " has no parameter '" + handle + "'", has};
  if (parameter->type.handle_in == HandleIn::none)
    return Wrong{"parameter '" + handle + "' of " + name + " is no handle: its type is " + parameter->type.type, kinds};
  return std::nullopt;
}

/// `.at(tw::HandleIn::pointee, 1, tw::type_of<::acme_link *>())`
std::string handle_text(const TypedSeam &seam, const std::string &handle) {
  std::string where = "object";
  std::string type = "const void *";
  std::ptrdiff_t index = 0;
  if (handle == "return") {
    where = "result";
    // Of a reference, the pointer to what it refers to is handed over; a pointer to a handle is a handle itself.
    if (seam.result.handle_in == HandleIn::value && !llvm::StringRef(seam.result.type).ends_with("&"))
      type = seam.result.handle;
  } else if (handle != "this") {
    const TypedParameter *parameter = parameter_named(seam, handle);
    index = parameter - seam.parameters.data();
    type = parameter->type.handle;
    where = parameter->type.handle_in == HandleIn::pointee   ? "pointee"
            : parameter->type.handle_in == HandleIn::address ? "address"
                                                             : "argument";
  }
  return ".at(tw::HandleIn::" + where + ", " + std::to_string(index) + ", tw::type_of<tw::type_t<" + type + ">>())";
}

} // namespace

std::vector<Diagnostic> check_handles(const TypedSeam &seam, const config::Seam &entry,
                                      const config::Configuration &configuration) {
  std::vector<Diagnostic> errors;
  const config::Place *last = nullptr; // one entry may be several transitions
  for_each_transition(seam, entry, configuration, [&](const config::Machine &, const config::Transition &transition) {
    const config::Place &place = transition.handle_place;
    if (last && last->line == place.line && last->column == place.column && last->file == place.file)
      return;
    last = &place;
    const std::optional<Wrong> wrong = wrong_handle(seam, transition.handle);
    if (!wrong)
      return;
    Diagnostic error;
    error.place = {place.file, static_cast<unsigned>(place.line), static_cast<unsigned>(place.column)};
    error.message = wrong->message;
    error.notes.push_back({Severity::note, {}, wrong->next_step, {}});
    errors.push_back(std::move(error));
  });
  return errors;
}

std::string transition_table(const TypedSeam &seam, const config::Seam &entry,
                             const config::Configuration &configuration) {
  std::string table;
  for_each_transition(
      seam, entry, configuration, [&](const config::Machine &machine, const config::Transition &transition) {
        table += "    tw::transition(" + as_literal(machine.name) + ", " + as_literal(transition.from) + ")";
        if (transition.to != transition.from)
          table += ".to(" + as_literal(transition.to) + ")";
        if (config::is_final(machine, transition.to))
          table += ".closes()";
        if (transition.on_failure != transition.from)
          table += ".on_failure(" + as_literal(transition.on_failure) + ")";
        if (config::is_final(machine, transition.on_failure))
          table += ".closes_on_failure()";
        if (config::opens(machine, transition))
          table += ".opens()";
        table += handle_text(seam, transition.handle) + ",\n";
      });
  return table;
}

} // namespace tripwire::tool
