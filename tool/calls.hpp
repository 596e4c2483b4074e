// a unit's source --(calls: Clang parses it)--> every function that the project's code names, seam or not
#pragma once

#include "tool/clang_arguments.hpp"
#include "tool/diagnostics.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/Support/Error.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// Where a function's code is, as far as the unit can tell. Closed.
enum class CodeIs {
  in_project,         ///< declared or defined in code that the configuration instruments
  in_library,         ///< declared in a foreign header, defined elsewhere
  in_header,          ///< in a foreign header: an inline function or a template
  in_standard_library ///< the same in a header of the language's own library
};

/// A function that is named in the project's code where that code may run.
struct NamedFunction {
  std::string name;   ///< qualified, without inline namespaces
  std::string header; ///< as it is included: `<fcntl.h>`, `"/opt/acme/client.h"`; empty for one of the main file
  CodeIs code = CodeIs::in_library;
  std::optional<std::size_t> seam; ///< index into the configuration's seams
  std::vector<Place> places;       ///< each once, in order of discovery, of the expansion where a macro names it
};

struct Calls {
  std::vector<NamedFunction> functions; ///< in order of discovery
  std::vector<std::size_t> declared;    ///< the configuration's seams that the unit declares, sorted
};

/// Parses the unit. Constructors, member functions and functions whose address is taken count; what the compiler calls
/// by itself (destructors, conversions, copies) does not. An error says why Clang cannot parse it.
llvm::Expected<Calls> find_calls(const ClangArguments &arguments, const config::Configuration &configuration);

} // namespace tripwire::tool
