// Where nothing may be thrown and nothing is declared, the program ends with the whole violation.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

extern "C" long c_callback(const char *text) { return tripwire_seam_acme_send(text, 2, 0) + 1; }

int main() {
  const tripwire::Session session("payments");
  const tripwire::Sandbox sandbox;
  return static_cast<int>(c_callback("\1\2"));
}
