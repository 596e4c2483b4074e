/* refused: it returns twice, and a wrapper's frame is gone the second time; make the function that calls it the seam */
#include "acme/refused.h"
int use(void) { return acme_twin(1); }
