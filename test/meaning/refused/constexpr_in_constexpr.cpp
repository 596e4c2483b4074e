// refused: a constexpr function calls it, so that the compiler may have to make this call itself
#include "acme/refused.h"
constexpr int use(int number) { return acme::in_constant(number); }
