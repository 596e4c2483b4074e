#include "tool/token_log.hpp"

#include "clang/Basic/FileManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

namespace tripwire::tool {

std::string normal_path(const std::string &name) {
  llvm::SmallString<256> real;
  if (llvm::sys::fs::real_path(name, real))
    return name;
  return real.str().str();
}

unsigned file_index(Found &found, const std::string &name, const clang::SourceManager &sources) {
  const auto spelled = llvm::find(found.spelled_files, name);
  if (spelled != found.spelled_files.end())
    return found.file_of_spelling[static_cast<std::size_t>(spelled - found.spelled_files.begin())];
  llvm::SmallString<256> real;
  const bool is_there = !sources.getFileManager().getVirtualFileSystem().getRealPath(name, real);
  const std::string normal = is_there ? real.str().str() : name;
  const auto known = llvm::find(found.files, normal);
  const auto index = static_cast<unsigned>(known - found.files.begin());
  if (known == found.files.end()) {
    found.files.push_back(normal);
    found.editable.push_back(false);
  }
  found.spelled_files.push_back(name);
  found.file_of_spelling.push_back(index);
  return index;
}

void TokenLog::listen(clang::Preprocessor &preprocessor) {
  const clang::SourceManager &sources = preprocessor.getSourceManager();
  preprocessor.setTokenWatcher([this, &sources](const clang::Token &token) {
    if (token.is(clang::tok::eof))
      return;
    const clang::FileID entry = sources.getFileID(sources.getExpansionLoc(token.getLocation()));
    if (entry != last_) {
      last_ = entry;
      if (!llvm::is_contained(entries_, entry))
        entries_.push_back(entry);
    }
    if (token.isAnnotation() || token.isLiteral())
      return;
    if (const clang::IdentifierInfo *name = token.getIdentifierInfo())
      identifiers_.push_back({token.getLocation(), name});
  });
}

void TokenLog::place(const llvm::StringSet<> &names, const clang::SourceManager &sources, Found &found) {
  // The entered file and the number of the entry, for each FileID that gave a token.
  llvm::DenseMap<clang::FileID, std::pair<unsigned, unsigned>> entered;
  std::map<unsigned, unsigned> count;
  for (const clang::FileID entry : entries_) {
    const clang::OptionalFileEntryRef file = sources.getFileEntryRefForID(entry);
    const unsigned index = file_index(
        found, file ? file->getName().str() : sources.getBufferName(sources.getLocForStartOfFile(entry)).str(),
        sources);
    entered[entry] = {index, count[index]++};
  }
  for (const Identifier &identifier : identifiers_) {
    if (!names.contains(identifier.name->getName()))
      continue;
    const clang::SourceLocation expansion = sources.getExpansionLoc(identifier.location);
    const clang::PresumedLoc presumed = sources.getPresumedLoc(expansion);
    if (presumed.isInvalid())
      continue;
    const auto [entry, ordinal] = entered.lookup(sources.getFileID(expansion));
    const LineOfName line{entry, ordinal, file_index(found, presumed.getFilename(), sources), presumed.getLine(),
                          identifier.name->getName().str()};
    places_[identifier.location] = {line, found.occurrences[line]++};
  }
}

std::optional<TokenPlace> TokenLog::at(clang::SourceLocation location) const {
  const auto place = places_.find(location);
  if (place == places_.end())
    return std::nullopt;
  return place->second;
}

} // namespace tripwire::tool
