// Without debug information the message says so and names the function.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

extern "C" __attribute__((noinline)) int pay_for_it(int cents) {
  return tripwire_may_throw_acme_plain(cents, nullptr, 2) + 1;
}

int main() {
  const tripwire::Session session("payments");
  const tripwire::Sandbox sandbox;
  return pay_for_it(5);
}
