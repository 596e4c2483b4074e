#include "bell.h"

static int total;

int bell_ring(int times) {
  total += times;
  return times;
}

int bell_toll(int times) { return bell_ring(times); }

int bell_rung(void) { return total; }

/* What the tool makes of the calls below. */
extern __typeof__(bell_ring) tripwire_seam_bell_ring;
extern __typeof__(bell_toll) tripwire_seam_bell_toll;

int call_to_dinner(int guests) { return tripwire_seam_bell_ring(guests); }

int toll_for(int guests) { return tripwire_seam_bell_toll(guests); }
