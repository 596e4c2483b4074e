// CompileCommand --(preprocess)--> the text that the user's own compiler would compile, and its depfile
#pragma once

#include "tool/compile_command.hpp"
#include "tool/process.hpp"

#include "llvm/Support/Error.h"

#include <string>
#include <variant>
#include <vector>

namespace tripwire::tool {

/// The compiler could not preprocess (its messages have been printed), so the whole step ends as it did.
struct CompilerFailed {
  ProcessResult result;
};

/// Text as the user's compiler preprocessed it.
struct PreprocessedText {
  std::string text;
};

/// The command that preprocesses \p command's source to \p output, without the launchers in front of the compiler,
/// precompiled headers read as text.
std::vector<std::string> preprocess_command(const CompileCommand &command, llvm::StringRef output);

/// Runs the user's compiler with -E. The compiler's messages go to the terminal, as do its dependencies to the depfile
/// it would have written. The temporary text beside the object is gone afterwards.
llvm::Expected<std::variant<PreprocessedText, CompilerFailed>> preprocess(const CompileCommand &command);

/// Adds \p files as prerequisites of the first rule of the depfile of \p command (names escaped as make wants; phony
/// rules under -MP). Nothing when the command wants no depfile. Files already named there are not named twice.
llvm::Error add_dependencies(const CompileCommand &command, llvm::ArrayRef<std::string> files);

/// \p path with make's special characters escaped, as GCC does for -MQ and prerequisites.
std::string escape_for_make(llvm::StringRef path);

} // namespace tripwire::tool
