// refused: 'acme::Money::operator=': this calls the seam without naming it
#include "acme/money.hpp"
struct Holder {
  acme::Money kept;
};
void use(Holder &one, const Holder &other) { one = other; }
