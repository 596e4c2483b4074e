// an optimising compile --(in_line)--> the seams whose code stands in the object where a call was
#pragma once

#include "tool/audit.hpp"
#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"
#include "tool/rewrite.hpp"

namespace tripwire::tool {

/// Whether the object of \p command may run a seam that it does not call: the compiler optimises, and text that is not
/// rewritten may call a seam that the unit defines.
bool may_run_in_line(const CompileCommand &command, const Rewritten &rewritten);

/// Compiles \p text, the file with what \p command compiles, once more with every call left a call, and audits that
/// object for calls of functions that the unit defines; it is gone afterwards. A text that cannot be compiled so is
/// warned of. An error only when nothing could be run or read.
llvm::Expected<AuditReport> audit_in_line(const CompileCommand &command, const Compiler &compiler, llvm::StringRef text,
                                          const Rewritten &rewritten, const SeamSymbols &seams);

} // namespace tripwire::tool
