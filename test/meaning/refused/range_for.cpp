// refused: 'acme::Range::begin': this calls the seam without naming it
#include "acme/refused.h"
int use(const acme::Range &range) {
  int total = 0;
  for (const int each : range)
    total += each;
  return total;
}
