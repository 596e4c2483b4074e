// refused: it is constexpr, so a call may happen at compile time
#include "acme/refused.h"
int use(int number) { return acme::known(number); }
