// Clang's preprocessed text + the real source --(argument_lines)--> the text with every token on the line where it
// belongs
#pragma once

#include "tool/clang_arguments.hpp"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace tripwire::tool {

/// A line of one entry into a file, as line markers and our own Clang both name it.
struct LineKey {
  std::string file;
  unsigned ordinal = 0; ///< which entry into that file, counting those that gave a token
  unsigned line = 0;
  friend bool operator<(const LineKey &a, const LineKey &b) {
    return std::tie(a.line, a.ordinal, a.file) < std::tie(b.line, b.ordinal, b.file);
  }
};

/// A token of the source after expansion, and the line that it belongs to.
struct PlacedToken {
  std::string spelling;
  unsigned line = 0;
};

/// Lines that hold tokens which belong to others, with all of their tokens.
using MixedLines = std::map<LineKey, std::vector<PlacedToken>>;

/// Where Clang's -E joins what stands on several lines of a project's file. (GCC's does not.)
struct SourceLines {
  MixedLines expanded; ///< by the line of Clang's text: where each token is expanded. What follows a macro's last
                       ///< argument has its own line
  MixedLines written;  ///< by the line of expansion: where each token was written. Debug information names this one for
                       ///< a macro's arguments
};

/// Preprocesses the source that \p arguments name with our own Clang, reading from \p files. Nothing when that fails.
SourceLines
read_source_lines(const ClangArguments &arguments,
                  const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &files = llvm::vfs::getRealFileSystem());

/// \p text (which may have been edited) with line markers in front of tokens that belong to other lines. Lines of the
/// text whose tokens cannot be matched with the source's stay as they are.
std::string with_lines(llvm::StringRef text, const MixedLines &lines);

} // namespace tripwire::tool
