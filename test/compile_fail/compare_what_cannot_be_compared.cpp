// error: tripwire: this parameter cannot be compared with that value
#include "acme.hpp"

#include <tripwire/tripwire.hpp>

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::mock<&acme_charge>().when("acct_1", 5000, acme_receipt{}).returns(ACME_OK);
#else
  tripwire::mock<&acme_charge>()
      .when("acct_1", 5000, tripwire::fields(tripwire::field(&acme_receipt::cents, 5)))
      .returns(ACME_OK);
#endif
}
