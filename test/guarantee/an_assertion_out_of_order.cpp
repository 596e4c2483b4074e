// Assertions follow the order of the calls.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

int main() {
  const tripwire::Session session("payments");
  tripwire::mock<&acme_close>().returns().times(2);
  {
    const tripwire::Sandbox sandbox;
    tripwire_may_throw_acme_close(1);
    tripwire_may_throw_acme_close(2);
  }
  tripwire::assert_call<&acme_close>(2);
}
