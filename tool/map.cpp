#include "tool/map.hpp"

#include "tool/token_log.hpp"

#include "llvm/ADT/STLExtras.h"

namespace tripwire::tool {

TokenMap::TokenMap(const Found &found, const Scan &scanned) {
  std::vector<unsigned> file_of(scanned.files.size());
  for (std::size_t i = 0; i < scanned.files.size(); ++i) {
    const std::string normal = normal_path(scanned.files[i]);
    const auto known = llvm::find(found.files, normal);
    if (known != found.files.end()) {
      file_of[i] = static_cast<unsigned>(known - found.files.begin());
      continue;
    }
    const auto unknown = llvm::find(unknown_files_, normal);
    file_of[i] = static_cast<unsigned>(found.files.size() + static_cast<std::size_t>(unknown - unknown_files_.begin()));
    if (unknown == unknown_files_.end())
      unknown_files_.push_back(normal);
  }
  for (const Occurrence &occurrence : scanned.occurrences) {
    const Instance &instance = scanned.instances[occurrence.instance];
    const LineOfName key{file_of[instance.file], instance.ordinal, file_of[occurrence.file], occurrence.line,
                         found.names[occurrence.name]};
    Line &line = lines_[key];
    line.offsets.push_back(occurrence.offset);
    line.system = occurrence.system;
  }
}

std::optional<std::size_t> TokenMap::offset(const TokenPlace &place) const {
  const auto line = lines_.find(place.line);
  const auto parsed = place.index;
  if (line == lines_.end() || parsed >= line->second.offsets.size())
    return std::nullopt;
  return line->second.offsets[parsed];
}

std::vector<Diagnostic> TokenMap::disagreements(const Found &found,
                                                llvm::function_ref<bool(llvm::StringRef, bool)> editable) const {
  std::vector<Diagnostic> result;
  auto file_name = [&](unsigned file) -> const std::string & {
    return file < found.files.size() ? found.files[file] : unknown_files_[file - found.files.size()];
  };
  auto differ = [&](const LineOfName &key, std::size_t compiler, std::size_t clang) {
    Diagnostic diagnostic;
    diagnostic.place = {file_name(key.presumed), key.line, 0};
    diagnostic.message = "the compiler sees '" + key.name + "' " + std::to_string(compiler) +
                         (compiler == 1 ? " time" : " times") + " in this line, Clang " + std::to_string(clang) +
                         (clang == 1 ? " time" : " times") + "; a reference to the seam could get past";
    diagnostic.notes.push_back({Severity::note,
                                {},
                                "write the line so that it does not depend on the compiler (#if on __clang__ or a "
                                "version), or exclude the file under 'instrument:'",
                                {}});
    const auto declared =
        llvm::find_if(found.declared, [&](const DeclaredSeam &seam) { return seam.identifier == key.name; });
    if (declared != found.declared.end())
      diagnostic.notes.push_back(found.asked_for[declared->seam]);
    result.push_back(std::move(diagnostic));
  };
  for (const auto &[key, line] : lines_) {
    const bool counts =
        key.entry < found.files.size() ? found.editable[key.entry] : editable(file_name(key.entry), line.system);
    if (!counts)
      continue;
    const auto parsed = found.occurrences.find(key);
    const std::size_t count = parsed == found.occurrences.end() ? 0 : parsed->second;
    if (count != line.offsets.size())
      differ(key, line.offsets.size(), count);
  }
  for (const auto &[key, count] : found.occurrences)
    if (found.editable[key.entry] && !lines_.count(key))
      differ(key, 0, count);
  return result;
}

} // namespace tripwire::tool
