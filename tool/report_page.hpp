// the report's data --(report_page)--> one HTML page that needs nothing else
#pragma once

#include "llvm/Support/JSON.h"

#include <string>

namespace tripwire::tool {

/// The page of tool/report_page/, with its style, its script and \p data inside. Text of programs stays data: nothing
/// in it is read as HTML.
std::string report_page(const llvm::json::Value &data);

} // namespace tripwire::tool
