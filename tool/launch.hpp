// a build step's command --(launch)--> the same object with its seams rewritten, its depfile, its ledger
#pragma once

#include "tool/compile_command.hpp"
#include "tool/process.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

struct LaunchRequest {
  std::string configuration;                ///< the path of tripwire.yaml; empty: the nearest one upwards
  std::vector<std::string> plugins_folders; ///< searched in order
  std::string runtime_include;              ///< for commands that also link: see \c LinkRequest
  std::vector<std::string> command;         ///< the words behind "--"
  std::string cache_folder;                 ///< where decisions are kept for another time; empty: nowhere
  bool verbose = false;                     ///< say on standard error what becomes of the command
};

/// Does one build step and says how it ended: as the user's compiler did, or with status 1 when the object's proof
/// failed (and the object is removed). Messages of compilers and warnings go to standard error. May replace the process
/// by the user's command where nothing is left to do after it.
llvm::Expected<ProcessResult> launch(const LaunchRequest &request);

} // namespace tripwire::tool
