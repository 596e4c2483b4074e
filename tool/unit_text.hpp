// a compile command --(unit_text)--> the text that its compiler sees, each token on its line
#pragma once

#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"
#include "tool/preprocess.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/Support/Error.h"

#include <string>
#include <variant>

namespace tripwire::tool {

/// One unit as its own compiler preprocessed it.
struct UnitText {
  Compiler compiler;
  std::string text;
};

/// Asks the compiler of \p command who it is and has it preprocess the source, with the drop-ins that it needs, which
/// \p command then includes. Leaves nothing behind.
llvm::Expected<std::variant<UnitText, CompilerFailed>> read_unit_text(CompileCommand &command,
                                                                      const config::Configuration &configuration);

/// Puts tokens that the compiler's -E moved to other lines where they belong (see \c read_source_lines), which a
/// rewrite needs. \p resource_dir: Clang's own headers.
void put_tokens_on_their_lines(UnitText &unit, const CompileCommand &command, llvm::StringRef resource_dir);

/// \c find_resource_dir; an error when there is none.
llvm::Expected<std::string> need_resource_dir();

/// Why text that was preprocessed elsewhere cannot be rewritten.
llvm::Error refuse_preprocessed(const CompileCommand &command);

} // namespace tripwire::tool
