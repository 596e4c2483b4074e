// refused: operators and conversions cannot be seams yet
#include "acme/refused.h"
int use(acme::Opened &opened) { return opened.operator()(1); }
