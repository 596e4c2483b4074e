/* A test in C without a framework: what is wrong is written down, and said in the end. */
#include "acme.h"

#include <tripwire/tripwire.h>

#include <stddef.h>

extern __typeof__(acme_charge) tripwire_seam_acme_charge;

static acme_status pay(long cents) {
  const acme_status status = tripwire_seam_acme_charge("acct_1", cents, NULL);
  return status;
}

int main(void) {
  tripwire_begin("payments");
  tripwire_returns(tripwire_when(tripwire_mock(acme_charge), "acct_1", 4000, NULL), ACME_OK);
  tripwire_sandbox() {
    pay(5000);
    pay(4000);
  }
  tripwire_assert_call(acme_charge, "acct_1", 4001, NULL);
  return tripwire_end();
}
