// rows of words --(table)--> text in columns
#include "tool/table.hpp"

#include <algorithm>

namespace tripwire::tool {

std::string Table::text() const {
  std::vector<std::size_t> widths(columns_.size());
  for (const Row &row : rows_)
    for (std::size_t i = 0; i < row.words.size(); ++i)
      widths[i] = std::max(widths[i], row.words[i].size());
  std::string text;
  for (const Row &row : rows_) {
    std::string line = row.line;
    for (std::size_t i = 0; i < row.words.size(); ++i) {
      const std::string blanks(widths[i] - row.words[i].size(), ' ');
      line += (i == 0 ? "" : "  ") + (columns_[i] == Align::right ? blanks + row.words[i] : row.words[i] + blanks);
    }
    text += llvm::StringRef(line).rtrim(' ').str() + "\n";
  }
  return text;
}

} // namespace tripwire::tool
