// a build step's command --(launch)--> the same object with its seams rewritten, its depfile, its ledger
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

struct LaunchRequest {
  std::string configuration;                ///< the path of tripwire.yaml
  std::vector<std::string> plugins_folders; ///< searched in order
  std::vector<std::string> command;         ///< the words behind "--"
  bool verbose = false;
};

/// Does one build step; the result is the exit status. May replace the process by the user's command where that runs
/// unchanged.
llvm::Expected<int> launch(const LaunchRequest &request);

} // namespace tripwire::tool
