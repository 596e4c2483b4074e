// words of a command line --(command_words)--> arguments with their roles
#pragma once

#include "tool/compile_command.hpp"

#include "llvm/ADT/ArrayRef.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// How many words stand in front of the compiler ("ccache", "cmake -E env X=1"); nothing when there is no compiler.
std::optional<std::size_t> count_launcher_words(llvm::ArrayRef<std::string> argv);

/// Whether \p word is named like a C or C++ compiler: "g++", "x86_64-linux-gnu-gcc-12", "/opt/bin/clang++-22".
bool looks_like_compiler(llvm::StringRef word);

/// \p words with response files ("@file") replaced by what they hold. One that cannot be read stays a word, as in the
/// compilers.
std::vector<std::string> expand_response_files(llvm::ArrayRef<std::string> words);

/// The argument that begins at words[i]; i is moved behind it. Words that begin with no "-" are not for this function.
Argument read_argument(const std::vector<std::string> &words, std::size_t &i);

} // namespace tripwire::tool
