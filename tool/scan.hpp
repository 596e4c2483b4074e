// preprocessed text + names --(scan)--> each place where one of the names is an identifier
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tripwire::tool {

/// One entry into a file: the main file, or one inclusion.
struct Instance {
  /// The name at entry, an index into \c Scan::files.
  unsigned file = 0;
  /// The number of this entry among the entries into the same file that produced a token, from zero; \c no_ordinal when
  /// it produced none.
  unsigned ordinal = no_ordinal;
  /// The file is a system header for the user's compiler.
  bool system = false;
  /// The including entry; the main file's is itself.
  unsigned parent = 0;

  static constexpr unsigned no_ordinal = ~0U;
};

/// One identifier.
struct Occurrence {
  std::size_t offset = 0; ///< of its first byte in the text
  unsigned name = 0;      ///< index into the names that were asked for
  unsigned instance = 0;  ///< index into \c Scan::instances
  unsigned file =
      0; ///< the presumed file (a #line directive may differ from the instance's file), an index into \c Scan::files
  unsigned line = 0; ///< the presumed line, from 1
  /// Its file entry is a system header. A macro of a system header that is used in a project's file is not "system" by
  /// this.
  bool system = false;
  /// The compiler marked the token as one that a system header's macro produced.
  bool system_macro = false;
};

/// The start of the line behind a literal that holds line ends. Clang's -E does not count these, so the lines that
/// follow in its text have numbers that are too high up to the next marker.
struct Drift {
  std::size_t offset = 0;
  unsigned file = 0; ///< index into \c Scan::files
  unsigned line = 0; ///< the line that a compiler means that does not count them
  bool system = false;
};

/// A line of the text that begins with a token of the file \c file.
struct LineStart {
  std::size_t offset = 0;
  unsigned instance = 0;
  unsigned file = 0; ///< presumed
  unsigned line = 0; ///< presumed
};

struct Scan {
  /// File names as in the line markers, escapes undone. Not made absolute.
  std::vector<std::string> files;
  std::vector<Instance> instances;
  /// In order of offset.
  std::vector<Occurrence> occurrences;
  /// In order of offset.
  std::vector<Drift> drifts;
  /// In order of offset; only when they were asked for.
  std::vector<LineStart> lines;
};

/// Identifiers that equal one of \p names (or begin so, for a name with `*` at its end) in \p text, which a compiler's
/// -E wrote (GCC's and Clang's line markers are understood). Literals, line markers and directives are skipped, except
/// OpenMP pragmas, which hold expressions. Regions of system headers are included.
Scan scan(llvm::StringRef text, llvm::ArrayRef<std::string> names);

/// The same for no name, with \c Scan::lines.
Scan scan_lines(llvm::StringRef text);

/// A line marker, its line end included: \p file and \p line hold for the line that follows.
std::string line_marker(unsigned line, llvm::StringRef file, bool system);

/// Which of \p names occur outside system headers, as indices in ascending order. The quick question before any parse.
std::vector<unsigned> names_outside_system_headers(llvm::StringRef text, llvm::ArrayRef<std::string> names);

} // namespace tripwire::tool
