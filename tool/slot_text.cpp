#include "tool/slot_text.hpp"

#include "tool/text.hpp"
#include "tool/wrapper_name.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

namespace tripwire::tool {
namespace {

using Semantics = config::Semantics;

std::string type_of(const SpelledType &type) { return "tw::type_t<" + type.type + ">"; }

/// The types of a call through \p kind: the fixed parameters, then the variadic arguments.
std::vector<std::string> argument_types(const TypedSeam &seam, const WrapperKind &kind) {
  std::vector<std::string> types;
  types.reserve(seam.parameters.size() + kind.variadic_types.size());
  for (const TypedParameter &parameter : seam.parameters)
    types.push_back(type_of(parameter.type));
  for (const char letter : kind.variadic_types)
    types.push_back(std::string("tw::type_t<") + variadic_type(letter) + ">");
  return types;
}

std::string joined(const std::vector<std::string> &words) { return llvm::join(words, ", "); }

std::string fixed_types(const TypedSeam &seam) {
  std::string text = joined(argument_types(seam, {}));
  if (seam.declaration.variadic)
    text += text.empty() ? "..." : ", ...";
  return text;
}

std::string noexcept_of(const TypedSeam &seam) { return seam.declaration.is_noexcept ? " noexcept" : ""; }

/// The seam's address as one member of its overload set.
std::string address_of(const TypedSeam &seam, const std::string &identifier) {
  const std::string scope = seam.member_of.empty() ? seam.declaration.scope : seam.member_of + "::";
  const std::string pointer = seam.member_of.empty() || seam.is_static ? "(*)" : "(" + seam.member_of + "::*)";
  return "static_cast<" + type_of(seam.result) + " " + pointer + "(" + fixed_types(seam) + ")" + seam.qualifiers +
         noexcept_of(seam) + ">(&" + scope + identifier + seam.arguments + ")";
}

/// A constructor as a test names it: a function from its parameters to its class.
std::string construction_type(const TypedSeam &seam) {
  return seam.declaration.constructs + "(" + fixed_types(seam) + ")";
}

std::string key_of(const TypedSeam &seam, const std::string &identifier) {
  if (!seam.is_public)
    return "{}";
  if (!seam.declaration.constructs.empty())
    return "tw::construction_key<" + construction_type(seam) + ">()";
  if (seam.declaration.c_linkage && seam.member_of.empty() && !seam.is_overloaded)
    return "tw::key<&" + seam.declaration.scope + identifier + ">()";
  return "tw::key<" + address_of(seam, identifier) + ">()";
}

std::string signature_of(const TypedSeam &seam) {
  if (!seam.declaration.constructs.empty())
    return "tw::signature<" + construction_type(seam) + ">()";
  if (seam.declaration.c_linkage && seam.member_of.empty() && !seam.is_overloaded)
    return "tw::signature<decltype(" + seam.declaration.scope + seam.declaration.identifier + ")>()";
  return "tw::signature<" + type_of(seam.result) + "(" + fixed_types(seam) + ")" + seam.qualifiers + noexcept_of(seam) +
         ">()";
}

/// What one parameter or the result is called in the seam's entry, and what the entry says of it.
struct Meaning {
  const SpelledType &type;
  const Semantics *semantics; ///< null when nothing is said
};

/// Writes the tables that one parameter's description refers to.
class ParameterText {
public:
  ParameterText(const TypedSeam &seam, std::size_t number) : seam_(seam), number_(std::to_string(number)) {}

  /// `.out().bytes(...)`, and so on.
  std::string chain(const Meaning &meaning, const std::string &id) {
    std::string text;
    static const Semantics nothing;
    const Semantics &semantics = meaning.semantics ? *meaning.semantics : nothing;
    if (semantics.secret)
      return ".secret()";
    switch (semantics.direction) {
    case Semantics::Direction::none:
      break;
    case Semantics::Direction::in:
      text += ".in()";
      break;
    case Semantics::Direction::out:
      text += ".out()";
      break;
    case Semantics::Direction::in_out:
      text += ".in_out()";
      break;
    }
    switch (semantics.shape) {
    case Semantics::Shape::value:
      break;
    case Semantics::Shape::text:
      text += ".text()";
      break;
    case Semantics::Shape::bytes:
      text += ".bytes(" + size_function(semantics.size) + ")";
      break;
    case Semantics::Shape::object:
      text += ".object(sizeof(" + meaning.type.pointee + "))";
      break;
    }
    if (!semantics.bits.empty())
      text += ".bits(" + table(semantics.bits, id) + ")";
    else if (!meaning.type.enumerators.empty())
      text += ".enumerators(" + table(meaning.type.enumerators, id) + ")";
    const std::vector<std::string> &fields = semantics.fields.empty() && semantics.shape == Semantics::Shape::object
                                                 ? meaning.type.fields
                                                 : semantics.fields;
    if (!fields.empty())
      text += ".prints(" + printer(meaning.type, fields, id) + ")";
    return text;
  }

