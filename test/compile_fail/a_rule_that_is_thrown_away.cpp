// error: nodiscard
#include <tripwire/tripwire.hpp>

#pragma GCC diagnostic error "-Wunused-result"
#pragma GCC diagnostic error "-Wunused-value"

void test() {
#ifdef MUST_NOT_COMPILE
  tripwire::allow("dns", tripwire::M("http").host("*.example.com").method("GET"));
#else
  auto permit = tripwire::allow("dns", tripwire::M("http").host("*.example.com").method("GET"));
  auto ban = tripwire::deny(tripwire::M("http").host(tripwire::cidr("10.0.0.0/8")) || !tripwire::M("dns"));
  auto ceiling = tripwire::restrict("http", "subprocess");
#endif
}
