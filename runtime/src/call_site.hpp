// a return address --(debug information)--> file, line, function
#ifndef TRIPWIRE_SRC_CALL_SITE_HPP
#define TRIPWIRE_SRC_CALL_SITE_HPP

#include "tripwire/place.hpp"

#include <string>

namespace tripwire::runtime {

/// A call site, and its file in the spelling that does not depend on where the compiler ran.
struct LocatedCallSite {
  CallSite site;
  std::string file; ///< empty when there is no debug information
};

/// As `call_site`.
LocatedCallSite located_call_site(const void *return_address);

} // namespace tripwire::runtime

#endif
