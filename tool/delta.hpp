// a text + the text made from it --(delta)--> which lines to copy and what to put between them
#pragma once

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// Bytes of the old text, then bytes of its own.
struct Piece {
  std::size_t begin = 0;
  std::size_t length = 0;
  std::string added;
};

/// How \p made comes from \p old. Small when \p made is \p old with some of its lines changed; always right.
std::vector<Piece> delta(llvm::StringRef old, llvm::StringRef made);

/// The text that was made; none when the pieces do not belong to \p old.
std::optional<std::string> with_delta(llvm::StringRef old, const std::vector<Piece> &pieces);

} // namespace tripwire::tool
