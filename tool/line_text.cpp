// preprocessed text + a file's line --(line_text)--> the text that the compiler gets for that line
#include "tool/line_text.hpp"

#include "tool/scan.hpp"

#include "llvm/ADT/StringExtras.h"

#include <optional>

namespace tripwire::tool {

namespace {

/// Each run of blanks and line ends as one blank, none at the ends.
std::string squeezed(llvm::StringRef text) {
  std::string result;
  for (const char character : text) {
    if (!llvm::isSpace(character))
      result += character;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  return llvm::StringRef(result).rtrim().str();
}

} // namespace

std::string text_of_line(llvm::StringRef text, unsigned line, llvm::function_ref<bool(const std::string &)> is_meant) {
  const Scan scanned = scan_lines(text);
  std::vector<std::optional<bool>> known(scanned.files.size());
  std::optional<unsigned> instance;
  std::string result;
  for (std::size_t i = 0; i < scanned.lines.size(); ++i) {
    const LineStart &start = scanned.lines[i];
    if (start.line != line || (instance && start.instance != *instance))
      continue;
    if (!known[start.file])
      known[start.file] = is_meant(scanned.files[start.file]);
    if (!*known[start.file])
      continue;
    instance = start.instance;
    const std::size_t end = i + 1 < scanned.lines.size() ? scanned.lines[i + 1].offset : text.size();
    llvm::SmallVector<llvm::StringRef, 8> pieces;
    text.slice(start.offset, end).split(pieces, '\n');
    for (const llvm::StringRef piece : pieces)
      if (!piece.ltrim().starts_with("#"))
        result += " " + piece.str();
  }
  return squeezed(result);
}

} // namespace tripwire::tool
