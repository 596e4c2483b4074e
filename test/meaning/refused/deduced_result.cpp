// refused: its return type is deduced from its body; spell the type out
#include "acme/refused.h"
int use() { return acme::deduced(1); }
