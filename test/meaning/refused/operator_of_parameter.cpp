// refused: what this operator means depends on a template's parameter
#include "acme/money.hpp"
template <class T> T twice(T one) { return one * 2; }
int use() { return twice(2) + twice(acme::Money(1)).value; }
