// a build step --(own_words)--> the words that have this program do the same to another command
#pragma once

#include "tool/launch.hpp"

namespace tripwire::tool {

/// This program, absolute.
std::string own_path();

/// The words of this program that do the same as \p request to other commands, in \p form (`--link`). The command's
/// own words follow.
std::vector<std::string> again(const LaunchRequest &request, llvm::StringRef form);

} // namespace tripwire::tool
