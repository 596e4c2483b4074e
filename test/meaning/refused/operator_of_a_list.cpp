// refused: an operand is a list with a comma
#include "acme/money.hpp"
int use(const acme::Money &one) { return one[static_cast<void>(0), 2]; }
