// refused: cannot be passed on
#include "acme/refused.h"
int use() { return acme::consume(acme::Fixed(1)); }
