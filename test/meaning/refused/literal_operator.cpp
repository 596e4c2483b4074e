// refused: conversions and literal operators cannot be seams yet
#include "acme/refused.h"
using acme::operator""_acme;
int use() { return 12_acme; }
