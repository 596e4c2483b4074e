/* One call for each form that a line in C can have. */
#ifndef CALLS_IN_C_H
#define CALLS_IN_C_H

#include "acme.h"
#include "link.h"

#include <tripwire/tripwire.h>

#include <limits.h>
#include <stdlib.h>

extern __typeof__(acme_charge) tripwire_seam_acme_charge;
extern __typeof__(acme_close) tripwire_seam_acme_close;
extern __typeof__(link_open) tripwire_seam_link_open;

static inline void make_calls(void) {
  tripwire_seam_acme_charge("what?\?/", LONG_MIN, NULL);
  tripwire_seam_acme_close(7);
  tripwire_seam_link_open("a\\b \"1\"\n\t\001"
                          "9");
}

/* Answers that leave the calls to be asserted; the real ones say what they return. */
static inline void mock_calls(void) {
  acme_receipt receipt = {"ch_1", 5};
  tripwire_writes(tripwire_returns(tripwire_mock(acme_charge), ACME_DECLINED), 2, &receipt, sizeof receipt);
  tripwire_returns(tripwire_mock(acme_close));
  tripwire_spy(link_open);
}

#endif
