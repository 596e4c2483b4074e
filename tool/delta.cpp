// a text + the text made from it --(delta)--> which lines to copy and what to put between them
#include "tool/delta.hpp"

#include "llvm/ADT/DenseMap.h"

#include <algorithm>

namespace tripwire::tool {
namespace {

/// The line that begins at \p at, its end included.
llvm::StringRef line_at(llvm::StringRef text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return text.slice(at, end == llvm::StringRef::npos ? text.size() : end + 1);
}

} // namespace

std::vector<Piece> delta(llvm::StringRef old, llvm::StringRef made) {
  llvm::DenseMap<llvm::StringRef, std::vector<std::size_t>> places; // in order; made at the first difference
  std::vector<Piece> pieces(1);
  std::size_t old_at = 0;
  std::size_t made_at = 0;
  while (made_at < made.size()) {
    const llvm::StringRef line = line_at(made, made_at);
    made_at += line.size();
    if (line_at(old, old_at) != line) {
      if (places.empty())
        for (std::size_t at = old_at; at < old.size(); at += line_at(old, at).size())
          places[line_at(old, at)].push_back(at);
      const auto known = places.find(line);
      const std::vector<std::size_t> *where = known == places.end() ? nullptr : &known->second;
      const auto next =
          where ? std::lower_bound(where->begin(), where->end(), old_at) : std::vector<std::size_t>::const_iterator();
      // A short line stands in many places, so only a longer one says where the texts go on alike.
      constexpr std::size_t telling = 12;
      const bool goes_on = where && next != where->end() && line.size() >= telling;
      if (!goes_on) {
        pieces.back().added += line;
        continue;
      }
      old_at = *next;
    }
    if (!pieces.back().added.empty() || pieces.back().begin + pieces.back().length != old_at)
      pieces.push_back({old_at, 0, {}});
    pieces.back().length += line.size();
    old_at += line.size();
  }
  return pieces;
}

std::optional<std::string> with_delta(llvm::StringRef old, const std::vector<Piece> &pieces) {
  std::string made;
  for (const Piece &piece : pieces) {
    if (piece.begin > old.size() || piece.length > old.size() - piece.begin)
      return std::nullopt;
    made.append(old.data() + piece.begin, piece.length);
    made += piece.added;
  }
  return made;
}

} // namespace tripwire::tool
