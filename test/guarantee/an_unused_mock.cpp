// A mock that is required has to be used.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

int main() {
  tripwire::Session session("payments");
  auto &charge = tripwire::mock<&acme_charge>();
  charge.when("acct_1", tripwire::greater_than(100), tripwire::anything).returns(ACME_DECLINED);
  charge.raises(5).optional();
  return session.finish();
}
