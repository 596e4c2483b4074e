// preprocessed text + a file's line --(line_text)--> the text that the compiler gets for that line
#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace tripwire::tool {

/// What \p text holds for line \p line of the files that \p is_meant says yes to, as the line markers count, blanks
/// squeezed; of the first entry into such a file that gives the line any text. Empty when there is no such text.
std::string text_of_line(llvm::StringRef text, unsigned line, llvm::function_ref<bool(const std::string &)> is_meant);

} // namespace tripwire::tool
