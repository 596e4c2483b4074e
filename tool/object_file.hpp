// an object, archive, program or shared library --(object_file)--> per member: symbols, records, who refers to a symbol
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// Where the code stands that refers to a symbol.
struct SymbolUse {
  std::string symbol;
  std::string function; ///< demangled; empty in data
  std::string file;     ///< empty without debug information
  unsigned line = 0;
};

/// Why a member's symbols cannot be known from it.
enum class Unreadable {
  no,
  slim_lto, ///< GCC's intermediate code without machine code; undefined symbols are known, uses are not
  bitcode,  ///< LLVM's intermediate code; undefined symbols are known, uses are not
  foreign,  ///< not an ELF object
};

/// One object, or one member of an archive.
struct ObjectFacts {
  std::string file;   ///< the path that was given
  std::string member; ///< the archive's member; empty for a plain file
  Unreadable unreadable = Unreadable::no;
  bool linked = false; ///< a program or shared library
  bool has_debug_info = false;
  std::vector<std::string> undefined;      ///< symbol versions removed; sorted, each once
  std::vector<std::string> weak_functions; ///< defined weak (inline) functions, sorted
  std::vector<std::string> defined;        ///< all defined global symbols, sorted
  std::vector<std::string> records;        ///< the lines of section .tripwire
};

/// Reads \p path: one entry, or one for each member of an archive (thin archives too).
llvm::Expected<std::vector<ObjectFacts>> read_objects(llvm::StringRef path);

/// The places that refer to one of \p symbols in \p path (in \p member, when it is an archive): by relocation in
/// objects, by the procedure linkage table in linked files. Sorted by symbol, file, line.
llvm::Expected<std::vector<SymbolUse>> uses_of(llvm::StringRef path, llvm::StringRef member,
                                               llvm::ArrayRef<std::string> symbols);

} // namespace tripwire::tool
