// refused: the seam is declared only where no wrapper can be declared beside it
#include "acme/refused.h"
int use(const acme::Hidden &hidden_one) { return hidden(hidden_one); }
