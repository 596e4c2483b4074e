// CompileCommand --(preprocess)--> the text that the user's own compiler would compile, and its depfile
#pragma once

#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"
#include "tool/process.hpp"

#include "llvm/Support/Error.h"

#include <string>
#include <variant>
#include <vector>

namespace tripwire::tool {

/// The compiler could not preprocess, so the whole step ends as it did, with its messages (\c result.standard_error).
struct CompilerFailed {
  ProcessResult result;
};

/// Text as the user's compiler preprocessed it.
struct PreprocessedText {
  std::string text;
  std::string messages; ///< what the compiler said meanwhile, its colours kept when our standard error shows colours
};

/// The command that preprocesses \p command's source to \p output, without the launchers in front of the compiler,
/// precompiled headers read as text.
std::vector<std::string> preprocess_command(const CompileCommand &command, const Compiler &compiler,
                                            llvm::StringRef output);

/// Runs the user's compiler with -E, without the launchers in front of it. Its dependencies go to the depfile that the
/// compile would have written. The temporary text beside the object is gone afterwards.
llvm::Expected<std::variant<PreprocessedText, CompilerFailed>> preprocess(const CompileCommand &command,
                                                                          const Compiler &compiler);

/// Adds \p files as prerequisites of the first rule of the depfile of \p command (names escaped as make wants; phony
/// rules under -MP). Nothing when the command wants no depfile. Files already named there are not named twice.
llvm::Error add_dependencies(const CompileCommand &command, llvm::ArrayRef<std::string> files);

/// \p path with make's special characters escaped, as GCC does for -MQ and prerequisites.
std::string escape_for_make(llvm::StringRef path);

} // namespace tripwire::tool
