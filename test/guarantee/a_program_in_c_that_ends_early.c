/* A test in C that ends its program says what it leaves all the same. */
#include "acme.h"

#include <tripwire/tripwire.h>

#include <stdlib.h>

int main(void) {
  tripwire_begin("payments");
  tripwire_returns(tripwire_mock(acme_charge), ACME_OK);
  exit(0);
}
