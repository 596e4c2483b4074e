// preprocessed text + the same text edited --(overlay)--> edited copies of the source files, each token on its line
// (decision 38)
#pragma once

#include "tool/compile_command.hpp"
#include "tool/compiler.hpp"
#include "tool/process.hpp"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <map>
#include <string>
#include <variant>
#include <vector>

namespace tripwire::tool {

/// Texts that stand in for files, by absolute path.
using Overlay = std::map<std::string, std::string>;

/// Why a unit's edits cannot be made in its files, lower case.
struct NoOverlay {
  std::string why;
};

/// The files of the unit with the edits that made \p edited of \p text, which Clang's -E wrote. A guess where macros
/// stand between the two: \c OverlayFiles::gives says whether it is right.
std::variant<Overlay, NoOverlay> overlay_of(const CompileCommand &command, llvm::StringRef text,
                                            llvm::StringRef edited);

/// Whether \p command gains by an overlay: its object tells of lines and columns, and no launcher would see file names
/// that do not say what is in the files. Coverage that is mapped to the source needs it, so launchers are left out
/// then.
bool wants_overlay(const CompileCommand &command, const Compiler &compiler);

/// An overlay on disk, for as long as this object lives.
class OverlayFiles {
public:
  static llvm::Expected<OverlayFiles> write(const Overlay &overlay, const CompileCommand &command);

  /// Whether the preprocessor makes \p edited of the source under this overlay, token for token.
  [[nodiscard]] llvm::Expected<bool> gives(llvm::StringRef edited, const CompileCommand &command,
                                           const Compiler &compiler) const;

  /// The file that -ivfsoverlay takes.
  [[nodiscard]] const std::string &path() const { return files_.front().path(); }

private:
  std::vector<ScratchFile> files_; ///< the description first
};

} // namespace tripwire::tool
