// a function --(lowering)--> what compilers make of calls to it
#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The functions whose calls compilers turn into a call of \p function when they know the arguments: `fprintf` for
/// `fwrite`.
std::vector<std::string> made_into(llvm::StringRef function);

/// Those among them that print or write, where such a call is a surprise: `printf` for `puts`. What becomes of string
/// functions is left out: `memcpy` is made of too many things to say anything.
std::vector<std::string> lowered_to(llvm::StringRef function);

} // namespace tripwire::tool
