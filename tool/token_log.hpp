// tokens as Clang's parser takes them --(token_log)--> where each identifier stands in the lines of the unit
#pragma once

#include "tool/found.hpp"

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

private:
  std::vector<Identifier> identifiers_;
  std::vector<clang::FileID> entries_; ///< in order of their first token
  clang::FileID last_;
  llvm::DenseMap<clang::SourceLocation, TokenPlace> places_;
};

/// The index of \p name in the files of \p found, added when it is new. Symbolic links and `..` do not count, as the
/// parse's file system resolves them.
unsigned file_index(Found &found, const std::string &name, const clang::SourceManager &sources);

/// \p name with links and `..` resolved when there is such a file, else unchanged.
std::string normal_path(const std::string &name);

} // namespace tripwire::tool
