// objects + seams --(audit)--> every seam that is still reached past its wrapper
#pragma once

#include "tool/object_file.hpp"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <optional>
#include <string>
#include <vector>

namespace tripwire::tool {

/// The symbols that count as a seam, aliases included.
class SeamSymbols {
public:
  /// A seam by its link symbol (mangled for C++; an asm label where the declaration has one). For a C symbol the
  /// aliases of \c aliases_of count as well.
  void add_symbol(llvm::StringRef seam, llvm::StringRef symbol);
  /// A seam by qualified name, with * for any characters: matched against demangled names. What \p except names is
  /// none.
  void add_pattern(llvm::StringRef seam, llvm::StringRef pattern, llvm::ArrayRef<std::string> except = {});

  /// The seam that \p symbol stands for.
  [[nodiscard]] std::optional<std::string> seam_of(llvm::StringRef symbol) const;
  [[nodiscard]] bool empty() const { return exact_.empty() && patterns_.empty(); }

private:
  struct Pattern {
    std::string seam;
    std::string pattern;
    std::vector<std::string> except;
  };
  llvm::StringMap<std::string> exact_;
  std::vector<Pattern> patterns_;
};

/// Other symbols that are the same function to a C library: f64, __f_chk, __f_2, __isoc99_f, __isoc23_f, _IO_f ...
std::vector<std::string> aliases_of(llvm::StringRef function);

/// One seam that is undefined in an object, at one place.
struct Leak {
  std::string file;
  std::string member;
  std::string seam;
  SymbolUse use;
};

struct AuditReport {
  std::vector<Leak> leaks;
  std::vector<ObjectFacts> objects;
};

/// Audits one file. An error only when it cannot be read at all.
llvm::Expected<AuditReport> audit(llvm::StringRef path, const SeamSymbols &seams);

} // namespace tripwire::tool
