// Found + where its tokens stand in the text --(plan)--> edits, and the ledger's account of every reference
#pragma once

#include "tool/compile_command.hpp"
#include "tool/declare.hpp"
#include "tool/found.hpp"
#include "tool/ledger.hpp"
#include "tool/line_tokens.hpp"
#include "tool/map.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tripwire::tool {

/// Replaces \c length bytes at \c offset of the text.
struct Edit {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string text;
  int rank = 0; ///< at one offset: what closes comes first, the innermost in front, and what replaces comes last
};

/// The wrappers that a unit calls, by declaration.
using WrapperUse = std::map<std::size_t, std::map<WrapperKind, unsigned>>;

struct Plan {
  std::vector<Edit> edits;          ///< in order of offset, none overlaps another
  std::vector<LedgerEntry> entries; ///< of each reference in their order, then of the declarations
  WrapperUse wrappers;
  WrapperUse specialised;           ///< the same by specialisation, of the declarations that are templates
  std::vector<Diagnostic> refusals; ///< why nothing of it may be used: every refused reference, every lost token
};

/// Which wrappers to declare besides those that references ask for: the unit that defines them needs them all.
using AlsoDeclare = std::map<std::size_t, std::set<WrapperKind>>;

/// Plans the edits of one unit.
Plan plan(const Found &found, const TokenMap &map, llvm::StringRef text, DeclareStyle style,
          const AlsoDeclare &also = {});

/// The same without declarations, for what stands in a unit whose wrappers are declared already.
Plan plan_references(const Found &found, const TokenMap &map, llvm::StringRef text, DeclareStyle style);

/// The edits of two plans for one text, in order.
std::vector<Edit> merge_edits(std::vector<Edit> one, std::vector<Edit> other);

/// Which wrapper \p reference calls.
WrapperKind wrapper_of(const Reference &reference);

/// One edit of the text by which a reference without a name reaches the wrapper \p tag of a constructor of \p type;
/// none when the text is not as \p insertion has it.
std::optional<std::vector<Edit>> edits_of(const Insertion &insertion, const std::string &type, const std::string &tag,
                                          const Lexemes &lexemes, LineTokens &tokens);

} // namespace tripwire::tool
