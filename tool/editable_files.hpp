// a file of the parse + configuration --(editable_files)--> whether its text is the project's to rewrite
#pragma once

#include "tripwire/config/configuration.hpp"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"

namespace tripwire::tool {

/// Whether \p file is the project's to rewrite. A system header, as a unit includes it, has to be named by an include
/// glob.
bool is_editable(const config::Configuration &configuration, const std::string &file, bool is_system_header);

/// The files of one unit that are the project's to rewrite. Not for several threads.
class EditableFiles {
public:
  /// Both must outlive this object.
  EditableFiles(const config::Configuration &configuration, const clang::SourceManager &sources)
      : configuration_(configuration), sources_(sources) {}

  [[nodiscard]] bool contains(clang::FileID file);

private:
  const config::Configuration &configuration_;
  const clang::SourceManager &sources_;
  llvm::DenseMap<clang::FileID, bool> known_;
};

} // namespace tripwire::tool
