// refused: this specialisation names 'Own', which no other unit can see
#include "acme/refused.h"
struct Own {};
int use() { return acme::of_local(Own()); }
