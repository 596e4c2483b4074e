// a function of the library is entered --(-finstrument-functions)--> one call more of its symbol
//
// The count that tripwire is compared with: made by the compiler in the library's own functions, with nothing of
// tripwire in it.
#include "counts.hpp"

#include <dlfcn.h>

namespace {

Counts &counts() {
  static Counts made;
  return made;
}

} // namespace

Counts take_library_counts() {
  Counts taken;
  taken.swap(counts());
  return taken;
}

extern "C" void acme_counts_inline(const char *symbol) { ++counts()[symbol]; }

extern "C" void __cyg_profile_func_enter(void *function, void *) {
  Dl_info info;
  if (dladdr(function, &info) == 0 || info.dli_saddr != function)
    return;
  std::string symbol = info.dli_sname;
  // A constructor has one symbol for whole objects and one for bases, mostly of the same code.
  if (const std::size_t of_base = symbol.find("C2E"); of_base != std::string::npos)
    symbol[of_base + 1] = '1';
  ++counts()[symbol];
}
extern "C" void __cyg_profile_func_exit(void *, void *) {}
