// error: tripwire: calls() needs a function of the seam's parameters, or of none
#include "acme.hpp"

#include <tripwire/tripwire.hpp>

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::mock<&acme_close>().calls([](const char *) {});
#else
  tripwire::mock<&acme_close>().calls([](int) {}).calls([] {});
#endif
}
