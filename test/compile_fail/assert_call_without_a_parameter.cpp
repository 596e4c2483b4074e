// error: tripwire: name every parameter of the function; tripwire::anything skips one
#include "acme.hpp"

#include <tripwire/tripwire.hpp>

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::assert_call<&acme_charge>("acct_1", 5000);
#else
  tripwire::assert_call<&acme_charge>("acct_1", 5000, tripwire::anything);
#endif
}
