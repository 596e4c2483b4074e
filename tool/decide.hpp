// a unit's command and preprocessed text --(decide: kept from another time, or rewrite)--> what becomes of the unit
#pragma once

#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"
#include "tool/edit_cache.hpp"
#include "tool/rewrite.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace tripwire::tool {

struct DecideRequest {
  const CompileCommand &command;
  const Compiler &compiler;
  const config::Configuration &configuration;
  llvm::StringRef resource_dir; ///< the linked Clang's own headers
  llvm::StringRef text;         ///< what the user's compiler preprocessed
  const EditCache &cache;
};

struct Decided {
  llvm::Expected<Rewritten> rewritten;
  bool kept = false; ///< from an earlier time
};

/// What \c rewrite says of the unit, its text ready to be compiled: for Clang every token is on the line where it
/// belongs. Comes from the cache when everything that the decision depends on is as it was then (decision 39).
Decided decide(const DecideRequest &request);

} // namespace tripwire::tool
