// an object + the seams that go by symbol --(redirect)--> the object with wrappers in their place, and what was renamed
#pragma once

#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"
#include "tool/ledger.hpp"
#include "tool/symbol_seams.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The flags that a compile takes whose object will be redirected: the compiler may neither make other calls of those
/// to \p names nor merge two of them, and there has to be machine code.
std::vector<std::string> flags_for_redirection(const CompileCommand &command, CompilerKind compiler,
                                               const std::vector<std::string> &names);

/// The user's command (launchers included) for the object alone, with those flags. The depfile is made elsewhere.
std::vector<std::string> compile_for_redirection(const CompileCommand &command, const Compiler &compiler,
                                                 const std::vector<std::string> &names);

struct RedirectRequest {
  const std::string &object; ///< is replaced, and gets one more record
  const CompileCommand &command;
  const config::Configuration &configuration;
  const SymbolSeams &seams;
  llvm::StringRef text; ///< the unit's, as its compiler preprocessed it
};

/// Renames the undefined symbols of the object that mean seams to the names of their wrappers. Returns a ledger entry
/// for each place that refers to one; none when there is none, and the object is then left as it is. An error says what
/// cannot go by symbol, and leaves the object as it is, too.
llvm::Expected<std::vector<LedgerEntry>> redirect(const RedirectRequest &request);

} // namespace tripwire::tool
