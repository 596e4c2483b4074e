// configuration + preprocessed text --(symbol_seams)--> the C functions that are seams by their symbol
#include "tool/symbol_seams.hpp"

#include "tool/configuration.hpp"
#include "tool/misspelt.hpp"
#include "tool/scan.hpp"
#include "tool/seam_symbols.hpp"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Regex.h"

#include <filesystem>
#include <set>

namespace tripwire::tool {
namespace {

/// An occurrence in code of the project.
bool is_of_project(const Scan &scanned, const Occurrence &occurrence, const config::Configuration &configuration) {
  const Instance &entry = scanned.instances[occurrence.instance];
  return !entry.system && config::instrumented(configuration, scanned.files[entry.file]);
}

/// A name up to its first wildcard, with `*` where there was one.
std::string clue_of(llvm::StringRef component) {
  const llvm::StringRef literal = component.take_until([](char c) { return c == '*' || c == '?'; });
  return literal.size() == component.size() ? component.str() : literal.str() + "*";
}

std::vector<std::string> components_of(const std::string &name) {
  llvm::SmallVector<llvm::StringRef, 4> parts;
  llvm::StringRef(name).split(parts, "::");
  return {parts.begin(), parts.end()};
}

/// Whether \p symbol takes the same arguments as the function \p name that stands behind it.
bool is_same_call(llvm::StringRef symbol, llvm::StringRef name) {
  if (symbol == name)
    return true;
  for (const llvm::StringRef version : {"__isoc99_", "__isoc23_", "__xpg_"})
    if (symbol.consume_front(version))
      break;
  return symbol == name || without_offset_width(symbol) == name;
}

/// The first place in the project's code that may mean what \p pattern names: its last part, with each part of its
/// scope somewhere in the text.
std::optional<Place> place_of(const config::Pattern &pattern, llvm::StringRef text,
                              const config::Configuration &configuration) {
  const std::vector<std::string> components = components_of(pattern.name);
  for (const std::string &scope : llvm::ArrayRef(components).drop_back())
    if (const std::string clue = clue_of(scope); clue != "*" && scan(text, {clue}).occurrences.empty())
      return std::nullopt;
  const std::string clue = clue_of(components.back());
  const Scan scanned = scan(text, {clue == "*" ? std::string() : clue});
  if (!pattern.file.empty() &&
      llvm::none_of(scanned.files, [&](const std::string &file) { return is_included(pattern.file, {file}); }))
    return std::nullopt;
  if (clue == "*")
    return Place{scanned.files.empty() ? std::string() : scanned.files.front(), 0, 0};
  for (const Occurrence &occurrence : scanned.occurrences)
    if (is_of_project(scanned, occurrence, configuration))
      return Place{scanned.files[occurrence.file], occurrence.line, 0};
  return std::nullopt;
}

bool is_cxx20_or_later(const CompileCommand &command) {
  const llvm::StringRef standard = command.standard;
  static constexpr llvm::StringLiteral years[] = {"20", "2a", "23", "2b", "26", "2c"};
  return llvm::any_of(years, [&](llvm::StringRef year) { return standard.contains(year); });
}

} // namespace

config::Configuration named_part(const config::Configuration &configuration) {
  config::Configuration part = configuration;
  llvm::erase_if(part.seams, [](const config::Seam &seam) { return seam.mode == "symbol"; });
  return part;
}

std::optional<std::string> why_not_by_symbol(const config::Seam &seam) {
  if (seam.kind != config::SeamKind::function)
    return "only functions with C linkage have a symbol that calls alone can be told by";
  const config::Pattern pattern = config::parse_pattern(seam.pattern);
  if (!pattern.file.empty())
    return "a function with internal linkage has no symbol";
  if (pattern.parameters || llvm::StringRef(pattern.name).contains("::"))
    return "it is a C++ function, and a symbol serves functions with C linkage";
  if (clue_of(pattern.name) == "*")
    return "it names every function, and what is declared is known by a parse only";
  return std::nullopt;
}

std::optional<std::size_t> SymbolSeams::entry_for(const std::string &name) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < configuration_.seams.size(); ++i) {
    const config::Seam &seam = configuration_.seams[i];
    const bool is_meant = seam.mode == "symbol" || by_name_ == ByName::none;
    if (!is_meant || why_not_by_symbol(seam) || !config::names(seam, name))
      continue;
    if (seam.mode == "symbol")
      return i;
    if (!found)
      found = i;
  }
  return found;
}

