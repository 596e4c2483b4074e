/* refused: seam 'acme_inc' is reached past its wrapper in 'acme_header_inc' */
#include "acme/acme.h"
int use(int number) { return acme_header_inc(number); }
