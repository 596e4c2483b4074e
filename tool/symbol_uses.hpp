// an object or linked file + symbols --(symbol_uses)--> the code and data that refer to them, with file and line
#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// Where the code or data stands that refers to a symbol.
struct SymbolUse {
  std::string symbol;
  std::string function; ///< demangled; for data the variable's name; empty when neither is known
  std::string file;     ///< empty without debug information
  unsigned line = 0;
  std::string by;           ///< the linker's name of the function or variable; empty when none is known
  bool of_own_copy = false; ///< the object itself defines it, as it does an inline function
};

/// The places in \p path (in \p member, when it is an archive) that refer to a symbol for which \p wanted holds. In
/// objects these are relocations against undefined symbols, and against functions that the object defines itself, as
/// inline ones and specialisations. In programs and shared libraries these are calls and loads in the machine code that
/// reach the symbol or its entry of the procedure linkage table, and relocated data. Sorted by symbol, file, line,
/// function, each once.
llvm::Expected<std::vector<SymbolUse>> uses_of(llvm::StringRef path, llvm::StringRef member,
                                               llvm::function_ref<bool(llvm::StringRef)> wanted);

/// Whether the object's debug information names \p symbol: Clang's does so for each template argument that is a
/// function, which makes the symbol undefined although nothing calls it.
llvm::Expected<bool> is_described(llvm::StringRef path, llvm::StringRef member, llvm::StringRef symbol);

} // namespace tripwire::tool
