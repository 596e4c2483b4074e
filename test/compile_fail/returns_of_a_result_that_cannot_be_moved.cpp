// error: only spy and raises can
#include "acme.hpp"

#include <tripwire/tripwire.hpp>

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::mock<&acme::pin>().calls([](int number) { return acme::Pinned(number); });
#else
  tripwire::mock<&acme::pin>().raises(5);
#endif
}
