#include "seconds.h"

#include <time.h>

#if FLAG_OF_THE_DIRECTORY != 7 || !defined(DEFINITION_OF_THE_DIRECTORY)
#error "a flag of the directory is missing"
#endif

long seconds(void) { return (long)time(NULL); }
