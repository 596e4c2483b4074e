// a link command --(link)--> the program, with the definitions of its seams made and added
#pragma once

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

struct LinkRequest {
  std::string configuration;                ///< the path of tripwire.yaml
  std::vector<std::string> plugins_folders; ///< searched in order
  std::string runtime_include;              ///< the folder that holds `tripwire/`
  std::vector<std::string> command;         ///< the words behind "--"
};

/// Checks the objects of the link against each other, defines their seams in `OUTPUT.tripwire/`, and runs the command
/// with the definitions added. A command that makes no program, or that links no rewritten object, runs as it is. The
/// result is the exit status; may replace the process by the command.
llvm::Expected<int> link(const LinkRequest &request);

} // namespace tripwire::tool
