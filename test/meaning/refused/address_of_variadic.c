/* refused: the address of a variadic function is taken */
#include "acme/refused.h"
int (*use(void))(int, ...) { return acme_sum_of; }
