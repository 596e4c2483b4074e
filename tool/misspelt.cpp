#include "tool/misspelt.hpp"

#include "tool/seam_symbols.hpp"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"

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

Diagnostic warning_at(const config::Seam &seam, std::string message) {
  Diagnostic warning;
  warning.severity = Severity::warning;
  warning.place = {seam.place.file, static_cast<unsigned>(seam.place.line), static_cast<unsigned>(seam.place.column)};
  warning.message = std::move(message);
  return warning;
}

/// The last components of \p file, as many as \p glob has, and the folder in front of them with its slash.
std::optional<std::pair<llvm::StringRef, llvm::StringRef>> tail_like(llvm::StringRef file, llvm::StringRef glob) {
  std::size_t start = file.size();
  for (std::size_t components = glob.count('/') + 1; components > 0; --components) {
    if (start == 0 || start == llvm::StringRef::npos)
      return std::nullopt;
    start = file.take_front(start).rfind('/');
  }
  start = start == llvm::StringRef::npos ? 0 : start + 1;
  return std::pair(file.drop_front(start), file.take_front(start));
}

} // namespace

std::optional<std::string> seam_meant(const config::Seam &seam, const llvm::StringSet<> &names) {
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

std::optional<std::string> header_meant(llvm::StringRef glob, const std::vector<std::string> &files) {
  const std::size_t wildcard = glob.find_first_of("*?");
  // `acme/*.h` is held against the folder of a file, `acme/client.h` against all of it.
  const std::size_t end = wildcard == llvm::StringRef::npos ? glob.size() : glob.take_front(wildcard).rfind('/');
  if (end == llvm::StringRef::npos)
    return std::nullopt;
  const llvm::StringRef fixed = glob.take_front(end);
  const llvm::StringRef rest = glob.drop_front(end);
  std::optional<std::string> best;
  for (llvm::StringRef file : files) {
    if (!rest.empty())
      file = file.take_front(file.rfind('/') == llvm::StringRef::npos ? 0 : file.rfind('/'));
    const auto tail = tail_like(file, fixed);
    if (tail && is_almost(tail->first, fixed) && !llvm::sys::fs::exists(tail->second + fixed) &&
        (!best || tail->first < *best))
      best = tail->first.str();
  }
  return best ? std::optional(*best + rest.str()) : std::nullopt;
}

bool is_included(const std::string &glob, const std::vector<std::string> &files) {
  return llvm::any_of(files, [&](llvm::StringRef file) {
    while (!config::path_matches(glob, file.str())) {
      const std::size_t slash = file.find('/');
      if (slash == llvm::StringRef::npos)
        return false;
      file = file.drop_front(slash + 1);
    }
    return true;
  });
}

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
    const std::optional<std::string> name = seam_meant(seam, names);
    if (!name)
      continue;
    warnings.push_back(warning_at(seam, "nothing that this program rewrites declares '" + seam.pattern +
                                            "'; did you mean '" + *name + "'?"));
  }
  return warnings;
}

std::vector<Diagnostic> misspelt_headers(const std::vector<std::string> &files,
                                         const config::Configuration &configuration) {
  std::vector<Diagnostic> warnings;
  for (const config::Seam &seam : configuration.seams) {
    if (!seam.plugin.empty() || seam.kind != config::SeamKind::header || is_included(seam.pattern, files))
      continue;
    if (const std::optional<std::string> name = header_meant(seam.pattern, files))
      warnings.push_back(warning_at(seam, "no header is called '" + seam.pattern + "'; did you mean '" + *name + "'?"));
  }
  return warnings;
}

} // namespace tripwire::tool
