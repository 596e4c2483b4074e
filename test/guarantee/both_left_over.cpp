// Unasserted interactions and unused mocks are one violation with two sections.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

int main() {
  tripwire::Session session("payments");
  tripwire::mock<&acme::level_of>().returns(acme::Level::low).returns(acme::Level::high);
  {
    const tripwire::Sandbox sandbox;
    acme::tripwire_may_throw_level_of(acme::Level::high);
  }
  return session.finish();
}
