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
      in_system_header_ = keeps_all_ && sources.isInSystemHeader(sources.getExpansionLoc(token.getLocation()));
    }
    if (keeps_all_ && !in_system_header_ && !token.isAnnotation())
      kept_.push_back({token.getLocation(), token.isLiteral() ? nullptr : token.getIdentifierInfo(), token.getKind()});
    if (token.isAnnotation() || token.isLiteral())
      return;
    if (const clang::IdentifierInfo *name = token.getIdentifierInfo())
      identifiers_.push_back({token.getLocation(), name});
  });
}

void TokenLog::place(const llvm::StringSet<> &names, const clang::SourceManager &sources, Found &found) {
  // The entered file and the number of the entry, for each FileID that gave a token.
  std::map<unsigned, unsigned> count;
  for (const clang::FileID entry : entries_) {
    const clang::OptionalFileEntryRef file = sources.getFileEntryRefForID(entry);
    const unsigned index = file_index(
        found, file ? file->getName().str() : sources.getBufferName(sources.getLocForStartOfFile(entry)).str(),
        sources);
    entered_[entry] = {index, count[index]++};
  }
  for (const Identifier &identifier : identifiers_) {
    if (!names.contains(identifier.name->getName()))
      continue;
    if (sources.getPresumedLoc(sources.getExpansionLoc(identifier.location)).isInvalid())
      continue;
    LineOfName line = line_of(identifier.location, sources, found);
    line.name = identifier.name->getName().str();
    places_[identifier.location] = {line, found.occurrences[line]++};
  }
}

LineOfName TokenLog::line_of(clang::SourceLocation location, const clang::SourceManager &sources, Found &found) const {
  const clang::SourceLocation expansion = sources.getExpansionLoc(location);
  const clang::PresumedLoc presumed = sources.getPresumedLoc(expansion);
  const auto [entry, ordinal] = entered_.lookup(sources.getFileID(expansion));
  return {entry, ordinal, file_index(found, presumed.getFilename(), sources), presumed.getLine(), {}};
}

std::string spelling_of(llvm::StringRef lexeme, LexemeKind kind) {
  switch (kind) {
  case LexemeKind::number:
    return "0";
  case LexemeKind::literal:
    return "\"";
  case LexemeKind::identifier:
  case LexemeKind::punctuation:
    break;
  }
  return lexeme.str();
}

std::size_t TokenLog::kept_at(clang::SourceLocation location) const {
  if (kept_at_.empty())
    for (std::size_t i = 0; i < kept_.size(); ++i)
      kept_at_.try_emplace(kept_[i].location, i);
  const auto known = kept_at_.find(location);
  return known == kept_at_.end() ? kept_.size() : known->second;
}

llvm::StringRef TokenLog::punctuation_at(clang::SourceLocation location) const {
  const std::size_t index = kept_at(location);
  const char *spelling = index < kept_.size() ? clang::tok::getPunctuatorSpelling(kept_[index].kind) : nullptr;
  return spelling ? spelling : "";
}

std::optional<TokenPlace> TokenLog::any_at(clang::SourceLocation location, const clang::SourceManager &sources,
                                           Found &found) const {
  auto lexemes_of = [](const Kept &token) -> std::vector<std::string> {
    if (token.name)
      return {token.name->getName().str()};
    if (clang::tok::isLiteral(token.kind))
      return {spelling_of({}, token.kind == clang::tok::numeric_constant ? LexemeKind::number : LexemeKind::literal)};
    const char *spelling = clang::tok::getPunctuatorSpelling(token.kind);
    std::vector<std::string> lexemes;
    const Lexemes pieces(spelling ? spelling : "");
    for (std::size_t i = 0; i < pieces.size(); ++i)
      lexemes.push_back(pieces.text(i).str());
    return lexemes;
  };
  const auto token = kept_.begin() + static_cast<std::ptrdiff_t>(kept_at(location));
  if (token == kept_.end() || sources.getPresumedLoc(sources.getExpansionLoc(location)).isInvalid())
    return std::nullopt;
  const std::vector<std::string> wanted = lexemes_of(*token);
  if (wanted.empty())
    return std::nullopt;
  TokenPlace place;
  place.line = line_of(location, sources, found);
  place.line.name = wanted.front();
  const clang::SourceLocation expansion = sources.getExpansionLoc(location);
  const clang::FileID file = sources.getFileID(expansion);
  const unsigned line = sources.getPresumedLineNumber(expansion);
  auto is_in_line = [&](const Kept &each) {
    const clang::SourceLocation at = sources.getExpansionLoc(each.location);
    return sources.getFileID(at) == file && sources.getPresumedLineNumber(at) == line;
  };
  auto count = [&](const Kept &each) { return static_cast<unsigned>(llvm::count(lexemes_of(each), place.line.name)); };
  for (auto each = token; each != kept_.begin() && is_in_line(*(each - 1)); --each)
    place.index += count(*(each - 1));
  place.among = place.index;
  for (auto each = token; each != kept_.end() && is_in_line(*each); ++each)
    place.among += count(*each);
  return place;
}

std::optional<TokenPlace> TokenLog::at(clang::SourceLocation location) const {
  const auto place = places_.find(location);
  if (place == places_.end())
    return std::nullopt;
  return place->second;
}

} // namespace tripwire::tool
