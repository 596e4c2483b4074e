// seams that headers define --(reached)--> the functions whose code their real calls run
#pragma once

#include "tool/editable_files.hpp"

#include "clang/AST/Decl.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringSet.h"

namespace tripwire::tool {

/// The qualified names of the functions with a body in a file that is rewritten, among \p seams and what their bodies
/// run, themselves or through others. Rather more than too few: names stand for all their overloads.
llvm::StringSet<> reached_from(llvm::ArrayRef<const clang::FunctionDecl *> seams, EditableFiles &editable,
                               const clang::SourceManager &sources);

} // namespace tripwire::tool
