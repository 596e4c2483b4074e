// refused: operators and conversions cannot be seams yet
#include "acme/refused.h"
int use(const acme::Opened &opened) { return opened(1); }
