// BUILD/compile_commands.json --(compile_database)--> the compile commands of a build tree
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// One command of the build tree.
struct DatabaseEntry {
  std::string directory;            ///< where the command runs; absolute
  std::string file;                 ///< the source, absolute, as the database spells it
  std::vector<std::string> command; ///< without a step of this program in front of it
};

/// The commands of \p build, which is a folder with a compile_commands.json or such a file, in the file's order. Those
/// that differ in nothing but what they write are one: a library and its twin for tests. An error is wrong usage.
llvm::Expected<std::vector<DatabaseEntry>> read_compile_database(llvm::StringRef build);

/// Those of \p entries that compile one of \p sources, paths from the current directory; all of them when there are no
/// sources. An error names a source that no command compiles.
llvm::Expected<std::vector<DatabaseEntry>> entries_for(std::vector<DatabaseEntry> entries,
                                                       llvm::ArrayRef<std::string> sources);

/// \p path, made absolute from \p directory, without `.` and `..`. Symbolic links are left alone.
std::string absolute_from(llvm::StringRef directory, llvm::StringRef path);

/// \p path as it is spelled in \p folder when it is below that, else as it is.
std::string spelled_in(llvm::StringRef folder, llvm::StringRef path);

} // namespace tripwire::tool
