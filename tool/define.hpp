// the records of a program's objects --(define)--> one object that defines its slots and wrappers
#pragma once

#include "tool/link_command.hpp"
#include "tool/process.hpp"
#include "tool/record.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/Support/Error.h"

#include <string>
#include <variant>
#include <vector>

namespace tripwire::tool {

struct DefineRequest {
  const LinkCommand &link;
  const std::vector<Record> &records;
  const config::Configuration &configuration;
  std::string runtime_include; ///< the folder that holds `tripwire/`
};

/// Makes `OUTPUT.tripwire/definitions.o` with the compiler of the link, unless the one that is there was made from the
/// same records, headers and tool. The result is its path, or how the compiler failed (its messages are printed).
llvm::Expected<std::variant<std::string, ProcessResult>> define_seams(const DefineRequest &request);

} // namespace tripwire::tool
