// what becomes of a unit <--(decision)--> bytes to keep
#pragma once

#include "tool/packed.hpp"
#include "tool/rewrite.hpp"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <variant>
#include <vector>

namespace tripwire::tool {

/// Why a unit is not compiled.
struct Refused {
  std::vector<Diagnostic> diagnostics;
  ExitStatus status = ExitStatus::refused;
};

/// How a look at one unit ended.
using Decision = std::variant<Rewritten, Refused>;

/// The ledger's output is left out: it is the command's, not the unit's. \p text: what was preprocessed, of which most
/// of an edited text consists.
void pack(const Decision &decision, llvm::StringRef text, Packer &packer);

/// What was packed with the same \p text; none when the bytes are none of these.
std::optional<Decision> unpack(Unpacker &unpacker, llvm::StringRef text);

} // namespace tripwire::tool
