// refused: this arrow runs several operators
#include "acme/money.hpp"
int use(const acme::Farther &far) { return far->value; }
