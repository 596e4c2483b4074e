// one compile of a build step --(compile_step)--> the same object with its seams rewritten, its depfile, its ledger
#pragma once

#include "tool/compile_command.hpp"
#include "tool/launch.hpp"

#include "tripwire/config/configuration.hpp"

namespace tripwire::tool {

/// Where the account of \p object is written.
std::string ledger_of(const std::string &object);

/// Runs \p command, which links as well when it says so. The result is the compiler's own where that failed; an error
/// says what was refused.
llvm::Expected<ProcessResult> run_compile_step(const LaunchRequest &request, CompileCommand command,
                                               config::Configuration configuration);

} // namespace tripwire::tool
