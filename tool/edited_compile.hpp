// CompileCommand + edited text --(edited_compile)--> the command that compiles it with the user's own compiler
#pragma once

#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The user's command (launchers included) for the file \p edited in place of the source. \p seams: unqualified names
/// of the seams with C linkage; the compiler may then not make calls to them of its own.
std::vector<std::string> compile_edited(const CompileCommand &command, const Compiler &compiler, llvm::StringRef edited,
                                        llvm::ArrayRef<std::string> seams);

/// The same for an object that is only looked at: functions that the text defines are called, never put in line, except
/// those that say `always_inline`. Says nothing, and writes nothing but the object.
std::vector<std::string> compile_keeping_calls(const CompileCommand &command, const Compiler &compiler,
                                               llvm::StringRef text, llvm::ArrayRef<std::string> seams);

/// The command for Clang that compiles the real source under the file overlay \p overlay, without launchers: these do
/// not see what the overlay says.
std::vector<std::string> compile_overlaid(const CompileCommand &command, llvm::StringRef overlay,
                                          llvm::ArrayRef<std::string> seams);

/// The command that only looks at the real source and reports what the user's compiler has to say. For Clang its
/// warnings come from here, as they depend on macros that the edited text no longer has.
std::vector<std::string> report_warnings(const CompileCommand &command, const Compiler &compiler);

/// The command that makes assembly of the real source, for what GCC has to say of it: some warnings want the
/// optimiser. Writes \p assembly and nothing else.
std::vector<std::string> report_all_warnings(const CompileCommand &command, llvm::StringRef assembly);

} // namespace tripwire::tool
