// preprocessed text + the name of a C function --(symbol_text)--> where it is declared, defined and named; no parse
#include "tool/symbol_text.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

namespace tripwire::tool {
namespace {

bool opens_scope_only(const Lexemes &lexemes, std::size_t brace) {
  if (brace == 0)
    return false;
  if (lexemes[brace - 1].kind == LexemeKind::literal)
    return brace > 1 && lexemes.text(brace - 2) == "extern";
  // `inline namespace acme::v1 {`, `export {`
  for (std::size_t i = brace; i-- > 0;) {
    const llvm::StringRef token = lexemes.text(i);
    if (token == "namespace" || (token == "export" && i + 1 == brace))
      return true;
    if (token == "]") { // an attribute
      const std::size_t open = lexemes.opening(i);
      if (open >= i)
        return false;
      i = open;
    } else if (lexemes[i].kind != LexemeKind::identifier && token != "::") {
      return false;
    }
  }
  return false;
}

bool is_source(llvm::StringRef file) {
  return llvm::is_contained({".c", ".cc", ".cpp", ".cxx", ".c++", ".C"}, llvm::sys::path::extension(file));
}

} // namespace

SymbolText::SymbolText(llvm::StringRef text, const config::Configuration &configuration)
    : text_(text), configuration_(configuration), lexemes_(text) {
  std::vector<bool> braces; // whether each open one holds more than declarations
  std::size_t holding = 0;
  for (std::size_t i = 0; i < lexemes_.size(); ++i) {
    const llvm::StringRef token = lexemes_.text(i);
    if (token == "}" && !braces.empty()) {
      holding -= braces.back() ? 1U : 0U;
      braces.pop_back();
    }
    in_braces_.push_back(holding != 0);
    if (token == "{") {
      braces.push_back(holding != 0 || !opens_scope_only(lexemes_, i));
      holding += braces.back() ? 1U : 0U;
    }
  }
}

SymbolText::Standing SymbolText::standing(std::size_t token, bool &variadic) const {
  if (in_braces_[token])
    return Standing::names;
  std::size_t first = token;
  std::size_t behind = token + 1;
  const bool in_parentheses = token > 0 && behind < lexemes_.size() && lexemes_.text(token - 1) == "(" &&
                              lexemes_.text(behind) == ")"; // int (close)(int);
  if (in_parentheses) {
    --first;
    ++behind;
  }
  if (behind >= lexemes_.size() || lexemes_.text(behind) != "(")
    return Standing::names;
  for (std::size_t i = first; i-- > 0;) {
    const llvm::StringRef before = lexemes_.text(i);
    if (before == ";" || before == "{" || before == "}")
      break;
    if (before == "=" || before == "(" || before == "[")
      return Standing::names;
    if (before == ")" || before == "]") {
      const std::size_t open = lexemes_.opening(i);
      if (open >= i)
        return Standing::names;
      i = open;
    }
  }
  const std::size_t close = lexemes_.closing(behind);
  if (close >= lexemes_.size())
    return Standing::names;
  variadic = lexemes_.text(close - 1) == "...";
  for (std::size_t i = close + 1; i < lexemes_.size(); ++i) {
    const llvm::StringRef after = lexemes_.text(i);
    if (after == "{")
      return Standing::defines;
    if (after == ";" || after == ",")
      return Standing::declares;
    if (after == "(")
      i = lexemes_.closing(i);
  }
  return Standing::declares;
}

bool SymbolText::is_of_project(const Scan &scanned, unsigned instance) const {
  const Instance &entry = scanned.instances[instance];
  return !entry.system && config::instrumented(configuration_, scanned.files[entry.file]);
}

/// The outermost header that is not the project's, else the one that declares it.
std::optional<Include> SymbolText::header_for(const Scan &scanned, unsigned instance) const {
  unsigned chosen = instance;
  for (unsigned at = instance; at != 0; at = scanned.instances[at].parent)
    if (!is_of_project(scanned, at))
      chosen = at;
  const std::string &file = scanned.files[scanned.instances[chosen].file];
  if (chosen == 0 || is_source(file))
    return std::nullopt;
  return Include{file, false};
}

DeclaredInText SymbolText::declared(const std::string &name) const {
  DeclaredInText result;
  const Scan scanned = scan(text_, {name});
  for (const Occurrence &occurrence : scanned.occurrences) {
    const std::size_t token = lexemes_.at(occurrence.offset);
    if (token == lexemes_.size())
      continue;
    bool variadic = false;
    const Standing standing = this->standing(token, variadic);
    if (standing == Standing::names) {
      if (!result.named_here && is_of_project(scanned, occurrence.instance))
        result.named_here = Place{scanned.files[occurrence.file], occurrence.line, 0};
      continue;
    }
    result.variadic |= variadic;
    result.has_body |= standing == Standing::defines;
    if (!result.header)
      result.header = header_for(scanned, occurrence.instance);
  }
  return result;
}

} // namespace tripwire::tool
