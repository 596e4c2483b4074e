// tokens as Clang's parser takes them --(token_log)--> where each identifier stands in the lines of the unit
#pragma once

#include "tool/found.hpp"
#include "tool/lexemes.hpp"

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// Keeps every identifier that reaches the parser, macros expanded.
class TokenLog {
public:
  /// Starts to listen. The log must outlive the preprocessor's work.
  void listen(clang::Preprocessor &preprocessor);

  struct Identifier {
    clang::SourceLocation location; ///< as the parser got it
    const clang::IdentifierInfo *name;
  };
  [[nodiscard]] const std::vector<Identifier> &identifiers() const { return identifiers_; }

  /// Gives places to all identifiers in \p names and writes files and occurrences into \p found. Once, after the parse.
  void place(const llvm::StringSet<> &names, const clang::SourceManager &sources, Found &found);

  /// Where the identifier at \p location stands; none when no identifier of those names is there.
  [[nodiscard]] std::optional<TokenPlace> at(clang::SourceLocation location) const;

  /// From now on every token outside system headers is kept, so that \c any_at finds it.
  void keep_all() { keeps_all_ = true; }
  /// Where the token at \p location stands, whatever it is, by its first lexeme; none when it was not kept. Its files
  /// are added to \p found.
  [[nodiscard]] std::optional<TokenPlace> any_at(clang::SourceLocation location, const clang::SourceManager &sources,
                                                 Found &found) const;

  /// What the token at \p location is as punctuation (`&&` for `and`); empty when it is none, or was not kept.
  [[nodiscard]] llvm::StringRef punctuation_at(clang::SourceLocation location) const;

private:
  struct Kept {
    clang::SourceLocation location;
    const clang::IdentifierInfo *name;
    clang::tok::TokenKind kind;
  };
  [[nodiscard]] LineOfName line_of(clang::SourceLocation location, const clang::SourceManager &sources,
                                   Found &found) const;

  /// Its index among those that were kept; their number when it was not.
  [[nodiscard]] std::size_t kept_at(clang::SourceLocation location) const;

  bool keeps_all_ = false;
  bool in_system_header_ = false;
  std::vector<Kept> kept_;
  mutable llvm::DenseMap<clang::SourceLocation, std::size_t> kept_at_;   ///< filled when it is asked
  llvm::DenseMap<clang::FileID, std::pair<unsigned, unsigned>> entered_; ///< the file, and which entry into it
  std::vector<Identifier> identifiers_;
  std::vector<clang::FileID> entries_; ///< in order of their first token
  clang::FileID last_;
  llvm::DenseMap<clang::SourceLocation, TokenPlace> places_;
};

/// What a token is called among those of its line: itself for identifiers and punctuation (`<<` is two lexemes `<`),
/// one word for all numbers and one for all other literals.
std::string spelling_of(llvm::StringRef lexeme, LexemeKind kind);

/// The index of \p name in the files of \p found, added when it is new. Symbolic links and `..` do not count, as the
/// parse's file system resolves them.
unsigned file_index(Found &found, const std::string &name, const clang::SourceManager &sources);

/// \p name with links and `..` resolved when there is such a file, else unchanged.
std::string normal_path(const std::string &name);

} // namespace tripwire::tool
