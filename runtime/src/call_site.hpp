// a return address --(debug information)--> file, line, function
#ifndef TRIPWIRE_SRC_CALL_SITE_HPP
#define TRIPWIRE_SRC_CALL_SITE_HPP

#include "tripwire/place.hpp"

#include <string>
#include <vector>

namespace tripwire::runtime {

/// A call site, and its file in the spelling that does not depend on where the compiler ran.
struct LocatedCallSite {
  CallSite site;
  std::string file; ///< empty when there is no debug information
  std::vector<std::string>
      inlined_into;   ///< files of the calls by which its code was inlined, and of the function it is in
  std::string module; ///< the path of the program or library that the address lies in
};

/// As `call_site`.
LocatedCallSite located_call_site(const void *return_address);

} // namespace tripwire::runtime

#endif
