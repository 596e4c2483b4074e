// files, by the user's hand --(audit_files)--> their leaks on standard error
#pragma once

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

struct AuditFilesRequest {
  std::string configuration;                ///< the path of tripwire.yaml
  std::vector<std::string> plugins_folders; ///< searched in order
  std::vector<std::string> files;           ///< objects, archives, programs, shared libraries
};

/// Audits each file and prints what it finds; a file that leaks does not hide what the next one does. The result is the
/// exit status.
llvm::Expected<int> audit_files(const AuditFilesRequest &request);

} // namespace tripwire::tool
