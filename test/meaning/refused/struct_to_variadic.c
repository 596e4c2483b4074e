/* refused: an argument of a variadic seam has a type that no wrapper can take on */
#include "acme/refused.h"
struct pair { int left; int right; };
int use(struct pair each) { return acme_sum_of(1, each); }
