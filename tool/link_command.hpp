// argv of a link --(link_command)--> the objects and archives in it, or the reason to run it as it is
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// A command that may make a program.
struct LinkCommand {
  std::vector<std::string> words; ///< response files expanded; the compiler's launchers stay in front
  std::size_t compiler = 0;       ///< index of the compiler in \c words
  std::string output;             ///< `a.out` when none is named
  bool makes_program = false;     ///< not -c, -S, -E, -shared, -r, nor a question
  std::vector<std::string> files; ///< objects, archives and shared libraries, found as the linker would, in order, each once
  std::size_t first_input = 0;    ///< index in \c words of the first input; words.size() when there is none
  bool cxx_driver = false;        ///< the compiler links the C++ library by itself
};

/// Reads \p argv, the words behind "--". Libraries named by -l count where a -L folder of the command holds them: those
/// of the system carry no records.
llvm::Expected<LinkCommand> read_link_command(llvm::ArrayRef<std::string> argv);

} // namespace tripwire::tool
