// a file of the parse + configuration --(editable_files)--> whether its text is the project's to rewrite
#include "tool/editable_files.hpp"

namespace tripwire::tool {

bool EditableFiles::contains(clang::FileID file) {
  auto [known, is_new] = known_.try_emplace(file, false);
  if (!is_new)
    return known->second;
  const clang::SourceLocation start = sources_.getLocForStartOfFile(file);
  const clang::OptionalFileEntryRef entry = sources_.getFileEntryRefForID(file);
  const bool result =
      entry && !sources_.isInSystemHeader(start) && config::instrumented(configuration_, entry->getName().str());
  return known_[file] = result;
}

} // namespace tripwire::tool
