#include "tool/misspelt.hpp"

#include "tool/seam_symbols.hpp"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"

#include <optional>

namespace tripwire::tool {
namespace {

/// The part of a pattern that names can be held against: all of it, or the scope of a wildcard.
llvm::StringRef fixed_part(llvm::StringRef pattern) {
  const std::size_t wildcard = pattern.find_first_of("*?");
  if (wildcard == llvm::StringRef::npos)
    return pattern;
  const std::size_t colons = pattern.take_front(wildcard).rfind("::");
  return colons == llvm::StringRef::npos ? llvm::StringRef() : pattern.take_front(colons);
}

/// Two slips at most, and not a name of its own that merely holds the other, as `fclose` holds `close`.
bool is_almost(llvm::StringRef name, llvm::StringRef wanted) {
  if (name == wanted || name.contains(wanted) || wanted.contains(name) || wanted.size() < 5)
    return false;
  const unsigned most = wanted.size() < 8 ? 1 : 2;
  return name.edit_distance(wanted, /*AllowReplacements=*/true, most) <= most;
}

llvm::StringSet<> names_called(const std::vector<LinkedObject> &objects) {
  llvm::StringSet<> names;
  for (const LinkedObject &object : objects)
    for (const std::string &symbol : object.facts.undefined)
      if (const std::string name = qualified_name_of(symbol); !name.empty())
        names.insert(name);
  return names;
}

std::optional<std::string> meant(const config::Seam &seam, const llvm::StringSet<> &names) {
  const std::string pattern = config::parse_pattern(seam.pattern).name;
  const llvm::StringRef fixed = fixed_part(pattern);
  const bool is_scope = fixed.size() != pattern.size();
  std::optional<std::string> best; // the first in order, whatever the order of the set
  for (const auto &entry : names) {
    llvm::StringRef name = entry.getKey();
    if (is_scope) {
      const std::size_t colons = name.rfind("::");
      name = colons == llvm::StringRef::npos ? llvm::StringRef() : name.take_front(colons);
    }
    if (!fixed.empty() && is_almost(name, fixed) && (!best || name < *best))
      best = name.str();
  }
  return best ? std::optional(*best + pattern.substr(fixed.size())) : std::nullopt;
}

} // namespace

std::vector<Diagnostic> misspelt_seams(const std::vector<LinkedObject> &objects,
                                       const config::Configuration &configuration) {
  llvm::DenseSet<std::size_t> declared;
  for (const LinkedObject &object : objects)
    for (const Record &record : object.records)
      declared.insert(record.declared.begin(), record.declared.end());
  const llvm::StringSet<> names = names_called(objects);
  std::vector<Diagnostic> warnings;
  for (std::size_t i = 0; i < configuration.seams.size(); ++i) {
    const config::Seam &seam = configuration.seams[i];
    if (!seam.plugin.empty() || seam.kind == config::SeamKind::header || declared.contains(i))
      continue;
    const std::optional<std::string> name = meant(seam, names);
    if (!name)
      continue;
    Diagnostic warning;
    warning.severity = Severity::warning;
    warning.place = {seam.place.file, static_cast<unsigned>(seam.place.line), static_cast<unsigned>(seam.place.column)};
    warning.message =
        "nothing that this program rewrites declares '" + seam.pattern + "'; did you mean '" + *name + "'?";
    warnings.push_back(std::move(warning));
  }
  return warnings;
}

} // namespace tripwire::tool