std::optional<SymbolSeam> SymbolSeams::seam_of(llvm::StringRef symbol) const {
  for (const std::string &name : functions_behind(symbol))
    if (is_same_call(symbol, name))
      if (const std::optional<std::size_t> entry = entry_for(name))
        return SymbolSeam{name, *entry};
  return std::nullopt;
}

std::vector<std::string> SymbolSeams::named_in(llvm::StringRef text) const {
  std::vector<std::string> clues;
  for (const config::Seam &seam : configuration_.seams)
    if ((seam.mode == "symbol" || by_name_ == ByName::none) && !why_not_by_symbol(seam))
      clues.push_back(clue_of(config::parse_pattern(seam.pattern).name));
  if (clues.empty())
    return {};
  std::set<std::string> names;
  const Scan scanned = scan(text, clues);
  for (const Occurrence &occurrence : scanned.occurrences) {
    const llvm::StringRef name =
        text.substr(occurrence.offset).take_while([](char c) { return llvm::isAlnum(c) || c == '_' || c == '$'; });
    if (names.count(name.str()) == 0 && is_of_project(scanned, occurrence, configuration_) && entry_for(name.str()))
      names.insert(name.str());
  }
  return {names.begin(), names.end()};
}

std::vector<Diagnostic> SymbolSeams::not_servable_in(llvm::StringRef text, const CompileCommand &command) const {
  std::vector<Diagnostic> refusals;
  for (const config::Seam &seam : configuration_.seams) {
    const std::optional<std::string> why = why_not_by_symbol(seam);
    if (!why)
      continue;
    std::optional<Place> place;
    if (seam.kind != config::SeamKind::header)
      place = place_of(config::parse_pattern(seam.pattern), text, configuration_);
    else if (is_included(seam.pattern, scan(text, {}).files))
      place = Place{command.source, 0, 0};
    if (!place)
      continue;
    Diagnostic refusal;
    refusal.place = std::move(*place);
    refusal.message = "this unit is compiled by symbol, and may refer to the seam '" + seam.pattern +
                      "', which a symbol cannot serve: " + *why;
    refusal.notes.push_back({Severity::note,
                             {},
                             "move the call to a unit that is parsed, or leave the unit out in 'instrument: exclude:'",
                             {}});
    refusal.notes.push_back(asked_for(seam));
    refusals.push_back(std::move(refusal));
  }
  return refusals;
}

bool SymbolSeams::is_exact(const SymbolSeam &seam) const {
  return config::is_exact(configuration_.seams[seam.entry].pattern);
}

bool is_fortified(llvm::StringRef text, const std::vector<std::string> &names) {
  return llvm::any_of(names, [&](const std::string &name) {
    return text.contains("__" + name + "_chk") || text.contains("__" + name + "_2");
  });
}

std::string way_by_symbol(const CompileCommand &command, const config::Configuration &configuration) {
  std::error_code failed;
  std::filesystem::path file = std::filesystem::weakly_canonical(command.source, failed);
  if (!failed)
    file = file.lexically_relative(configuration.folder);
  const std::string item =
      "{files: [\"" + (file.empty() ? command.source : file.generic_string()) + "\"], mode: symbol}";
  return "calls of functions with C linkage can be caught without a parse; paste into " + configuration.file +
         (configuration.by_symbol.empty() ? ": units: [" + item + "]" : ", below 'units:': - " + item);
}

std::optional<Place> module_in(llvm::StringRef text, const CompileCommand &command) {
  const bool has_modules = command.language == Language::cxx &&
                           (is_cxx20_or_later(command) || llvm::any_of(command.arguments, [](const Argument &argument) {
                              return llvm::StringRef(argument.words.front()).starts_with("-fmodules");
                            }));
  if (!has_modules || (!text.contains("import") && !text.contains("module")))
    return std::nullopt;
  static const llvm::Regex declaration(
      "^[ \t]*(export[ \t]+)?(import[ \t]+[A-Za-z_:<\"][^()=]*|module[ \t]*([A-Za-z_:][A-Za-z0-9_.: \t]*)?);");
  const Scan scanned = scan_lines(text);
  for (const LineStart &line : scanned.lines) {
    const llvm::StringRef words = text.substr(line.offset).take_until([](char c) { return c == '\n'; });
    const bool may_be = words.contains("import") || words.contains("module");
    if (may_be && !scanned.instances[line.instance].system && declaration.match(words))
      return Place{scanned.files[line.file], line.line, 0};
  }
  return std::nullopt;
}

} // namespace tripwire::tool
