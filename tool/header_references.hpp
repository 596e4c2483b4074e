// the unit of the definitions --(header_references)--> the references of the headers it includes: rewritten there too,
// or left out
#pragma once

#include "tool/clang_arguments.hpp"
#include "tool/found.hpp"
#include "tool/record.hpp"
#include "tool/typed_seam.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// The references in headers that the definitions include. Their object has functions of those headers as any other
/// has, and is the first that the linker takes copies from.
struct HeaderReferences {
  Found rewritten; ///< as each unit rewrites them
  Found left_out;  ///< those that cannot be, in what no real call runs
};

/// Parses \p source, the unit of \p arguments, where anything in its headers may have to be rewritten. An error names a
/// reference in what the real call of a seam runs that cannot be.
llvm::Expected<HeaderReferences> header_references(const TypedSeams &typed, const std::vector<Record> &records,
                                                   const ClangArguments &arguments,
                                                   const config::Configuration &configuration, llvm::StringRef source);

/// An error when the linker may take from \p object, which was compiled of the unit, a function in which a reference
/// was left out.
llvm::Error check_left_out(const Found &left_out, const TypedSeams &typed, const std::string &object);

} // namespace tripwire::tool
