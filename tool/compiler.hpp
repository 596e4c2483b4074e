// the user's compiler --(compiler)--> what it is, found by asking it
#pragma once

#include "tool/compile_command.hpp"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

enum class CompilerKind { gcc, clang };

/// Facts about a compiler under certain flags that choose a target.
struct Compiler {
  CompilerKind kind = CompilerKind::gcc;
  std::string path; ///< absolute; launchers are not part of it
  unsigned major = 0;
  unsigned minor = 0;
  std::string target;          ///< as -dumpmachine says: "x86_64-linux-gnu"
  std::string gcc_install_dir; ///< the folder that holds crtbegin.o; empty when there is none
};

/// Asks the compiler of \p command. Answers are kept for the life of the process and, keyed by the compiler's path,
/// size and time of change and the flags that choose a target, in \p cache_folder (empty: no cache on disk).
llvm::Expected<Compiler> ask_compiler(const CompileCommand &command, llvm::StringRef cache_folder);

/// The folder for things that may be lost: $TRIPWIRE_CACHE_DIR, else $XDG_CACHE_HOME/tripwire, else ~/.cache/tripwire,
/// else empty.
std::string default_cache_folder();

} // namespace tripwire::tool
