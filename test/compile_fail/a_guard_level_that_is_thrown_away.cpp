// error: nodiscard
#include <tripwire/tripwire.hpp>

#pragma GCC diagnostic error "-Wunused-result"
#pragma GCC diagnostic error "-Wunused-value"

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::guard(tripwire::Guard::off);
#else
  auto level = tripwire::guard(tripwire::Guard::off);
#endif
}
