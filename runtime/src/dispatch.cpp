// a watched call --> mock, spy, pass-through, allow or refuse
#include "registry.hpp"

#include "tripwire/seam/call.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace tripwire::seam {

void dispatch(Call &call) {
  const int kept = errno;
  runtime::Registry &registry = runtime::Registry::instance();
  if (registry.starting()) {
    registry.called_while_starting(call.slot);
  }
  errno = kept;
  call.make(call);
}

void admit(Call &call) {
  const int kept = errno;
  runtime::Registry &registry = runtime::Registry::instance();
  if (registry.starting()) {
    registry.called_while_starting(call.slot);
  }
  errno = kept;
}

void must_not_return(const Slot &slot, const void *) noexcept {
  const std::string name(slot.facts.name);
  std::fprintf(stderr, "tripwire: %s must not return, and did\n", name.c_str());
  std::abort();
}

} // namespace tripwire::seam
