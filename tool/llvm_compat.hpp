// what differs between the versions of LLVM that the tool is built with --(llvm_compat)--> one spelling
#pragma once

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/DebugInfo/DIContext.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Triple.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

#if LLVM_VERSION_MAJOR >= 22

template <typename Value> using StringSwitch = llvm::StringSwitch<Value>;

/// Puts \p folder in front of a relative \p path.
inline void make_absolute(llvm::StringRef folder, llvm::SmallVectorImpl<char> &path) {
  llvm::sys::path::make_absolute(folder, path);
}

/// The target as LLVM's tables are asked for it.
inline const llvm::Triple &as_target(const llvm::Triple &triple) { return triple; }

inline std::vector<llvm::object::ELFPltEntry> linkage_entries(const llvm::object::ELFObjectFileBase &file,
                                                              const llvm::MCSubtargetInfo &subtarget) {
  return file.getPltEntries(subtarget);
}

/// What debug information says of a place, or what says nothing.
inline llvm::DILineInfo or_nothing(std::optional<llvm::DILineInfo> known) { return known.value_or(llvm::DILineInfo()); }

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

inline const std::string &as_target(const llvm::Triple &triple) { return triple.str(); }

inline std::vector<llvm::object::ELFPltEntry> linkage_entries(const llvm::object::ELFObjectFileBase &file,
                                                              const llvm::MCSubtargetInfo &) {
  return file.getPltEntries();
}

inline llvm::DILineInfo or_nothing(llvm::DILineInfo known) { return known; }

#endif

} // namespace tripwire::tool
