#include "seconds.h"

#include <ctime>

#if FLAG_OF_THE_DIRECTORY != 7 || !defined(DEFINITION_OF_THE_DIRECTORY)
#error "a flag of the directory is missing"
#endif

long seconds() { return static_cast<long>(std::time(nullptr)); }
