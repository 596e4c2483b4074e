// a compile + the compiler's own text of it --(rewrite: find, map, plan, render)--> edited text, ledger, record
#pragma once

#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"
#include "tool/found.hpp"
#include "tool/ledger.hpp"
#include "tool/plan.hpp"
#include "tool/record.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <string>
#include <vector>

namespace tripwire::tool {

struct RewriteRequest {
  const CompileCommand &command;
  const Compiler &compiler;
  const config::Configuration &configuration;
  llvm::StringRef resource_dir; ///< the linked Clang's own headers
  llvm::StringRef text;         ///< what the user's compiler preprocessed
  /// What the parse reads from.
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files = llvm::vfs::getRealFileSystem();
};

/// A seam that the unit declares, as the proof needs it.
struct ReferredSeam {
  std::string name;                 ///< qualified
  std::vector<std::string> symbols; ///< that must not be undefined in the object; none of a template
  bool ignored = false;             ///< the project left a reference alone by an `ignore` comment
  bool may_be_in_line = false;      ///< an optimiser may have put it in line in text that is not rewritten
};

struct Rewritten {
  bool changed = false; ///< there is a reference that was rewritten
  std::string text;     ///< the edited text with its record; empty unless changed
  Ledger ledger;
  std::vector<ReferredSeam> seams;
  std::vector<std::string> c_names; ///< of the rewritten seams with C linkage
};

/// Every reference of one unit, decided and planned, before anybody asks whether the unit may be compiled.
struct Judged {
  Found found;
  Plan plan;
};

/// Parses one unit and plans its edits. Touches no file but the sources it parses. An error says why Clang cannot parse
/// it; what is refused is part of the plan.
llvm::Expected<Judged> judge(const RewriteRequest &request);

/// The account of a unit, in order.
Ledger ledger_of(const RewriteRequest &request, const Plan &planned);

/// Rewrites one unit. Touches no file but the sources it parses. An error carries every refusal of the unit.
llvm::Expected<Rewritten> rewrite(const RewriteRequest &request);

/// The error that the configuration itself earns: seams of kinds that cannot be rewritten yet, or never.
llvm::Error check_seams(const config::Configuration &configuration);

} // namespace tripwire::tool
