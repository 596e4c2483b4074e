// what files in JSON say, when nothing is known of who wrote them
#pragma once

#include "llvm/Support/JSON.h"

#include <string>

namespace tripwire::tool {

/// The text that \p object has at \p key, or nothing.
inline std::string text_at(const llvm::json::Object &object, llvm::StringRef key) {
  return object.getString(key).value_or("").str();
}

} // namespace tripwire::tool
