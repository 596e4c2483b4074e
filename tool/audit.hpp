// objects + seams --(audit)--> every seam that is still reached past its wrapper
#pragma once

#include "tool/diagnostics.hpp"
#include "tool/object_file.hpp"
#include "tool/seam_symbols.hpp"
#include "tool/symbol_uses.hpp"

#include "tripwire/config/configuration.hpp"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// One seam that is reached past its wrapper, at one place.
struct Leak {
  std::string file;
  std::string member;
  std::string seam;
  SymbolUse use;
};

/// One that may be reached so.
struct AllowedUse {
  Leak at;
  std::string reason; ///< as the configuration gives it
};

struct AuditReport {
  std::vector<Leak> leaks;
  std::vector<AllowedUse> allowed;
  std::vector<ObjectFacts> objects;
};

/// Audits one file: an object or archive leaks a seam that is undefined in it, a program or shared library one that its
/// machine code reaches. Generated definitions and tripwire's own runtime may reach seams: that is what they are for.
/// An error only when the file cannot be read.
llvm::Expected<AuditReport> audit(llvm::StringRef path, const SeamSymbols &seams);

/// The leaks as the user reads them: errors at the code's own place where debug information tells it, else at the
/// object's.
std::vector<Diagnostic> describe(const AuditReport &report);
/// The same, each with a note at the entry of the configuration that asks for the seam.
std::vector<Diagnostic> describe(const AuditReport &report, const config::Configuration &configuration);

/// What the configuration allows, with its reasons: notes for the user.
std::vector<Diagnostic> describe_allowed(const AuditReport &report);

/// What could not be looked into, and why: notes for the user.
std::vector<Diagnostic> describe_limits(const AuditReport &report);

} // namespace tripwire::tool
