// an object, archive, program or shared library --(object_file)--> per member: symbols and records
#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <string>
#include <vector>

namespace tripwire::tool {

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

/// Calls \p visit with the bytes of \p path, or of each of its members when it is an archive. The bytes live for the
/// call only. What \p visit returns gets the place in front and ends the walk.
llvm::Error
for_each_member(llvm::StringRef path,
                llvm::function_ref<llvm::Error(llvm::MemoryBufferRef buffer, llvm::StringRef member)> visit);

} // namespace tripwire::tool
