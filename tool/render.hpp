// text + edits + record --(render)--> the text that is compiled
#pragma once

#include "tool/plan.hpp"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace tripwire::tool {

/// \p text with \p edits (in order) applied.
std::string apply_edits(llvm::StringRef text, llvm::ArrayRef<Edit> edits);

/// Assembler statements that put \p record, one line of text, into section `.tripwire`, which no program loads.
std::string record_as_assembler(llvm::StringRef record);

} // namespace tripwire::tool
