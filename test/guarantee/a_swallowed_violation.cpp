// Code under test that catches everything cannot make the test pass.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

namespace {

bool try_to_pay() {
  try {
    return tripwire_may_throw_acme_plain(1, nullptr, 2) == 0;
  } catch (...) {
    return false;
  }
}

} // namespace

int main() {
  tripwire::Session session("payments");
  {
    const tripwire::Sandbox sandbox;
    try_to_pay();
  }
  return session.finish();
}
