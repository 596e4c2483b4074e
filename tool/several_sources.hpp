// a command for several sources --(several_sources)--> a compile for each of them, and the link that is left
#pragma once

#include "tool/compile_command.hpp"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The compile of one of the sources.
struct SourceCompile {
  std::string source;             ///< as written
  std::vector<std::string> words; ///< a whole command
  /// Where the object of a command that also links goes; empty when the compiler chooses.
  std::string object;
  std::string ledger; ///< where its ledger belongs; empty: beside the object
};

/// In the order of the sources. A depfile has the name, and names the target, that the compiler would choose for the
/// whole command; of several under one name the last stays, as with the compilers.
std::vector<SourceCompile> compiles_of(const SeveralSources &command);

/// What is left when each of \p compiles has been done: the command with objects where the sources stood. Empty when
/// the command does not link.
std::vector<std::string> link_of(const SeveralSources &command, const std::vector<SourceCompile> &compiles);

} // namespace tripwire::tool
