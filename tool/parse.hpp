// Clang's command line --(parse)--> a syntax tree handed to whoever asks, or what Clang says is wrong
#pragma once

#include "tool/clang_arguments.hpp"

#include "clang/AST/ASTContext.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace tripwire::tool {

/// Whether the bodies of functions in system headers that are not rewritten are parsed. Leaving them out makes the
/// parse several times as fast; instantiations that only they ask for are then missing from the tree.
enum class SystemBodies { skip, parse };

struct ParseHooks {
  /// Called before the first token.
  llvm::function_ref<void(clang::Preprocessor &)> begin;
  /// Called with the whole tree, when there was no error.
  llvm::function_ref<void(clang::ASTContext &, clang::Preprocessor &)> tree;
  /// Whether a system header is rewritten all the same; none is without it.
  llvm::function_ref<bool(llvm::StringRef header)> is_rewritten = nullptr;
};

/// Parses on a thread with a deep stack, reading from \p files. The error carries what Clang reports, placed, and says
/// what to do.
llvm::Error parse(const ClangArguments &arguments, SystemBodies bodies, ParseHooks hooks,
                  const llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> &files = llvm::vfs::getRealFileSystem());

} // namespace tripwire::tool
