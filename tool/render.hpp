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

/// The same for the text of section `.tripwire.sites`.
std::string call_sites_as_assembler(llvm::StringRef call_sites);

/// \p text with \p record and \p call_sites at its end, in its last line: what a compiler places at the end of a file
/// (the functions that initialise statics) keeps its line.
std::string with_record(std::string text, llvm::StringRef record, llvm::StringRef call_sites);

} // namespace tripwire::tool
