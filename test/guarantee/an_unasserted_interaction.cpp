// What was recorded has to be asserted.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

namespace {

void notify(int handle) {
  tripwire_may_throw_acme_send("hello", 5, ACME_FAST | ACME_SAFE), tripwire_may_throw_acme_close(handle);
}

} // namespace

int main() {
  tripwire::Session session("payments");
  tripwire::mock<&acme_send>().returns(5);
  tripwire::mock<&acme_close>().returns();
  {
    const tripwire::Sandbox sandbox;
    notify(3);
  }
  tripwire::assert_call<&acme_send>("hello", 5u, ACME_FAST | ACME_SAFE).returned(5);
  return session.finish();
}
