// seams --(seam_symbols)--> the link symbols that mean them, aliases included
#include "tool/seam_symbols.hpp"
#include "tool/lowering.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Demangle/Demangle.h"

#include <array>
#include <cstdlib>
#include <memory>

namespace tripwire::tool {
namespace {

/// The names that glibc, fortification and the C standards' versions put around a function's own.
void add_unwrapped(llvm::StringRef symbol, std::vector<std::string> &names) {
  const auto add = [&](llvm::StringRef name) {
    if (!name.empty() && !llvm::is_contained(names, name))
      names.push_back(name.str());
  };
  llvm::StringRef name = symbol;
  if (name.consume_front("__isoc99_") || name.consume_front("__isoc23_") || name.consume_front("__xpg_") ||
      name.consume_front("_IO_"))
    add(name);
  name = symbol;
  if (name.consume_front("__x") || name.consume_front("__fx") || name.consume_front("__lx")) // stat before glibc 2.33
    if (name == "stat" || name == "stat64" || name == "statat" || name == "statat64" || name == "mknod" ||
        name == "mknodat")
      add(symbol.starts_with("__x") ? name : symbol.drop_front(2).take_front(1).str() + name.str());
  name = symbol;
  if (name.consume_front("__")) {
    llvm::StringRef inner = name;
    if (inner.consume_back("_chk") || inner.consume_back("_2") || inner.consume_back("_time64") ||
        inner.consume_back("_nocancel"))
      add(inner);
    add(name);
  }
  add(without_offset_width(symbol));
}

struct Free {
  void operator()(char *memory) const { std::free(memory); }
};

std::string text_of(char *memory) {
  const std::unique_ptr<char, Free> owned(memory);
  return owned == nullptr ? std::string() : std::string(owned.get());
}

/// Whether the function has a parameter of \p type, or of a reference to it.
bool takes(llvm::StringRef symbol, llvm::StringRef type) {
  const std::string mangled = symbol.str();
  llvm::ItaniumPartialDemangler demangler;
  if (demangler.partialDemangle(mangled.c_str()) || !demangler.isFunction())
    return false;
  const std::string text = text_of(demangler.getFunctionParameters(nullptr, nullptr));
  llvm::StringRef rest = text;
  rest.consume_front("(");
  rest.consume_back(")");
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= rest.size(); ++i) {
    const char c = i == rest.size() ? ',' : rest[i];
    depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
    if (c != ',' || depth != 0)
      continue;
    llvm::StringRef parameter = rest.slice(begin, i).trim();
    begin = i + 1;
    parameter = parameter.rtrim('&');
    parameter.consume_back(" const");
    if (parameter == type)
      return true;
  }
  return false;
}

} // namespace

std::string without_arguments(llvm::StringRef name) {
  std::string result;
  int depth = 0;
  for (const char c : name) {
    depth += c == '<' ? 1 : 0;
    if (depth == 0)
      result += c;
    depth -= c == '>' ? 1 : 0;
  }
  return depth == 0 ? result : name.str();
}

std::string without_offset_width(llvm::StringRef symbol) {
  if (llvm::StringRef name = symbol; name.consume_back("64v2"))
    return name.str() + "2";
  if (llvm::StringRef name = symbol; name.consume_front("fts64_"))
    return "fts_" + name.str();
  llvm::StringRef name = symbol;
  return name.consume_back("64") && !name.ends_with("_") ? name.str() : symbol.str();
}

std::vector<std::string> functions_behind(llvm::StringRef symbol) {
  std::vector<std::string> names = {symbol.str()};
  if (symbol.starts_with("_Z"))
    return names;
  for (std::size_t i = 0; i < names.size(); ++i)
    add_unwrapped(std::string(names[i]), names);
  return names;
}

std::string qualified_name_of(llvm::StringRef symbol) {
  if (!symbol.starts_with("_Z"))
    return symbol.str();
  const std::string mangled = symbol.str(); // the demangler refers to it
  llvm::ItaniumPartialDemangler demangler;
  if (demangler.partialDemangle(mangled.c_str()) || !demangler.isFunction())
    return {};
  const std::string scope = without_arguments(text_of(demangler.getFunctionDeclContextName(nullptr, nullptr)));
  const std::string name = text_of(demangler.getFunctionBaseName(nullptr, nullptr));
  return scope.empty() ? name : scope + "::" + name;
}

