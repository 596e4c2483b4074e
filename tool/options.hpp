// argv --(options)--> one of the things this program does
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <variant>
#include <vector>

namespace tripwire::tool {

/// What every form may be told.
struct CommonOptions {
  std::string configuration;                ///< --config; else $TRIPWIRE_CONFIG or the nearest upwards
  std::vector<std::string> plugins_folders; ///< --plugins-folder, in order; the installed one when none is given
  std::string runtime_include;              ///< --runtime-include; the installed one when it is not given
  std::string cache_folder; ///< $TRIPWIRE_CACHE_DIR, else --cache, else the user's own; empty: keep nothing
  bool verbose = false;
};

struct ShowHelp {};
struct ShowVersion {};

/// SOURCE -o OUT [--ledger FILE] [--dump-edits] -- compiler flags
struct ByHand {
  CommonOptions common;
  std::string source;
  std::string output;
  std::string ledger;
  bool dump_edits = false;
  std::vector<std::string> command;
};

/// --compile -- compiler flags
struct CompileStep {
  CommonOptions common;
  std::vector<std::string> command;
};

/// --link -- compiler flags
struct LinkStep {
  CommonOptions common;
  std::vector<std::string> command;
};

/// --audit FILE...
struct AuditStep {
  CommonOptions common;
  std::vector<std::string> files;
};

/// -p BUILD [SOURCE...] --check
struct CheckStep {
  CommonOptions common;
  std::string build;
  std::vector<std::string> sources; ///< none: all of the build tree
};

/// -p BUILD [SOURCE...] --inventory
struct InventoryStep {
  CommonOptions common;
  std::string build;
  std::vector<std::string> sources;
  bool json = false;
};

/// -p BUILD [SOURCE...] --explain FILE:LINE
struct ExplainStep {
  CommonOptions common;
  std::string build;
  std::vector<std::string> sources;
  std::string file;
  unsigned line = 0;
};

/// --report DIR -o FILE
struct ReportStep {
  std::string folder;
  std::string output;
};

/// --reference MANIFEST [-o PAGE | --page PAGE]
struct ReferenceStep {
  std::string manifest;
  std::string output; ///< the page that gets it; empty or "-": it is printed
  std::string page;   ///< the page that has to have it already
};

using Task = std::variant<ShowHelp, ShowVersion, ByHand, CompileStep, LinkStep, AuditStep, CheckStep, InventoryStep,
                          ExplainStep, ReportStep, ReferenceStep>;

/// Reads the command line without the program's name. An error is wrong usage.
llvm::Expected<Task> read_options(llvm::ArrayRef<std::string> words);

/// The text of --help.
std::string help_text();
/// The text of --version.
std::string version_text();

} // namespace tripwire::tool
