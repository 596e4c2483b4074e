// a manifest --(make_reference)--> its reference: printed, written into the plugin's page, or compared with it
#pragma once

#include "tool/options.hpp"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>

namespace tripwire::tool {

/// The page with \p reference between its marks, and nothing else changed; none where the page has not both marks, each
/// in a line of its own.
std::optional<std::string> page_with(llvm::StringRef page, llvm::StringRef reference);

/// \return the exit status: a page that differs is refused.
llvm::Expected<int> make_reference(const ReferenceStep &task);

} // namespace tripwire::tool
