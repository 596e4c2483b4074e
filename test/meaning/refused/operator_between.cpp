// refused: operators and conversions cannot be seams yet
#include "acme/refused.h"
bool use(const acme::Opened &opened) { return opened == opened; }