  [[nodiscard]] const std::string &tables() const { return tables_; }

private:
  std::string size_function(const std::string &size) const {
    std::string text = "[](const tw::Call &call) -> ::std::size_t { ";
    bool uses_call = false;
    for (std::size_t i = 0; i < seam_.parameters.size(); ++i) {
      const TypedParameter &parameter = seam_.parameters[i];
      if (!mentions(size, parameter.name))
        continue;
      text += "const auto &" + parameter.name + " = call.argument<" + std::to_string(i) + ", " +
              type_of(parameter.type) + ">(); ";
      uses_call = true;
    }
    if (mentions(size, "result") && !seam_.returns_nothing) {
      text += "const auto &result = call.result<" + type_of(seam_.result) + ">(); ";
      uses_call = true;
    }
    return text + (uses_call ? "" : "(void)call; ") + "return static_cast< ::std::size_t>(" + size + "); }";
  }

  std::string table(const std::vector<std::string> &names, const std::string &id) {
    std::vector<EnumeratorValue> values;
    values.reserve(names.size());
    for (const std::string &name : names)
      values.push_back({name, name});
    return table(values, id);
  }
  std::string table(const std::vector<EnumeratorValue> &values, const std::string &id) {
    const std::string name = "names_" + number_ + "_" + id;
    tables_ += "constexpr tw::Enumerator " + name + "[] = {";
    for (const EnumeratorValue &value : values)
      tables_ += "{" + as_literal(value.text) + ", static_cast<long long>(" + value.name + ")}, ";
    tables_ += "};\n";
    return name;
  }
  std::string printer(const SpelledType &type, const std::vector<std::string> &fields, const std::string &id) {
    const std::string name = "print_" + number_ + "_" + id;
    tables_ += "void " + name + "(tw::Out &out, const void *value) {\n  const auto &it = *static_cast<const " +
               (type.pointee.empty() ? type_of(type) : "tw::type_t<" + type.pointee + ">") +
               " *>(value);\n  tw::print_fields(out, " + as_literal(type.record);
    for (const std::string &field : fields)
      tables_ += ", tw::field(" + as_literal(field) + ", it." + field + ")";
    tables_ += ");\n}\n";
    return name;
  }

