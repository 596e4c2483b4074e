// error: tripwire: writes<N> needs a parameter that can be written through
#include "acme.hpp"

#include <tripwire/tripwire.hpp>

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::mock<&acme_charge>().returns(ACME_OK).writes<0>('x');
#else
  tripwire::mock<&acme_receive>().returns(1).writes<0>("x");
#endif
}
