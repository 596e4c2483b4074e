// preprocessed text + the files it came from --(fallthrough)--> the text with its "falls through" comments back
#pragma once

#include "tool/compile_command.hpp"

#include "llvm/ADT/StringRef.h"

#include <string>

namespace tripwire::tool {

/// Whether the flags of \p command make GCC warn about a case that falls into the next.
bool warns_about_fallthrough(const CompileCommand &command);

/// GCC takes a comment like `/* fall through */` in front of a label as the word that this is meant, and preprocessing
/// loses comments. Puts those of the project's files back where the compiler sees them, without moving a line. Files
/// that cannot be read give none.
std::string with_fallthrough_comments(llvm::StringRef text);

} // namespace tripwire::tool
