// a unit's real source --(parse)--> syntax tree --(sightings)--> every place a name stands --(find)--> Found
#pragma once

#include "tool/clang_arguments.hpp"
#include "tool/found.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace tripwire::tool {

/// Parses the source that \p arguments name and decides every reference in the project's own files. References that
/// must be refused are in the result; an error says that Clang cannot parse the unit.
/// \p files is what the parse reads from.
llvm::Expected<Found>
find(const ClangArguments &arguments, const config::Configuration &configuration,
     const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &files = llvm::vfs::getRealFileSystem());

} // namespace tripwire::tool
