// a file of the parse + configuration --(editable_files)--> whether its text is the project's to rewrite
#include "tool/editable_files.hpp"

namespace tripwire::tool {

bool is_editable(const config::Configuration &configuration, const std::string &file, bool is_system_header) {
  return is_system_header ? config::instrumented_by_name(configuration, file)
                          : config::instrumented(configuration, file);
}

bool EditableFiles::contains(clang::FileID file) {
  if (file.isInvalid())
    return false; // the compiler's own declarations stand nowhere
  auto [known, is_new] = known_.try_emplace(file, false);
  if (!is_new)
    return known->second;
  const clang::SourceLocation start = sources_.getLocForStartOfFile(file);
  const clang::OptionalFileEntryRef entry = sources_.getFileEntryRefForID(file);
  return known_[file] = entry && is_editable(configuration_, entry->getName().str(), sources_.isInSystemHeader(start));
}

} // namespace tripwire::tool
