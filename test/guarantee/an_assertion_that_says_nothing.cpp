// An assertion that accepts anything is no assertion.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

int main() {
  const tripwire::Session session("payments");
  tripwire::spy<&acme::quiet>();
  {
    const tripwire::Sandbox sandbox;
    acme::tripwire_may_throw_quiet(4);
  }
  tripwire::assert_call<&acme::quiet>(tripwire::anything).returned(tripwire::anything);
}
