// A seamed call that the test does not cover is refused before the real function runs.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

namespace {

acme_status pay(long cents) { return tripwire_may_throw_acme_charge("acct_1", cents, nullptr); }

} // namespace

int main() {
  const tripwire::Session session("payments");
  tripwire::mock<&acme_charge>().when("acct_1", 4000, nullptr).returns(ACME_OK);
  const tripwire::Sandbox sandbox;
  return pay(5000);
}
