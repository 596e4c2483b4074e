// a source file --(source_tokens)--> its tokens before preprocessing, by line
#pragma once

#include "tool/compile_command.hpp"

#include "llvm/ADT/StringRef.h"

#include <map>
#include <string>
#include <vector>

namespace tripwire::tool {

struct SourceToken {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string spelling;
};

/// The tokens of one file as they are written. Comments are none.
class SourceTokens {
public:
  /// Keeps nothing of \p text.
  SourceTokens(llvm::StringRef text, Language language);

  /// The tokens spelled \p spelling in a line of code (no directive), in order.
  [[nodiscard]] std::vector<SourceToken> in_line(unsigned line, llvm::StringRef spelling) const;
  /// Those in the bodies of macros, but for the operands of `#` and `##`.
  [[nodiscard]] std::vector<SourceToken> in_macro_bodies(llvm::StringRef spelling) const;
  /// Whether any token in or out of directives is spelled \p spelling, but for their names and for operands of `#` and
  /// `##`.
  [[nodiscard]] bool has(llvm::StringRef spelling) const;

private:
  std::map<unsigned, std::vector<SourceToken>> lines_;
  std::vector<SourceToken> bodies_;
};

} // namespace tripwire::tool
