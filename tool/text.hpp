// values --(text)--> pieces of C++
#pragma once

#include "llvm/ADT/StringRef.h"

#include <string>

namespace tripwire::tool {

/// \p text as a C++ string literal.
std::string as_literal(llvm::StringRef text);

/// Whether \p expression uses \p name as an identifier.
bool mentions(llvm::StringRef expression, llvm::StringRef name);

/// Whether \p name can name a variable in C++.
bool is_plain_identifier(llvm::StringRef name);

} // namespace tripwire::tool
