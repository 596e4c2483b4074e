// error: tripwire: name every parameter of the function; tripwire::anything skips one
#include "acme.hpp"

#include <tripwire/tripwire.hpp>

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::mock<&acme_close>().when(1, 2).returns();
#else
  tripwire::mock<&acme_close>().when(1).returns();
#endif
}