  const TypedSeam &seam_;
  std::string number_;
  std::string tables_;
};

std::string failure_text(const TypedSeam &seam, const config::Seam &entry) {
  if (!entry.failure)
    return "{}";
  std::string text;
  std::string code;
  if (!entry.failure->returns.empty())
    text += "returns " + entry.failure->returns;
  if (!entry.failure->errno_name.empty()) {
    text += (text.empty() ? "errno " : ", errno ") + entry.failure->errno_name;
    code += "errno = " + entry.failure->errno_name + "; ";
  }
  code += seam.returns_nothing ? "(void)result; "
                               : "::new (result) " + type_of(seam.result) + "((" + type_of(seam.result) + ")(" +
                                     entry.failure->returns + ")); ";
  return "{" + as_literal(text) + ", [](void *result) noexcept { " + code + "}}";
}

Diagnostic complaint(const config::Place &place, std::string message, std::string next_step) {
  Diagnostic diagnostic;
  diagnostic.place = {place.file, static_cast<unsigned>(place.line), static_cast<unsigned>(place.column)};
  diagnostic.message = std::move(message);
  if (!next_step.empty())
    diagnostic.notes.push_back({Severity::note, {}, std::move(next_step), {}});
  return diagnostic;
}

/// What the definition of a wrapper says in front of its body.
std::string wrapper_head(const TypedSeam &seam, const WrapperKind &kind, const std::string &parameters) {
  const Declaration &declaration = seam.declaration;
  std::string text;
  for (unsigned i = 0; i < seam.heads; ++i)
    text += "template <> ";
  const std::string scope = seam.member_of.empty() ? "" : seam.member_of.substr(2) + "::";
  const bool keeps_noexcept = declaration.is_noexcept && !kind.may_throw;
  return text + "__attribute__((noinline)) " + type_of(seam.result) + " " + scope +
         wrapper_name(declaration.stem(), kind) + seam.arguments + "(" + parameters + ")" + seam.qualifiers +
         (keeps_noexcept ? " noexcept" : "");
}

/// \p text in the linkage and the namespaces of the wrapper that it declares or defines.
std::string in_scope(const TypedSeam &seam, std::string text) {
  if (!seam.member_of.empty())
    return text;
  if (seam.declaration.c_linkage)
    text = "extern \"C\" " + text;
  llvm::SmallVector<llvm::StringRef, 4> scopes;
  llvm::StringRef(seam.declaration.scope).split(scopes, "::", -1, false);
  for (const llvm::StringRef scope : llvm::reverse(scopes))
    text = "namespace " + scope.str() + " {\n" + text + "}\n";
  return text;
}

/// Those facts of a slot that most slots leave as they are.
std::string last_facts(bool is_construction, const std::string &transitions, const std::vector<std::string> &layer) {
  const std::vector<std::string> facts = {is_construction ? "true" : "false", transitions.empty() ? "{}" : transitions,
                                          as_literal(llvm::join(layer, "\n"))};
  const std::size_t said = !layer.empty() ? 3 : !transitions.empty() ? 2 : is_construction ? 1 : 0;
  std::string text;
  for (const std::string &fact : llvm::ArrayRef<std::string>(facts).take_front(said))
    text += ",\n    " + fact;
  return text;
}

std::string base_name(const std::string &path) { return llvm::sys::path::filename(path).str(); }

} // namespace

std::vector<Diagnostic> check_entry(const TypedSeam &seam, const config::Seam &entry) {
  std::vector<Diagnostic> errors;
  const std::string name = "'" + seam.declaration.qualified_name + "'";
  const bool names_one = entry.kind != config::SeamKind::header && config::is_exact(entry.pattern);
  for (const auto &[parameter, semantics] : entry.parameters) {
    const auto known = llvm::find_if(seam.parameters, [&name_wanted = parameter](const TypedParameter &candidate) {
      return candidate.name == name_wanted;
    });
    if (known == seam.parameters.end()) {
      std::vector<std::string> names;
      for (const TypedParameter &candidate : seam.parameters)
        if (!candidate.name.empty())
          names.push_back(candidate.name);
      if (names_one)
        errors.push_back(complaint(semantics.place, name + " has no parameter '" + parameter + "'",
                                   names.empty() ? "its declaration names none" : "it has: " + joined(names)));
    } else if (semantics.shape == Semantics::Shape::object && known->type.pointee.empty()) {
      errors.push_back(complaint(semantics.place,
                                 "parameter '" + parameter + "' of " + name + " points to no struct that is known",
                                 "its type is " + known->type.type));
    } else if (semantics.shape == Semantics::Shape::bytes && semantics.size.empty()) {
      errors.push_back(complaint(semantics.place, "parameter '" + parameter + "' is bytes of no size",
                                 "add 'size:', the number of bytes as an expression over the parameters"));
    }
  }
  if (entry.hands_over) {
    std::vector<unsigned> named = entry.hands_over->callables;
    if (entry.hands_over->data)
      named.push_back(*entry.hands_over->data);
    for (const unsigned number : named)
      if (number >= seam.parameters.size())
        errors.push_back(complaint(entry.hands_over->place, name + " has no parameter " + std::to_string(number),
                                   "they are counted from 0, and it has " + std::to_string(seam.parameters.size())));
  }
  if (entry.failure && names_one) {
    if (seam.returns_nothing && !entry.failure->returns.empty())
      errors.push_back(complaint(entry.failure->place, name + " returns nothing", "leave 'returns:' out"));
    if (!seam.returns_nothing && entry.failure->returns.empty())
      errors.push_back(complaint(entry.failure->place, name + " returns a value: say which one a refusal gives",
                                 "add 'returns:', an expression of type " + seam.result.type));
  }
  return errors;
}

std::string slot_text(const TypedSeam &seam, const config::Seam &entry, std::size_t number,
                      const std::string &transitions) {
  const std::string id = std::to_string(number);
  ParameterText text(seam, number);
  std::string parameters;
  for (std::size_t i = 0; i < seam.parameters.size(); ++i) {
    const TypedParameter &parameter = seam.parameters[i];
    const auto said = entry.parameters.find(parameter.name);
    parameters +=
        "    tw::parameter(" + as_literal(parameter.name) + ")" +
        text.chain({parameter.type, said == entry.parameters.end() ? nullptr : &said->second}, std::to_string(i)) +
        ",\n";
  }
  const std::string result = "tw::result()" + text.chain({seam.result, entry.result ? &*entry.result : nullptr}, "r");
  std::string slot = text.tables();
  if (!parameters.empty())
    slot += "constexpr tw::Parameter parameters_" + id + "[] = {\n" + parameters + "};\n";
  if (!transitions.empty())
    slot += "constexpr tw::Transition transitions_" + id + "[] = {\n" + transitions + "};\n";
  const bool is_construction = !seam.declaration.constructs.empty();
  const bool has_plain_wrapper = seam.wrappers.count({}) != 0 && !is_construction;
  slot += "tw::Slot slot_" + id + "(tw::SlotFacts{\n    " + as_literal(seam.declaration.qualified_name) + ",\n    " +
          as_literal(seam.declaration.symbols.empty() ? "" : seam.declaration.symbols.front()) + ",\n    " +
          as_literal(entry.plugin) + ",\n    " +
          as_literal(base_name(entry.place.file) + ":" + std::to_string(entry.place.line)) + ",\n    " +
          key_of(seam, seam.declaration.identifier) + ",\n    " +
          (has_plain_wrapper ? key_of(seam, wrapper_name(seam.declaration.stem(), {})) : "{}") + ",\n    " +
          signature_of(seam) + ",\n    " + (parameters.empty() ? "{}" : "parameters_" + id) + ",\n    " + result +
          ",\n    " + failure_text(seam, entry) +
          last_facts(is_construction, transitions.empty() ? "" : "transitions_" + id, entry.layer) +
          "});\nconst tw::Registration registration_" + id + "(slot_" + id + ");\n\n";
  return slot;
}

namespace {

/// The wrapper of a constructor asks the runtime and then runs the real one, arguments untouched in between.
std::string construction_text(const TypedSeam &seam, const WrapperKind &kind, std::size_t number) {
  const Declaration &declaration = seam.declaration;
  const std::vector<std::string> types = argument_types(seam, kind);
  const std::string tag = wrapper_name(declaration.stem(), kind);
  std::string declared = "const " + seam.member_of + "::" + tag + " &";
  std::string asked = "slot_" + std::to_string(number) + ", this";
  std::string forwarded;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const std::string name = "a" + std::to_string(i);
    declared += ", " + types[i] + " " + name;
    asked += ", " + name;
    forwarded += ", static_cast<" + types[i] + " &&>(" + name + ")";
  }
  std::vector<std::string> arguments = {kind.may_throw ? "tw::Refusal::throws" : "tw::Refusal::answers"};
  arguments.insert(arguments.end(), types.begin(), types.end());
  const bool keeps_noexcept = declaration.is_noexcept && !kind.may_throw;
  return "__attribute__((noinline)) " + seam.member_of.substr(2) + "::" + declaration.identifier + "(" + declared +
         ")" + (keeps_noexcept ? " noexcept" : "") + "\n    : " + declaration.identifier + "((tw::admit_construction<" +
         joined(arguments) + ">(" + asked + "), tripwire_seam_agreed{})" + forwarded + ") {}\n";
}

/// Puts what takes its context along in the place of each callable of \p forwarded. \return what has to be done before
/// the real call: pointers to functions and their data are changed together.
std::string hand_over_text(const config::HandOver &hands_over, const std::vector<std::string> &types,
                           std::vector<std::string> &forwarded) {
  std::string before;
  const std::string several = hands_over.callables.size() > 1 ? "true" : "false";
  for (const unsigned callable : hands_over.callables) {
    const std::string name = "p" + std::to_string(callable);
    if (hands_over.data)
      before += name + " = tw::hand_over_callback<" + several + ">(" + name + ", p" + std::to_string(*hands_over.data) +
                "); ";
    else
      forwarded[callable] = "tw::hand_over<" + types[callable] + ">(" + name + ")";
  }
  return before;
}

} // namespace

