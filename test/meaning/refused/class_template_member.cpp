// refused: members of class templates cannot be seams yet
#include "acme/refused.h"
int use(acme::Basket<int> &basket) { return basket.put(1); }
