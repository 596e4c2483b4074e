#include <stdlib.h>
#include <sys/random.h>

int c_rand(void);
void c_srand(unsigned seed);
long c_getrandom(void *target, size_t size);

int c_rand(void) { return rand(); }
void c_srand(unsigned seed) { srand(seed); }
long c_getrandom(void *target, size_t size) { return (long)getrandom(target, size, 0); }