std::string specialisation_text(const TypedSeam &seam, const WrapperKind &kind) {
  if (seam.heads == 0)
    return {}; // declared in its class
  return in_scope(seam, wrapper_head(seam, kind, fixed_types(seam)) + ";\n");
}

std::string wrapper_text(const TypedSeam &seam, const WrapperKind &kind, std::size_t number,
                         const config::Seam &entry) {
  if (!seam.declaration.constructs.empty())
    return construction_text(seam, kind, number);
  const Declaration &declaration = seam.declaration;
  const bool is_member = !seam.member_of.empty() && !seam.is_static;
  const std::vector<std::string> types = argument_types(seam, kind);
  const std::string result = type_of(seam.result);

  std::vector<std::string> declared;  // of the wrapper
  std::vector<std::string> passed;    // to invoke
  std::vector<std::string> taken;     // by the lambda
  std::vector<std::string> forwarded; // to the seam
  std::string read;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const std::string n = std::to_string(i);
    if (i < seam.parameters.size())
      declared.push_back(types[i] + " a" + n);
    else
      read += "  " + types[i] + " a" + n + " = __builtin_va_arg(list, " + types[i] + ");\n";
    passed.push_back("a" + n);
    taken.push_back(types[i] + " p" + n);
    forwarded.push_back("static_cast<" + types[i] + " &&>(p" + n + ")");
  }
  if (declaration.variadic) {
    declared.push_back("...");
    const std::string last = seam.parameters.empty() ? "" : "a" + std::to_string(seam.parameters.size() - 1);
    read =
        "  __builtin_va_list list;\n  __builtin_va_start(list, " + last + ");\n" + read + "  __builtin_va_end(list);\n";
  }

  std::string real;
  if (!seam.member_of.empty()) {
    const bool on_rvalue = seam.qualifiers.find("&&") != std::string::npos;
    const std::string object = on_rvalue ? "static_cast<" + seam.member_of + seam.qualifiers + ">(*this)." : "this->";
    const std::string identifier = declaration.identifier + seam.arguments;
    const std::string qualified = seam.member_of + "::" + identifier;
    real = !is_member ? qualified : object + (kind.qualified ? qualified : identifier);
  } else {
    real = declaration.inner.empty() ? "(" + declaration.scope + declaration.identifier + seam.arguments + ")"
                                     : "(*" + real_name(declaration.inner) + ")";
  }
  std::string text = wrapper_head(seam, kind, joined(declared)) + " {\n" + read;
  const std::string refusal = kind.may_throw ? "tw::Refusal::throws" : "tw::Refusal::answers";
  std::vector<std::string> template_arguments = {refusal};
  if (!seam.never_returns)
    template_arguments.push_back(result);
  template_arguments.insert(template_arguments.end(), types.begin(), types.end());
  std::vector<std::string> arguments = {"slot_" + std::to_string(number), "__builtin_return_address(0)"};
  if (is_member && !seam.never_returns)
    arguments.push_back("this");
  const std::string before = entry.hands_over ? hand_over_text(*entry.hands_over, types, forwarded) : "";
  const std::string real_call = std::string(is_member ? "[this]" : "[]") + "(" + joined(taken) + ") -> " + result +
                                " { " + before + "return " + real + "(" + joined(forwarded) + "); }";
  arguments.push_back(real_call);
  arguments.insert(arguments.end(), passed.begin(), passed.end());
  const std::string invoke = seam.never_returns ? "tw::invoke_noreturn"
                             : is_member        ? "tw::invoke_member"
                                                : "tw::invoke";
  if (entry.only_hands_over) {
    std::vector<std::string> given;
    for (std::size_t i = 0; i < types.size(); ++i)
      given.push_back("static_cast<" + types[i] + " &&>(" + passed[i] + ")");
    text += "  return " + real_call + "(" + joined(given) + ");\n}\n";
  } else
    text += std::string("  ") + (seam.never_returns ? "" : "return ") + invoke + "<" + joined(template_arguments) +
            ">(" + joined(arguments) + ");\n}\n";

  return in_scope(seam, std::move(text));
}

} // namespace tripwire::tool