std::string class_made_by(llvm::StringRef symbol) {
  const std::string mangled = symbol.str();
  llvm::ItaniumPartialDemangler demangler;
  if (demangler.partialDemangle(mangled.c_str()) || !demangler.isFunction() || !demangler.isCtorOrDtor())
    return {};
  const std::string made = text_of(demangler.getFunctionDeclContextName(nullptr, nullptr));
  const std::string base = text_of(demangler.getFunctionBaseName(nullptr, nullptr));
  const std::string parameters = text_of(demangler.getFunctionParameters(nullptr, nullptr));
  if (llvm::StringRef(base).starts_with("~") || parameters == "(" + made + " const&)" ||
      parameters == "(" + made + "&&)" || llvm::StringRef(parameters).contains("::tripwire_"))
    return {};
  return made;
}

bool is_specialisation(llvm::StringRef symbol) {
  if (!symbol.starts_with("_Z"))
    return false;
  const std::string mangled = symbol.str();
  llvm::ItaniumPartialDemangler demangler;
  if (demangler.partialDemangle(mangled.c_str()) || !demangler.isFunction())
    return false;
  const std::string name = text_of(demangler.getFunctionName(nullptr, nullptr));
  return llvm::StringRef(name).ends_with(">") ||
         text_of(demangler.getFunctionDeclContextName(nullptr, nullptr)).find('<') != std::string::npos;
}

void SeamSymbols::add_pattern(const config::Seam &seam) {
  if (seam.kind == config::SeamKind::function || seam.kind == config::SeamKind::method ||
      seam.kind == config::SeamKind::constructor)
    patterns_.push_back(seam);
}

void SeamSymbols::add_answers(const config::Seam &seam) {
  if (!seam.answers.empty())
    answers_.push_back(seam);
}

bool SeamSymbols::is_answered(const std::string &qualified_name, llvm::StringRef symbol) const {
  return llvm::any_of(answers_, [&](const config::Seam &seam) {
    return config::answers(seam, qualified_name) && takes(symbol, llvm::StringRef(seam.becomes).ltrim(':'));
  });
}

std::optional<std::string> SeamSymbols::seam_named(const std::string &qualified_name, llvm::StringRef symbol) const {
  if (names_.contains(qualified_name))
    return qualified_name;
  for (const config::Seam &seam : patterns_) {
    const config::Pattern pattern = config::parse_pattern(seam.pattern);
    if (seam.kind == config::SeamKind::constructor) {
      if (const std::string made = class_made_by(symbol);
          !made.empty() && !pattern.parameters && config::names(seam, made))
        return qualified_name;
      continue;
    }
    // A function of one named file has no symbol of its own to look for, and a single overload is told by its exact
    // symbol only.
    if (pattern.file.empty() && !pattern.parameters && config::names(seam, qualified_name))
      return config::is_exact(pattern.name) ? seam.pattern : qualified_name;
  }
  return std::nullopt;
}

std::optional<std::string> SeamSymbols::seam_of(llvm::StringRef symbol) const {
  return allowed_.contains(symbol) ? std::nullopt : meant_by(symbol);
}

std::optional<SeamSymbols::Allowed> SeamSymbols::allowed_of(llvm::StringRef symbol) const {
  const auto known = allowed_.find(symbol);
  if (known == allowed_.end() || known->second.empty())
    return std::nullopt;
  const std::optional<std::string> seam = meant_by(symbol);
  return seam ? std::optional<Allowed>({*seam, known->second}) : std::nullopt;
}

std::optional<std::string> SeamSymbols::meant_by(llvm::StringRef symbol) const {
  std::vector<std::string> names = functions_behind(symbol);
  if (lowered_ == Lowered::counts)
    llvm::append_range(names, lowered_to(symbol));
  for (const std::string &name : names) {
    if (const auto found = exact_.find(name); found != exact_.end())
      return found->second;
    const std::string qualified = qualified_name_of(name);
    if (qualified.empty() || is_answered(qualified, name))
      continue;
    if (std::optional<std::string> seam = seam_named(qualified, name))
      return seam;
    if (templates_.contains(qualified) && is_specialisation(name))
      return qualified;
  }
  return std::nullopt;
}

} // namespace tripwire::tool
