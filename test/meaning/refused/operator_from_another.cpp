// refused: the compiler makes this call, which nobody wrote down
#include "acme/money.hpp"
bool use(const acme::Money &one) { return one != acme::Money(1); }
