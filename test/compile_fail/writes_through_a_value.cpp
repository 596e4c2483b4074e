// error: tripwire: writes<N> needs a parameter that is a pointer or a reference
#include "acme.hpp"

#include <tripwire/tripwire.hpp>

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::mock<&acme_plain>().returns(1).writes<0>(5);
#else
  tripwire::mock<&acme_charge>().returns(ACME_OK).writes<2>(acme_receipt{});
#endif
}
