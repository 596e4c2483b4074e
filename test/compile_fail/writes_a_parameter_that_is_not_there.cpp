// error: tripwire: writes<N> counts parameters from 0, and this function has fewer
#include "acme.hpp"

#include <tripwire/tripwire.hpp>

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::mock<&acme_receive>().returns(1).writes<2>("x");
#else
  tripwire::mock<&acme_receive>().returns(1).writes<0>("x");
#endif
}
