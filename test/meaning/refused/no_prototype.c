/* refused: its declaration names no parameters; write a prototype */
#include "acme/refused.h"
int use(void) { return acme_unprototyped(1); }
