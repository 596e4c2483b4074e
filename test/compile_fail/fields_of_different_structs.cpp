// error: tripwire: the fields are of different structs
#include "acme.hpp"

#include <tripwire/tripwire.hpp>

struct Other {
  int number;
};

void test() {
  using tripwire::field;
#ifdef MUST_NOT_COMPILE
  (void)tripwire::fields(field(&acme_receipt::cents, 5), field(&Other::number, 5));
#else
  (void)tripwire::fields(field(&acme_receipt::cents, 5), field(&acme_receipt::id, "x"));
#endif
}
