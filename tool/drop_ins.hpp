// a unit's text + the types that others stand in for --(drop_ins)--> its text with the headers of their drop-ins in
// front
#pragma once

#include "tool/preprocess.hpp"

#include "tripwire/config/configuration.hpp"

#include <optional>

namespace tripwire::tool {

/// The header of \p seam's drop-in as a command names it: beside tripwire.yaml when it is there; in the nearest
/// `include` folder beside or above the plugin's manifest; else as it is written.
std::string drop_in_header(const config::Configuration &configuration, const config::Seam &seam);

/// Where \p text has each part of the name of a type that another stands in for, adds that one's header to \p command
/// as the last
/// `-include`, and preprocesses again. What the unit's own macros say further down, these headers do not hear.
llvm::Expected<std::optional<CompilerFailed>> include_drop_ins(CompileCommand &command, const Compiler &compiler,
                                                               const config::Configuration &configuration,
                                                               PreprocessedText &text);

} // namespace tripwire::tool
