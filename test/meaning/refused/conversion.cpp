// refused: conversions and literal operators cannot be seams yet
#include "acme/refused.h"
int use(const acme::Opened &opened) { return opened ? 1 : 2; }
