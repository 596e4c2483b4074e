#include "tool/reached.hpp"

#include "tool/body.hpp"
#include "tool/match.hpp"

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/SetVector.h"

namespace tripwire::tool {

llvm::StringSet<> reached_from(llvm::ArrayRef<const clang::FunctionDecl *> seams, EditableFiles &editable,
                               const clang::SourceManager &sources) {
  auto is_of_project = [&](const clang::FunctionDecl &function) {
    const clang::FunctionDecl *definition = nullptr;
    return function.hasBody(definition) &&
           editable.contains(sources.getFileID(sources.getExpansionLoc(definition->getLocation())));
  };
  // What a library's template is given, it may run: so bodies in headers that are not rewritten are followed, too, and
  // such a template may itself be the seam.
  llvm::SetVector<const clang::FunctionDecl *> reached(seams.begin(), seams.end());
  llvm::StringSet<> names;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const clang::FunctionDecl &function = *reached[i];
    if (is_of_project(function))
      names.insert(qualified_name(written(function), false));
    const Body body = body_of(function);
    reached.insert(body.functions.begin(), body.functions.end());
  }
  return names;
}

} // namespace tripwire::tool
