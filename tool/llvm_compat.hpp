// what differs between the versions of LLVM that the tool is built with --(llvm_compat)--> one spelling
#pragma once

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <initializer_list>

namespace tripwire::tool {

#if LLVM_VERSION_MAJOR >= 22

template <typename Value> using StringSwitch = llvm::StringSwitch<Value>;

/// Puts \p folder in front of a relative \p path.
inline void make_absolute(llvm::StringRef folder, llvm::SmallVectorImpl<char> &path) {
  llvm::sys::path::make_absolute(folder, path);
}

#else

/// With a list of words for one value.
template <typename Value> class StringSwitch {
public:
  explicit StringSwitch(llvm::StringRef text) : choice_(text) {}
  StringSwitch &Case(llvm::StringLiteral word, Value value) {
    choice_.Case(word, value);
    return *this;
  }
  StringSwitch &Cases(std::initializer_list<llvm::StringLiteral> words, Value value) {
    for (const llvm::StringLiteral &word : words)
      choice_.Case(word, value);
    return *this;
  }
  StringSwitch &StartsWith(llvm::StringLiteral word, Value value) {
    choice_.StartsWith(word, value);
    return *this;
  }
  Value Default(Value value) { return choice_.Default(std::move(value)); }

private:
  llvm::StringSwitch<Value> choice_;
};

inline void make_absolute(llvm::StringRef folder, llvm::SmallVectorImpl<char> &path) {
  llvm::sys::fs::make_absolute(folder, path);
}

#endif

} // namespace tripwire::tool
