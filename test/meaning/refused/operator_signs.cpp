// refused: operators and conversions cannot be seams yet
#include "acme/refused.h"
void use(acme::Opened &opened) { opened += 1; }
