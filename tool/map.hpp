// tokens of Clang's parse + the compiler's own text --(map)--> the offset of each token in that text
#pragma once

#include "tool/found.hpp"
#include "tool/scan.hpp"

#include "llvm/Support/Error.h"

#include <map>
#include <optional>
#include <vector>

namespace tripwire::tool {

/// Finds Clang's tokens in the text that the user's compiler preprocessed. Both went through the same lines of the same
/// files, so the n-th identifier of a name in a line is the same token in both.
class TokenMap {
public:
  /// \p scanned: the text's occurrences of `found.names`, in that order of names.
  TokenMap(const Found &found, const Scan &scanned);

  /// Where the token begins in the text; none when the text has no such token.
  [[nodiscard]] std::optional<std::size_t> offset(const TokenPlace &place) const;

  /// Lines of the project where the compiler and Clang do not see the same names of seams: a reference may hide there.
  /// \p editable says it of a file, and whether it is a system header, that Clang has not seen.
  [[nodiscard]] std::vector<Diagnostic> disagreements(const Found &found,
                                                      llvm::function_ref<bool(llvm::StringRef, bool)> editable) const;

private:
  struct Line {
    std::vector<std::size_t> offsets;
    bool system = false;
  };
  std::map<LineOfName, Line> lines_;
  std::vector<std::string> unknown_files_; ///< those that only the text names; numbered from found.files.size()
};

} // namespace tripwire::tool
