// refused: the instantiations of this template pass arguments of different types to a variadic seam
#include "acme/refused.h"
template <class T> int sum(T number) { return ::acme_sum_of(1, number); }
int use() { return sum(1) + sum(2.0); }
