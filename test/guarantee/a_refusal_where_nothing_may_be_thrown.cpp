// A C frame gets the declared failure value; the violation stays.
#include "acme_seams.hpp"

#include <tripwire/tripwire.hpp>

extern "C" acme_status c_callback(long cents) { return tripwire_seam_acme_charge("acct_1", cents, nullptr); }

int main() {
  tripwire::Session session("payments");
  {
    const tripwire::Sandbox sandbox;
    if (c_callback(5000) != ACME_BUSY) {
      return 0;
    }
  }
  return session.finish();
}
