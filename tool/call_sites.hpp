// what became of a unit's references --(call_sites)--> text in the object's section `.tripwire.sites`
//
// A test program reads that section of itself when it reports (runtime/src/report/call_sites.cpp): the references that
// no test reached are what is left of it. Only who reads it knows the program, so each object carries its own part.
#pragma once

#include "tool/compile_command.hpp"
#include "tool/found.hpp"
#include "tool/ledger.hpp"

#include "llvm/ADT/ArrayRef.h"

#include <string>
#include <vector>

namespace tripwire::tool {

/// One reference, as a report speaks of it.
struct CallSite {
  enum class Kind {
    call,   ///< rewritten, and a call: reached when it is made
    name,   ///< rewritten, and no call: the address is taken
    exempt, ///< left alone, for a reason
  };
  Kind kind = Kind::call;
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string function; ///< the enclosing one
  std::string seam;     ///< qualified
  std::string reason;   ///< of an exempt one
};

/// The references of a parsed unit, without the types that others stand in for: nothing is called there.
std::vector<CallSite> call_sites_of(const Found &found);
/// The same of a unit whose symbols were renamed.
std::vector<CallSite> call_sites_of(llvm::ArrayRef<LedgerEntry> entries);

/// The section's text, in the order of the files: a line for the unit's directory, one for each file and function, one
/// for each reference, its parts separated by tabs. Empty when there is no reference. Paths are those of
/// -ffile-prefix-map.
std::string call_sites_text(std::vector<CallSite> sites, const CompileCommand &command);

} // namespace tripwire::tool
