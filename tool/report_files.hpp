// a folder --(report_files)--> what the test programs reported into it
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/JSON.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The report of one process, as the runtime wrote it (runtime/src/report).
struct ReportFile {
  std::string path;
  bool is_whole = true; ///< false: the process did not come to its end, and what it said until then is here
  llvm::json::Object report;
};

/// Every report in \p folder, by name. A folder that holds none is wrong usage; a file of that kind that is no report
/// is an error, with the place in it.
llvm::Expected<std::vector<ReportFile>> read_report_files(const std::string &folder);

/// What a process left that ended on the way: as far as its lines are whole, closed. The text itself when nothing can
/// be made of it.
std::string closed(llvm::StringRef part);

} // namespace tripwire::tool
