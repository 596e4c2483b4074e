// the object of a build step + its seams --(prove)--> nothing reaches a seam past its wrapper, or what does
#pragma once

#include "tool/audit.hpp"
#include "tool/compile_command.hpp"
#include "tool/ledger.hpp"
#include "tool/rewrite.hpp"

namespace tripwire::tool {

/// The symbols that must not be undefined in a unit's object. \p rewritten: what a parse knows of the unit; null when
/// nobody parsed it, and only names can tell.
SeamSymbols symbols_to_prove(const config::Configuration &configuration, const Rewritten *rewritten);

/// Looks into the object of \p command. One that cannot be read is removed.
llvm::Expected<AuditReport> audit_output(const CompileCommand &command, const SeamSymbols &seams);

/// No seam may be reached past its wrapper in the object; one that fails is removed, so that nothing links it. What the
/// configuration allows is added to \p ledger. \p in_line: what no call in the object tells.
llvm::Error prove(const CompileCommand &command, const config::Configuration &configuration, const SeamSymbols &seams,
                  Ledger &ledger, AuditReport in_line = {});

/// The leaks of \p report as an error, if there are any; what is allowed is added to \p ledger.
llvm::Error refuse_leaks(const AuditReport &report, const config::Configuration &configuration, Ledger &ledger);

} // namespace tripwire::tool
