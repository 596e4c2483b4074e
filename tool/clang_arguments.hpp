// CompileCommand + Compiler --(clang_arguments)--> a command line with which our own Clang parses the real source
#pragma once

#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"

#include <string>
#include <vector>

namespace tripwire::tool {

struct ClangArguments {
  /// "clang++", flags, source: as clang::tooling::ToolInvocation takes it.
  std::vector<std::string> command_line;
  /// Flags of the user's command that are not on the list of those that matter to the parse. For the message when the
  /// parse fails.
  std::vector<std::string> dropped;
  /// What to do when the parse fails, and a way around it (empty when there is none).
  std::string when_unparsable =
      "the unit is not compiled, since a reference to a seam could stand in what was not understood; "
      "exclude the file under 'instrument:' if it makes no such call";
  std::string way_without;
};

/// The command line for \p command. Nothing is run and nothing is read.
/// \p resource_dir: the folder with Clang's own headers that belongs to the linked Clang (see \c find_resource_dir).
ClangArguments clang_arguments(const CompileCommand &command, const Compiler &compiler, llvm::StringRef resource_dir);

/// The resource folder of the linked Clang: $TRIPWIRE_RESOURCE_DIR, else what was installed with this program, else
/// lib/clang/N beside it, else beside the libclang-cpp in use, else where the build found it. Empty when none holds the
/// headers.
std::string find_resource_dir();

} // namespace tripwire::tool
